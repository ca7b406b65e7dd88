/** What a report says, as nodes: for one item, and side by side. */

import { lookUp } from "../data/lookup";
import { data, h } from "../reading/dom";
import { type Key, listed, named, say } from "../words/catalogue";
import { when } from "../words/dates";
import { coordinates, hasDisc, howSure, type PlaceFacts, placeNames } from "../words/places";
import { claim, injuredWords, killed, type Toll, verificationName } from "../words/reports";
import { namesIn, toldIn } from "../words/told";
import type { Candidate, Report } from "./records";

export function headline({ title, kind_label, id }: Report): string {
  return title ?? (kind_label === undefined ? id : named(kind_label));
}

function translated(name: string | undefined): string | null {
  return name === undefined ? null : named(name);
}

function placeFacts(report: Report): PlaceFacts {
  return {
    precision: report.precision ?? null, uncertaintyM: report.uncertainty_m ?? null, place: translated(report.place),
    placeText: report.place_text ?? null, province: translated(report.province), country: translated(report.country),
    placed: report.lon !== undefined,
  };
}

export function whenWords({ start, end, date_precision }: Report): string {
  const { text, note } = when(start ?? null, end ?? null, date_precision ?? null);
  return note === "" ? text : `${text}. ${note}`;
}

/** Where it stands now: the names of the place, how sure it is, and its coordinates. */
export function placeNow(report: Report): HTMLElement {
  const facts = placeFacts(report);
  if (!facts.placed) return h("span", {}, say("place.unplaced"));
  const lines: Node[] = [h("p", {}, namesIn(placeNames(facts))), h("p", { class: "im-note" }, howSure(facts, toldIn))];
  if (hasDisc(facts.precision)) {
    lines.push(h("p", { class: "im-note" }, data(coordinates(report.lon!, report.lat!, facts.uncertaintyM, report.method === "coordinates"))));
  }
  return h("div", {}, ...lines);
}

function tollOf({ best, low, high, injured }: Report): Toll {
  return { best: best ?? null, low: low ?? null, high: high ?? null, injured: injured ?? null };
}

export function tollWords(report: Report): string {
  const toll = tollOf(report);
  const hurt = toll.injured === null ? [] : [injuredWords(toll)];
  return [killed(toll), ...hurt].join(". ");
}

export function verificationWords({ verification }: Report): string {
  return verificationName(verification ?? null);
}

export function actorList({ actors }: Report): HTMLElement | null {
  if (actors.length === 0) return null;
  return h("ul", { class: "im-review-plain" }, ...actors.map((actor) => {
    const [term, text] = claim(actor, toldIn);
    return h("li", {}, h("span", { class: "im-note" }, `${term}: `), typeof text === "string" ? data(text) : text);
  }));
}

/** What a place is, by the codes of Python. */
const IS: Readonly<Record<string, Key>> = {
  capital: "review.is.capital", seat: "review.is.seat", settlement: "review.is.settlement", site: "review.is.site", area: "review.is.area",
  water: "review.is.water", line: "review.is.line", country: "review.is.country", admin1: "review.is.province", admin2: "review.is.district",
};

/** "Town or village, 12,000 people", "Oregon, United States". */
export function candidateWords({ is, population, province, country }: Candidate): readonly [what: string, where: readonly string[]] {
  const name = is === undefined ? undefined : lookUp(IS, is);
  const what = name === undefined ? [] : [say(name)];
  if (population !== undefined && population > 0) what.push(say("review.people", { n: population }));
  return [listed(what), [province, country].filter((name) => name !== undefined).map(named)];
}
