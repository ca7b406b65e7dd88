/** The card of one incident: what is known, how sure it is, and who says so. */

import type { Clock, Ref } from "../time/clock";
import { data, h, safeLink } from "./dom";
import { intervalBar } from "./intervalbar";
import { NO_TABLE, type Source, type Texts } from "../data/texts";
import { PRECISION_CLASSES } from "../data/precision";
import { areaSentence, borderSentence } from "../words/border";
import { clockTime, when } from "../words/dates";
import { isGiven, methodSentence } from "../words/methods";
import { plural } from "../words/numbers";
import { coordinates, hasDisc, howSure, placeLine, type PlaceFacts, probability } from "../words/places";
import { claim, injuredWords, killed, verificationBadge } from "../words/reports";

export const NO_TEXTS: Texts = {
  id: "", title: null, placeText: null, place: null, reason: null, method: null, timeUtc: null, dateNote: null,
  sources: [], actors: [],
};

export function headline({ set, row }: Ref, texts: Texts): string {
  return texts.title ?? set.kindLabel(row);
}

export function placeFacts({ set, row }: Ref, texts: Texts): PlaceFacts {
  return {
    precision: set.word(set.precision, row),
    uncertaintyM: set.uncertainty(row),
    place: texts.place,
    placeText: texts.placeText,
    province: set.provinceName(row),
    country: set.countryName(row),
    placed: PRECISION_CLASSES[set.precisionClass[row]!] !== "none",
  };
}

type Fact = readonly [term: string, lines: readonly Node[]];

function main(text: string): HTMLElement {
  return h("p", {}, text);
}

function note(...children: readonly (Node | string)[]): HTMLElement {
  return h("p", { class: "im-note" }, ...children);
}

function whenFact({ set, row }: Ref, texts: Texts): Fact {
  const start = row < set.undatedFrom ? set.start[row]! : null;
  const words = when(start, start === null ? null : set.lastDay(row), set.word(set.datePrecision, row));
  const time = clockTime(texts.timeUtc);
  const notes = [words.note, texts.dateNote].filter((text) => text !== null && text !== "").join(" ");
  return ["When", [main(time === null ? words.text : `${words.text}, ${time}`), ...(notes === "" ? [] : [note(data(notes))])]];
}

function whereFact(ref: Ref, texts: Texts, facts: PlaceFacts): Fact {
  const { set, row } = ref;
  const lines: Node[] = [h("p", {}, data(placeLine(facts)))];
  if (hasDisc(facts.precision) && facts.placed) {
    lines.push(note(data(coordinates(set.lon(row), set.lat(row), facts.uncertaintyM, isGiven(texts.method)))));
  }
  if (texts.placeText !== null && texts.place !== null && texts.placeText !== texts.place) {
    lines.push(note("Written as “", data(texts.placeText), "”"));
  }
  return ["Where", lines];
}

function sureFact({ set, row }: Ref, texts: Texts, facts: PlaceFacts): Fact {
  const lines: Node[] = [main(howSure(facts))];
  if (texts.reason !== null) lines.push(note(data(texts.reason)));
  const how = methodSentence(texts.method, texts.reason);
  const ground = (set.footprints?.of(row) ?? null) === null ? "circle" : "area";
  const notes = [how, facts.placed && hasDisc(facts.precision) ? probability(ground) : null].filter((text) => text !== null);
  if (notes.length > 0) lines.push(note(notes.join(" ")));
  return ["How sure", lines];
}

function borderFact({ set, row }: Ref, facts: PlaceFacts): Fact | null {
  const border = set.border(row);
  if (border === null) return null;
  if (!hasDisc(facts.precision)) {
    const area = facts.precision === "country" ? facts.country : facts.province;
    return area === null ? null : ["Border", [main(areaSentence(area))]];
  }
  const sentence = borderSentence({
    ...border,
    names: set.pairName(border.pair),
    uncertaintyM: facts.uncertaintyM,
    bearingDeg: border.bearingDeg === null ? null : border.bearingDeg + 180,
  });
  return ["Border", [main(sentence), intervalBar(border, sentence)]];
}

function tollFact({ set, row }: Ref): Fact | null {
  const toll = set.toll(row);
  if (Object.values(toll).every((value) => value === null)) return null;
  return ["Toll", [main(killed(toll)), note(injuredWords(toll))]];
}

function factList(facts: readonly (Fact | null)[]): HTMLElement {
  const list = h("dl", { class: "im-facts" });
  for (const fact of facts) if (fact !== null) list.append(h("dt", {}, fact[0]), h("dd", {}, ...fact[1]));
  return list;
}

function claims(texts: Texts): HTMLElement | null {
  if (texts.actors.length === 0) return null;
  const list = h("dl", { class: "im-facts" });
  for (const actor of texts.actors) {
    const [term, text] = claim(actor);
    list.append(h("dt", {}, term), h("dd", {}, h("p", {}, data(text))));
  }
  return h("section", { class: "im-card-part" }, h("h3", {}, "Who says what"), list);
}

function sourceBlock(source: Source): HTMLElement {
  const block = h("figure", { class: "im-source" });
  if (source.quote) block.append(h("blockquote", { dir: "auto" }, `“${source.quote}”`));
  const line = h("figcaption");
  const parts: Node[] = [];
  if (source.publisher) parts.push(data(source.publisher));
  if (source.published) parts.push(data(source.published));
  if (source.url) parts.push(safeLink(source.url));
  parts.forEach((part, i) => {
    line.append(i === 0 ? "" : " · ", part);
  });
  if (parts.length > 0) block.append(line);
  return block;
}

/** Several quotes of one article are one source. */
function publishers(texts: Texts): number {
  return new Set(texts.sources.map((source) => source.url ?? source.publisher)).size;
}

function sources(texts: Texts): HTMLElement | null {
  if (texts.sources.length === 0) return null;
  const title = publishers(texts) === 1 ? "Source" : plural(publishers(texts), "source");
  return h("section", { class: "im-card-part" }, h("h3", {}, title), ...texts.sources.map(sourceBlock));
}

/** The swatch and name of an incident's kind. */
export function kindLine(clock: Clock, ref: Ref): HTMLElement {
  const swatch = h("span", { class: "im-swatch" });
  swatch.style.setProperty("--im-kind", `var(--im-kind-${clock.slot(ref)})`);
  return h("span", { class: "im-kind-line" }, swatch, data(ref.set.kindLabel(ref.row)));
}

/** The texts of one incident; a broken text block leaves the card with what the map knows. */
export async function textsOf({ set, row }: Ref): Promise<Texts> {
  return (await set.texts().catch(() => NO_TABLE)).at(row) ?? NO_TEXTS;
}

/** Everything inside a card, whatever frame holds it. */
export async function cardContent(clock: Clock, ref: Ref): Promise<HTMLElement> {
  const texts = await textsOf(ref);
  const facts = placeFacts(ref, texts);
  const title = h("h2", { class: "im-headline", dir: "auto" }, headline(ref, texts));
  // Where there is little room a long title is cut, until one asks for all of it.
  title.addEventListener("click", () => {
    title.classList.add("im-whole");
  });
  const badge = verificationBadge(ref.set.word(ref.set.verification, ref.row), publishers(texts));
  return h(
    "article", { class: "im-card-body" },
    h("header", { class: "im-card-head" }, kindLine(clock, ref), h("span", { class: "im-badge" }, badge)),
    title,
    factList([whenFact(ref, texts), whereFact(ref, texts, facts), sureFact(ref, texts, facts), borderFact(ref, facts), tollFact(ref)]),
    claims(texts),
    sources(texts),
  );
}
