/** The list as a table with columns that sort it. */

import { button, data, h } from "../reading/dom";
import type { Clock, Ref } from "../time/clock";
import { say } from "../words/catalogue";
import { length } from "../words/numbers";
import { placeOf, rowGlyph, rowWords, underlined } from "./rows";
import { tollNumber } from "../words/reports";
import { type Sort, type SortKey, SORTS, type Tables } from "./sorting";

/** Columns that begin with what is latest or most. */
const DOWN_FIRST: readonly SortKey[] = ["date", "killed"];

export function tableHead(sort: Sort, onSort: (sort: Sort) => void): HTMLElement {
  return h("thead", {}, h("tr", { "aria-rowindex": 1 }, ...SORTS.map((key) => {
    const here = sort.key === key;
    return h(
      "th", { scope: "col", class: `im-col-${key}`, "aria-sort": here ? (sort.down ? "descending" : "ascending") : null },
      button({ "data-key": `sort-${key}` }, () => {
        onSort({ key, down: here ? !sort.down : DOWN_FIRST.includes(key) });
      }, say(`column.${key}`)),
    );
  })));
}

export function tableRow(clock: Clock, ref: Ref, tables: Tables, words: readonly string[]): HTMLElement {
  const { set, row } = ref;
  const said = rowWords(ref, tables);
  const { title, date, within, verification } = said;
  const border = set.border(row);
  const cells: Readonly<Record<SortKey, HTMLElement>> = {
    date: data(date),
    title: h("span", {}, rowGlyph(clock, ref), button({ class: "im-row-title", title }, () => undefined, underlined(title, words))),
    kind: data(set.kindLabel(row)),
    place: placeOf(said, words),
    within: data(within),
    killed: data(tollNumber(set.toll(row))),
    border: data(border === null ? "" : length(border.distanceM)),
    verification: data(verification),
  };
  return h("tr", {}, ...SORTS.map((key) => h("td", { class: `im-col-${key}` }, cells[key])));
}
