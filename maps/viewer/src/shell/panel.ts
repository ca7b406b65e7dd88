/** The panel: title, summary sentence, filters that are the legend, and what is not on the map. */

import type { Clock } from "../time/clock";
import { button, data, h } from "../reading/dom";
import { icon, precisionGlyph } from "../reading/glyphs";
import { PRECISION_CLASSES, PRECISION_NAMES } from "../data/precision";
import type { Scene } from "../canvas/scene";
import type { Facet } from "../time/tally";
import { count, plural } from "../words/numbers";
import { BORROWED } from "./kindlegend";
import { filterLine } from "./printing";
import { verificationName } from "../words/reports";
import { undirected } from "../words/plaintext";
import { summary } from "../words/summary";

interface Row {
  readonly value: string;
  readonly label: string;
  readonly glyph: () => Element;
  readonly note: string | null;
}

const ANNOUNCE_MS = 600;
/** From this height on there is room for two open sections. */
const TALL_PX = 700;

export interface PanelOptions {
  readonly title: string;
  readonly provenance: string;
  readonly onUnplaced: () => void;
}

export class Panel {
  readonly element: HTMLElement;
  /** Where the phone layout puts the time strip. */
  readonly stripSlot = h("div", { class: "im-strip-slot" });
  /** Where the page says that there is nothing to see. */
  readonly stateSlot = h("div");
  readonly #clock: Clock;
  readonly #sentence = h("p", { class: "im-summary" }, "Reading the incidents…");
  readonly #spoken = h("p", { class: "im-unseen", role: "status" });
  readonly #sections = h("div", { class: "im-sections" });
  readonly #unplaced: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #open = new Map<Facet, boolean>([["kind", true], ["precision", window.innerHeight >= TALL_PX], ["verification", false]]);
  #timer = 0;
  #rendered = "";
  /** Puts the counts of the moment into the rows of a section. */
  #showCounts: (() => void)[] = [];

  constructor(scene: Scene, options: PanelOptions) {
    const { clock } = scene;
    this.#clock = clock;
    this.#unplaced = button({ class: "im-text-button", hidden: true }, options.onUnplaced);
    this.#clear = button({ class: "im-text-button", hidden: true }, () => {
      clock.clearFilters();
    }, "Clear filters");
    this.element = h(
      "section", { class: "im-panel im-surface", "aria-label": "Incidents and filters", id: "im-panel" },
      h("header", { class: "im-panel-head" },
        options.provenance === "" ? null : h("p", { class: "im-provenance", dir: "auto" }, options.provenance),
        h("h1", { class: "im-title", dir: "auto" }, options.title),
        this.#sentence,
        filterLine(clock),
      ),
      this.#spoken,
      this.stripSlot,
      this.#sections,
      this.stateSlot,
      h("div", { class: "im-panel-foot" }, this.#unplaced, this.#clear),
    );
    scene.followClock(() => {
      this.#refresh();
    });
    // What was pressed answers at once; a window that moves is followed picture by picture.
    clock.on("filter", () => {
      if (this.#rendered !== this.#looks) this.#refresh();
    });
  }

  #refresh(): void {
    const { visible, byPrecision } = this.#clock.tally();
    const [head, rest] = summary({ visible, total: this.#clock.total, window: this.#clock.window, byPrecision });
    this.#sentence.replaceChildren(h("strong", {}, head), rest);
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#spoken.textContent = head + rest;
    }, ANNOUNCE_MS);
    this.#unplaced.textContent = `${count(byPrecision.none + byPrecision.country)} not on the map`;
    this.#unplaced.hidden = byPrecision.none + byPrecision.country === 0;
    this.#clear.hidden = !this.#clock.isFiltered;
    this.#renderSections();
  }

  /** Changes with all that the sections show but their counts. */
  get #looks(): string {
    return `${this.#clock.filterVersion} ${[...this.#open.values()].join()}`;
  }

  #renderSections(): void {
    // The window changes nothing but the counts.
    const looks = this.#looks;
    if (looks !== this.#rendered) {
      this.#rendered = looks;
      this.#makeSections();
    }
    for (const show of this.#showCounts) show();
  }

  #makeSections(): void {
    this.#showCounts = [];
    // Focus stays on the row that was pressed, although the rows are made anew.
    const focused = this.#sections.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    const verifications = Object.keys(this.#clock.tally().verification).sort();
    const sections = this.#clock.total === 0 ? [] : [
      this.#section("kind", "Kind", this.#kindRows()),
      this.#section("precision", "How exact is the place", this.#precisionRows()),
    ];
    if (this.#clock.present("verification").length > 1) {
      sections.push(this.#section("verification", "Verification", verifications.map((value) => ({
        value, label: verificationName(value === "unstated" ? null : value), glyph: () => h("span"), note: null,
      }))));
    }
    this.#sections.replaceChildren(...sections);
    if (focused) this.#sections.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  #kindRows(): Row[] {
    return this.#clock.plan.entries.map(({ slot, label, names, borrowed }) => ({
      value: String(slot),
      label,
      glyph: () => {
        const swatch = h("span", { class: "im-swatch" });
        swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
        return swatch;
      },
      note: borrowed ? BORROWED : names.length > 1 ? names.join(", ") : null,
    }));
  }

  #precisionRows(): Row[] {
    const present = new Set(this.#clock.present("precision"));
    return PRECISION_CLASSES.filter((each) => present.has(each)).map((each) => ({
      value: each, label: PRECISION_NAMES[each], glyph: () => precisionGlyph(each), note: null,
    }));
  }

  #section(facet: Facet, title: string, rows: readonly Row[]): HTMLElement {
    const open = this.#open.get(facet) ?? false;
    const counts = (): number[] => rows.map(({ value }) => this.#clock.tally()[facet][value] ?? 0);
    const shown = rows.filter(({ value }) => this.#clock.isShown(facet, value)).length;
    const bar = open ? null : h("span", { class: "im-composition", "aria-hidden": "true" });
    const head = button(
      { class: "im-section-head", "aria-expanded": String(open), "data-key": `head-${facet}` },
      () => {
        this.#open.set(facet, !open);
        this.#renderSections();
      },
      icon("chevron"),
      h("span", { class: "im-section-title" }, title),
      shown < rows.length ? h("span", { class: "im-section-note" }, `${shown} of ${rows.length}`) : null,
      bar,
    );
    const section = h("section", { class: "im-section" }, head);
    if (bar !== null) {
      this.#showCounts.push(() => { bar.replaceChildren(...composition(counts())); });
      return section;
    }
    const all = rows.map(({ value }) => value);
    const made = rows.map((row) => this.#row(facet, row, all));
    section.append(h("div", { role: "group", "aria-label": title, class: "im-filter-rows" }, ...made.map(({ element }) => element)));
    this.#showCounts.push(() => {
      const here = counts();
      const most = Math.max(1, ...here);
      made.forEach(({ show }, i) => { show(here[i]!, most); });
    });
    return section;
  }

  #row(facet: Facet, row: Row, all: readonly string[]): { element: HTMLElement; show: (here: number, most: number) => void } {
    const on = this.#clock.isShown(facet, row.value);
    const number = h("span", { class: "im-filter-count" });
    const box = button(
      { class: "im-filter", role: "checkbox", "aria-checked": String(on), title: row.note, "data-key": `${facet}-${row.value}` },
      (event) => {
        if (event.altKey) this.#clock.isolate(facet, row.value, all);
        else this.#clock.toggle(facet, row.value);
      },
      h("span", { class: "im-filter-glyph" }, row.glyph()),
      h("span", { class: "im-filter-label" }, data(row.label)),
      number,
    );
    const only = button({ class: "im-only", "aria-label": `Only ${row.label}`, "data-key": `only-${facet}-${row.value}` }, () => {
      this.#clock.isolate(facet, row.value, all);
    }, "only");
    return {
      element: h("div", { class: "im-filter-row" }, box, only),
      show: (here, most) => {
        number.textContent = count(here);
        box.setAttribute("aria-label", undirected(`${row.label}, ${plural(here, "incident")}`));
        box.style.setProperty("--im-share", `${on ? (100 * here) / most : 0}%`);
      },
    };
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
