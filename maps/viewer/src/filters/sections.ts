/** The filters, which are the legend: a section for each facet, a row for each value with what would be shown of it. */

import { OTHERS, UNSTATED } from "../data/facets";
import type { PrecisionClass } from "../data/precision";
import { button, data, h } from "../reading/dom";
import { icon, precisionGlyph } from "../reading/glyphs";
import { BORROWED } from "../shell/kindlegend";
import type { Clock } from "../time/clock";
import { type Facet, FACETS } from "../time/filters";
import { listed, say } from "../words/catalogue";
import { count, incidents } from "../words/numbers";
import { undirected } from "../words/plaintext";
import { verificationName } from "../words/reports";

interface Row {
  readonly value: string;
  readonly label: string;
  readonly glyph: (() => Element) | null;
  readonly note: string | null;
}

/** From these heights on there is room for one open section, and for two. */
const [LOW_PX, TALL_PX] = [640, 1000];

export class FilterSections {
  readonly element = h("div", { class: "im-sections" });
  readonly #clock: Clock;
  readonly #openBeside = new Set<Facet>(window.innerHeight >= TALL_PX ? ["kind", "precision"] : window.innerHeight >= LOW_PX ? ["kind"] : []);
  readonly #openOver = new Set<Facet>();
  #open = this.#openBeside;
  #rendered = "";
  #updates: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A table needs the room: the sections over it are closed until one opens them there. */
  overTable(wide: boolean): void {
    this.#open = wide ? this.#openOver : this.#openBeside;
    this.refresh();
  }

  /** Puts what the clock says into the rows; they are made anew only where others are to be seen. */
  refresh(): void {
    const clock = this.#clock;
    const shown = FACETS.filter((facet) => clock.present(facet).length > (facet === "kind" || facet === "precision" ? 0 : 1));
    const rows = shown.map((facet) => this.#rows(facet));
    const looks = JSON.stringify([shown, rows.map((each) => each.map(({ label }) => label)), [...this.#open]]);
    if (looks !== this.#rendered) {
      this.#rendered = looks;
      this.#make(shown, rows);
    }
    for (const update of this.#updates) update();
  }

  #make(shown: readonly Facet[], rows: readonly (readonly Row[])[]): void {
    this.#updates = [];
    // Focus stays on the head that was pressed.
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    this.element.replaceChildren(...shown.map((facet, i) => this.#section(facet, say(`panel.${facet}`), rows[i]!)));
    if (focused) this.element.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #rows(facet: Facet): Row[] {
    if (facet === "kind") return this.#kindRows();
    return this.#clock.present(facet).map((value) => ({
      value, label: valueName(this.#clock, facet, value), note: null,
      glyph: facet === "precision" ? () => precisionGlyph(value as PrecisionClass) : null,
    }));
  }

  #kindRows(): Row[] {
    return this.#clock.plan.entries.map(({ slot, label, names, borrowed }) => ({
      value: String(slot), label, glyph: () => swatch(slot), note: borrowed ? BORROWED : names.length > 1 ? listed(names) : null,
    }));
  }

  #section(facet: Facet, title: string, rows: readonly Row[]): HTMLElement {
    const clock = this.#clock;
    const open = this.#open.has(facet);
    const note = h("span", { class: "im-section-note" });
    const bar = h("span", { class: "im-composition", "aria-hidden": "true", hidden: open });
    const head = button(
      { class: "im-section-head", "aria-expanded": String(open), "data-key": facet },
      () => {
        if (!this.#open.delete(facet)) this.#open.add(facet);
        this.refresh();
      },
      icon("chevron"), h("span", { class: "im-section-title" }, title), note, bar,
    );
    const all = rows.map(({ value }) => value);
    const made = open ? rows.map((row) => this.#row(facet, row, all)) : [];
    this.#updates.push(() => {
      const counts = rows.map(({ value }) => clock.tally()[facet][value] ?? 0);
      const on = all.filter((value) => clock.isShown(facet, value)).length;
      note.textContent = on < all.length ? say("count.of", { n: on, total: all.length }) : "";
      const most = Math.max(1, ...counts);
      made.forEach(({ update }, i) => { update(counts[i]!, most); });
      if (!open) bar.replaceChildren(...composition(counts));
    });
    const group = h("div", { role: "group", "aria-label": title, class: "im-filter-rows" }, ...made.map(({ element }) => element));
    return h("section", { class: "im-section", "data-facet": facet }, head, open ? group : null);
  }

  #row(facet: Facet, row: Row, all: readonly string[]): { element: HTMLElement; update: (here: number, most: number) => void } {
    const clock = this.#clock;
    const number = h("span", { class: "im-filter-count" });
    const isolate = (): void => { clock.isolate(facet, row.value, all); };
    const box = button(
      { class: "im-filter", role: "checkbox", title: row.note },
      (event) => {
        if (event.altKey) isolate();
        else clock.toggle(facet, row.value);
      },
      row.glyph === null ? null : h("span", { class: "im-filter-glyph" }, row.glyph()),
      h("span", { class: "im-filter-label" }, data(row.label)),
      number,
    );
    const only = button({ class: "im-only", "aria-label": say("panel.only.of", { name: row.label }) }, isolate, say("panel.only"));
    return {
      element: h("div", { class: "im-filter-row" }, box, only),
      update: (here, most) => {
        const on = clock.isShown(facet, row.value);
        number.textContent = count(here);
        box.setAttribute("aria-checked", String(on));
        box.setAttribute("aria-label", undirected(say("panel.row", { name: row.label, incidents: incidents(here) })));
        box.style.setProperty("--im-share", `${(100 * here) / most}%`);
      },
    };
  }
}

function swatch(slot: number): Element {
  const element = h("span", { class: "im-swatch" });
  element.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
  return element;
}

/** What a value of a facet is called. */
export function valueName(clock: Clock, facet: Facet, value: string): string {
  switch (facet) {
    case "kind":
      return clock.plan.entries.find(({ slot }) => String(slot) === value)?.label ?? value;
    case "precision":
      return say(`precision.${value as PrecisionClass}`);
    case "verification":
      return verificationName(value === "unstated" ? null : value);
    default:
      if (value === OTHERS) return say("panel.others");
      if (value === UNSTATED) return verificationName(null);
      return facet === "country" ? (clock.sets.map(({ countryNames }) => countryNames.get(value)).find((name) => name !== undefined) ?? value) : value;
  }
}

/** What a closed section holds, as parts of a small bar in greys. */
function composition(counts: readonly number[]): HTMLElement[] {
  return counts.flatMap((value, i) => {
    if (value === 0) return [];
    const part = h("span");
    part.style.flexGrow = String(value);
    part.style.opacity = String(Math.max(0.2, 1 - i * 0.22));
    return [part];
  });
}
