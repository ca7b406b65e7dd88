/** The sources of an incident: what they say word for word, and where one can read it. */

import { data, h, safeLink } from "./dom";
import type { Mark, Source, Texts } from "../data/texts";
import { lookUp } from "../data/lookup";
import { type Key, say } from "../words/catalogue";
import { longDate, MS_PER_DAY } from "../words/dates";
import { spanWords } from "../words/evidence";

const MARK_NAMES: Readonly<Record<string, Key>> = { place: "card.where", date: "card.when", toll: "card.toll" };

/** The words of facts in a quote; without any, the place as it was written. */
function marksOf({ quote, marks }: Source, placeText: string | null): readonly Mark[] {
  if (marks !== undefined || placeText === null) return marks ?? [];
  const first = quote?.indexOf(placeText) ?? -1;
  return first < 0 ? [] : [[first, first + placeText.length, "place"]];
}

function quoteOf(source: Source, placeText: string | null): HTMLElement | null {
  const { quote } = source;
  if (!quote) return null;
  const block = h("blockquote", { dir: "auto" }, "“");
  let at = 0;
  for (const [first, end, fact] of marksOf(source, placeText)) {
    const name = lookUp(MARK_NAMES, fact);
    const mark = h("mark", { class: `im-mark-${fact}`, title: name === undefined ? null : say(name) }, quote.slice(first, end));
    block.append(h("span", {}, quote.slice(at, first)), mark);
    at = end;
  }
  block.append(h("span", {}, quote.slice(at)), "”");
  return block;
}

/** A date as the card writes dates; anything else stays as it was given. */
function dateOf(published: string): string {
  const ms = /^\d{4}-\d\d-\d\d$/.test(published) ? Date.parse(published) : NaN;
  return Number.isNaN(ms) ? published : longDate(ms / MS_PER_DAY);
}

function sourceBlock(source: Source, placeText: string | null): HTMLElement {
  const parts: Node[] = [];
  if (source.publisher) parts.push(data(source.publisher));
  if (source.span) parts.push(data(spanWords(source.span)));
  if (source.published) parts.push(data(dateOf(source.published)));
  if (source.url) parts.push(safeLink(source.url));
  const line = parts.length === 0 ? null : h("figcaption", {}, ...parts.flatMap((part, i) => (i === 0 ? [part] : [" · ", part])));
  return h("figure", { class: "im-source" }, quoteOf(source, placeText), line);
}

/** Several quotes of one article are one source. */
export function publishers(texts: Pick<Texts, "sources">): number {
  return new Set(texts.sources.map((source) => source.url ?? source.publisher)).size;
}

export function sources(texts: Pick<Texts, "sources" | "placeText">): HTMLElement | null {
  if (texts.sources.length === 0) return null;
  const n = publishers(texts);
  const title = n === 1 ? say("card.source") : say("count.sources", { n });
  return h("section", { class: "im-card-part" }, h("h3", {}, title), ...texts.sources.map((source) => sourceBlock(source, texts.placeText)));
}
