/** The map on paper: title, one sentence, the map in light colours, its legend, a table, and the sources on each page. */

import type { Scene } from "../canvas/scene";
import { applyTheme } from "../canvas/tokens";
import { FACETS } from "../time/filters";
import { valueName } from "../filters/sections";
import type { IncidentList } from "../list/list";
import { tableHead, tableRow } from "../list/table";
import { data, h } from "../reading/dom";
import type { Clock } from "../time/clock";
import { say } from "../words/catalogue";
import { sentences } from "../words/evidence";
import { leftOut } from "../words/leftout";
import { count } from "../words/numbers";
import { summary } from "../words/summary";
import type { Layout } from "./layout";
import { snapshot } from "./snapshot";

/** As wide as a landscape sheet, and as high as leaves room for head and legend. */
const [WIDTH_PX, HEIGHT_PX] = [1060, 420];
/** More rows nobody reads on paper; the files that can be exported hold them all. */
const MOST_ROWS = 1000;

export interface PaperOptions {
  readonly title: string;
  readonly provenance: string;
  readonly list: IncidentList;
  readonly layout: Layout;
  /** The lines on sources and worldview, as they stand on the map. */
  readonly sources: () => string;
}

/** Fills a part of the page that only paper shows. */
export function followPrinting(scene: Scene, options: PaperOptions): HTMLElement {
  const paper = h("section", { class: "im-paper" });
  window.addEventListener("beforeprint", () => {
    applyTheme(paper, "light");
    paper.replaceChildren(...sheets(scene, options));
  });
  window.addEventListener("afterprint", () => {
    paper.replaceChildren();
  });
  return paper;
}

function sheets(scene: Scene, { title, provenance, list, layout, sources }: PaperOptions): HTMLElement[] {
  const { canvas, below, above } = snapshot(scene, layout, WIDTH_PX, HEIGHT_PX);
  return [
    h("header", {},
      h("h1", { class: "im-title", dir: "auto" }, title),
      h("p", {}, data(sentence(scene.clock))),
      kindsLine(scene.clock),
    ),
    h("div", { class: "im-paper-top" }, h("div", { class: "im-paper-map" }, ...below, canvas, ...above), legend(scene)),
    table(scene.clock, list, title, sentences(provenance, sources(), say("paper.made"))),
  ];
}

/** The summary with what the filters leave out. */
export function sentence(clock: Clock): string {
  const { visible, byPrecision } = clock.tally();
  const pieces = summary({ visible, total: clock.total, undated: clock.undatedShownCount, window: clock.window, byPrecision });
  return sentences(pieces.map(({ text }) => text).join(""), clock.aside?.(true) ?? null, filterWords(clock) || say("leftout.nothing"));
}

/** Which filters are set. */
function filterWords(clock: Clock): string {
  const [kinds, places, verifications, ...others] = FACETS.map((facet) =>
    clock.present(facet).filter((value) => !clock.isShown(facet, value)).map((value) => valueName(clock, facet, value)));
  return leftOut({
    kinds: kinds!, places: places!, verifications: verifications!, undated: !clock.undatedShown,
    others: others.map((names, i) => [say(`panel.${FACETS[i + 3]!}`), names]),
    search: clock.found === null ? "" : (document.querySelector<HTMLInputElement>(".im-search-field")?.value ?? ""),
  });
}

/** The kinds that are shown, with their counts. */
export function shownKinds(clock: Clock): { slot: number; label: string; number: string }[] {
  const { kind } = clock.tally();
  return clock.plan.entries.flatMap(({ slot, label }) => {
    const number = clock.isShown("kind", String(slot)) ? (kind[slot] ?? 0) : 0;
    return number > 0 ? [{ slot, label, number: count(number) }] : [];
  });
}

function kindsLine(clock: Clock): HTMLElement {
  return h("ul", { class: "im-paper-kinds" }, ...shownKinds(clock).map(({ slot, label, number }) => {
    const swatch = h("span", { class: "im-swatch" });
    swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
    return h("li", {}, swatch, data(label), ` ${number}`);
  }));
}

/** What the legend of the screen says now. */
function legend(scene: Scene): HTMLElement {
  const rows = [...(scene.map.getContainer().parentElement?.querySelectorAll(".im-legend-body li, .im-legend-part > :is(h3, p)") ?? [])];
  return h("ul", { class: "im-paper-legend im-legend" }, ...rows.map((row) => (row.tagName === "LI" ? row.cloneNode(true) : h("li", {}, row.textContent))));
}

/** The incidents that are shown; the head and the sources stand on every page. */
function table(clock: Clock, list: IncidentList, title: string, sources: string): HTMLElement {
  const order = clock.order();
  const rows = Array.from({ length: Math.min(order.size, MOST_ROWS) }, (_, place) => tableRow(clock, order.at(place)!, list.tables, []));
  const more = order.size - rows.length;
  const columns = rows[0]?.children.length ?? 1;
  const head = tableHead({ key: "date", down: false }, () => undefined);
  // Chromium repeats text on each page, but no buttons.
  for (const cell of head.querySelectorAll("th")) cell.replaceChildren(cell.textContent);
  head.prepend(h("tr", {}, h("th", { colspan: columns }, data(title))));
  const wide = (text: string): HTMLElement => h("tr", {}, h("td", { colspan: columns }, data(text)));
  return h(
    "table", { class: "im-paper-table" }, head,
    h("tbody", {}, ...rows, more > 0 ? wide(say("paper.more", { n: more })) : ""),
    h("tfoot", {}, wide(sources)),
  );
}
