/** One incident as a row of the list: glyph, title, place and how sure it is, date and toll. */

import { NO_TABLE, NO_TEXTS, type Texts } from "../data/texts";
import { PRECISION_CLASSES } from "../data/precision";
import { placeFacts } from "../reading/card";
import { data, h } from "../reading/dom";
import { precisionGlyph } from "../reading/glyphs";
import { rowTitle } from "../reading/listing";
import { hits } from "../search/fold";
import type { Clock, Ref } from "../time/clock";
import { say } from "../words/catalogue";
import { shortWhen } from "../words/dates";
import { length } from "../words/numbers";
import { hasDisc, placeNames } from "../words/places";
import { shortToll, verificationName } from "../words/reports";
import { undirected } from "../words/plaintext";
import { english, namesIn } from "../words/told";
import type { Tables } from "./sorting";

/** What a row says, as texts. */
export interface RowWords {
  readonly title: string;
  readonly date: string;
  readonly place: readonly string[];
  /** Why the incident has no place, as Python said it. */
  readonly reason: string | null;
  /** "±4 km"; empty where the place is an area or not known. */
  readonly within: string;
  readonly toll: string;
  readonly verification: string;
}

/** Reads no more of the texts than a row shows. */
export function rowWords({ set, row }: Ref, tables: Tables): RowWords {
  const table = tables.get(set) ?? NO_TABLE;
  const text = (name: string): string | null => (table.column(name)[row] as string | null | undefined) ?? null;
  const texts: Texts = { ...NO_TEXTS, title: text("title"), place: text("place"), placeText: text("place_text") };
  const facts = placeFacts({ set, row }, texts);
  return {
    title: rowTitle({ set, row }, texts),
    date: shortWhen(row < set.undatedFrom ? set.start[row]! : null, set.word(set.datePrecision, row)),
    place: placeNames({ ...facts, province: facts.place ?? facts.placeText ? null : facts.province }),
    reason: facts.placed ? null : text("reason"),
    within: hasDisc(facts.precision) && facts.uncertaintyM !== null ? say("list.uncertainty", { length: length(facts.uncertaintyM) }) : "",
    toll: shortToll(set.toll(row)),
    verification: verificationName(set.word(set.verification, row)),
  };
}

/** The mark of an incident in the colour of its kind. */
export function rowGlyph(clock: Clock, ref: Ref): HTMLElement {
  const glyph = h("span", { class: "im-row-glyph" }, precisionGlyph(PRECISION_CLASSES[ref.set.precisionClass[ref.row]!]!));
  glyph.style.color = `var(--im-kind-${clock.slot(ref)})`;
  return glyph;
}

/** A text of the data in which the words of a search are underlined. */
export function underlined(written: string, words: readonly string[]): HTMLElement {
  if (words.length === 0) return data(written);
  const text = undirected(written);
  const element = h("bdi");
  let from = 0;
  for (const [first, end] of hits(text, words)) {
    element.append(text.slice(from, first), h("u", {}, text.slice(first, end)));
    from = end;
  }
  element.append(text.slice(from));
  return element;
}

/** The names of a place, each in its own direction, or why there is none. */
export function placeOf({ place, reason }: RowWords, words: readonly string[]): HTMLElement {
  return reason === null ? namesIn(place, (name) => underlined(name, words)) : english(reason, underlined(reason, words));
}

export function optionOf(clock: Clock, ref: Ref, tables: Tables, words: readonly string[]): HTMLElement {
  const said = rowWords(ref, tables);
  const { title, date, within, toll, verification } = said;
  return h(
    "div", { class: "im-option", role: "option" },
    rowGlyph(clock, ref),
    h("span", { class: "im-row-title" }, underlined(title, words)),
    h("span", { class: "im-row-date" }, data(date)),
    h("span", { class: "im-row-place" }, placeOf(said, words), ...(within === "" ? [] : [" · ", data(within)])),
    h("span", { class: "im-row-toll" }, data(toll)),
    h("span", { class: "im-unseen" }, verification),
  );
}
