/** The card of one incident: what is known, how sure it is, and who says so. */

import type { Clock, Ref } from "../time/clock";
import { data, h } from "./dom";
import { intervalBar } from "./intervalbar";
import { publishers, sources } from "./quotes";
import { type Candidate, NO_TABLE, NO_TEXTS, type Texts } from "../data/texts";
import { PRECISION_CLASSES } from "../data/precision";
import { borderSentence } from "../words/border";
import { candidateNames, candidatesTitle, claimNote, linesNote, meetingNote, sensitivityWords, sentences, zoneNote } from "../words/evidence";
import { say } from "../words/catalogue";
import { clockTime, when } from "../words/dates";
import { isGiven, methodSentence } from "../words/methods";
import { coordinates, hasDisc, howSure, type PlaceFacts, placeNames, probability } from "../words/places";
import { claim, injuredWords, killed, verificationBadge } from "../words/reports";
import { english, following, namesIn, told, toldIn } from "../words/told";

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

/** What Python wrote, as sentences. */
function pythons(text: string | null): HTMLElement | null {
  const written = sentences(text);
  return written === "" ? null : english(written);
}

type Fact = readonly [term: string, lines: readonly Node[]];

function main(text: Node | string): HTMLElement {
  return h("p", {}, text);
}

function note(...children: readonly (Node | string)[]): HTMLElement {
  return h("p", { class: "im-note" }, ...children);
}

function whenFact({ set, row }: Ref, texts: Texts): Fact {
  const start = row < set.undatedFrom ? set.start[row]! : null;
  const words = when(start, start === null ? null : set.lastDay(row), set.word(set.datePrecision, row));
  const time = clockTime(texts.timeUtc);
  const notes = following(words.note, pythons(texts.dateNote), zoneNote(texts.dateZone, toldIn));
  return [say("card.when"), [main(time === null ? words.text : `${words.text}, ${time}`), ...(notes.length === 0 ? [] : [note(...notes)])]];
}

function whereFact(ref: Ref, texts: Texts, facts: PlaceFacts): Fact {
  const { set, row } = ref;
  const lines: Node[] = [h("p", {}, namesIn(placeNames(facts)))];
  if (hasDisc(facts.precision) && facts.placed) {
    lines.push(note(data(coordinates(set.lon(row), set.lat(row), facts.uncertaintyM, isGiven(texts.method)))));
  }
  if (texts.placeText !== null && texts.place !== null && texts.placeText !== texts.place) {
    lines.push(note(...told("card.written", { text: texts.placeText })));
  }
  const claimed = claimNote(texts.claimants, toldIn);
  if (claimed !== null) lines.push(note(claimed));
  return [say("card.where"), lines];
}

function sureFact({ set, row }: Ref, texts: Texts, facts: PlaceFacts): Fact {
  const lines: Node[] = [main(howSure(facts, toldIn))];
  const how = following(pythons(texts.reason), methodSentence(texts.method, texts.reason));
  if (how.length > 0) lines.push(note(...how));
  const ground = (set.footprints?.of(row) ?? null) === null ? "circle" : "area";
  if (facts.placed && hasDisc(facts.precision)) lines.push(note(probability(ground)));
  if (texts.candidates.length > 0) lines.push(otherPlaces(texts.candidates, facts.placed));
  return [say("card.sure"), lines];
}

/** What else the name could mean: open where none of them was chosen. */
function otherPlaces(candidates: readonly Candidate[], folded: boolean): HTMLElement {
  const list = h("ul", {}, ...candidates.map((each) => h("li", {}, namesIn(candidateNames(each)))));
  const title = candidatesTitle(candidates.length, folded);
  return folded ? h("details", { class: "im-others im-note" }, h("summary", {}, title), list) : h("div", { class: "im-others im-note" }, title, list);
}

function borderFact({ set, row }: Ref, texts: Texts, facts: PlaceFacts): Fact | null {
  const border = set.border(row);
  if (border === null) return null;
  if (!hasDisc(facts.precision)) {
    const area = facts.precision === "country" ? facts.country : facts.province;
    return area === null ? null : [say("card.border"), [main(toldIn("border.area", { area }))]];
  }
  const measured = {
    ...border,
    names: set.pairName(border.pair),
    uncertaintyM: facts.uncertaintyM,
    bearingDeg: border.bearingDeg === null ? null : border.bearingDeg + 180,
  };
  const notes = [meetingNote(texts.tripoint, toldIn), linesNote(texts.lines, toldIn)].filter((text) => text !== null).map((text) => note(text));
  return [say("card.border"), [main(borderSentence(measured, toldIn)), intervalBar(border, borderSentence(measured, say)), ...notes]];
}

function tollFact({ set, row }: Ref): Fact | null {
  const toll = set.toll(row);
  if (Object.values(toll).every((value) => value === null)) return null;
  return [say("card.toll"), [main(killed(toll)), note(injuredWords(toll))]];
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
    const [term, text] = claim(actor, toldIn);
    list.append(h("dt", {}, term), h("dd", {}, h("p", {}, typeof text === "string" ? data(text) : text)));
  }
  return h("section", { class: "im-card-part" }, h("h3", {}, say("card.claims")), list);
}

/** What may not be for everybody's eyes waits for a click. */
function folded(texts: Texts, ...parts: readonly (HTMLElement | null)[]): readonly (HTMLElement | null)[] {
  const warning = sensitivityWords(texts.sensitivity);
  const shown = parts.filter((part) => part !== null);
  return warning === null || shown.length === 0 ? shown : [h("details", { class: "im-card-part im-folded" }, h("summary", {}, warning), ...shown)];
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
  const verification = ref.set.word(ref.set.verification, ref.row);
  const badge = verificationBadge(verification, publishers(texts));
  const article = h(
    "article", { class: "im-card-body" },
    h("header", { class: "im-card-head" }, kindLine(clock, ref), badge === "" ? null : h("span", { class: "im-badge", "data-is": verification ?? "unstated" }, badge)),
    title,
    factList([whenFact(ref, texts), whereFact(ref, texts, facts), sureFact(ref, texts, facts), borderFact(ref, texts, facts), tollFact(ref)]),
    ...folded(texts, claims(texts), sources(texts)),
  );
  article.style.setProperty("--im-kind", `var(--im-kind-${clock.slot(ref)})`);
  return article;
}
