/** What a layer adds to the key bar and to the full legend. */

import { h } from "./dom";

export interface KeyItem {
  readonly glyph: Element;
  readonly text: string;
}

/** A part of the legend. It speaks of what is on the map now, so all of it may be empty. */
export interface LegendPart {
  /** Changes whenever the part would read differently. */
  readonly version: () => string;
  /** For the key bar, in one or two words each. */
  readonly keys: () => readonly KeyItem[];
  /** For the full legend. */
  readonly block: () => readonly Node[];
}

/** A line of the full legend. */
export function legendRow(glyph: Element, ...words: readonly (Node | string)[]): HTMLElement {
  return h("li", {}, h("span", { class: "im-legend-glyph" }, glyph), h("span", { class: "im-legend-words" }, ...words));
}
