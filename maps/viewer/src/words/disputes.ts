/** Who holds and who claims a disputed area, and whose borders the map draws. */

import type { Dispute } from "../ground/disputes";
import { clauses, listed, named, say, type Tell } from "./catalogue";
import { own } from "./told";

/** A worldview: its name, and the country whose it is. */
export interface ViewName {
  readonly name: string;
  readonly country: string | null;
}

/** Of whom the drawn borders are, and of whom the countries of the incidents. */
export interface Worldviews {
  readonly borders: ViewName | null;
  readonly incidents: ViewName | null;
}

const MOST_NAMES = 3;

/** "Crimea, Sevastopol: held by Russia, claimed by Ukraine". */
export function disputeSentence({ names, ...by }: Dispute): string {
  const [holder, claimants] = [by.holder === null ? null : named(by.holder), by.claimants.map(named)];
  const shown = names.length > MOST_NAMES + 1 ? names.slice(0, MOST_NAMES) : names;
  const areas = withMore(listed(shown), names.length - shown.length);
  if (claimants.length === 0) return say("dispute.open", { areas });
  const claiming = { areas, claimants: conjoined(claimants, say) };
  return holder === null || areas === holder ? say("dispute.claimed", claiming) : say("dispute.held", { ...claiming, holder });
}

/** "Flood, Storm and 3 more". */
export function withMore(names: string, n: number): string {
  return n > 0 ? say("joint.more", { names, n }) : names;
}

/** "Iraq, Jordan and Syria". */
export function conjoined<T>(names: readonly string[], tell: Tell<T>): string | T {
  if (names.length < 2) return names.join("");
  const all: readonly (string | T)[] = names.slice(0, -1);
  return tell("joint.and", { a: all.reduce((a, b) => tell("joint.list", { a, b })), b: names.at(-1)! });
}

/** "Borders: de facto"; the incidents are named where they differ. */
export function worldviewLine({ borders, incidents }: Worldviews): string {
  const found = borders === null ? [] : [say("view.borders", { view: viewWords(borders) })];
  if (incidents !== null && incidents.name !== borders?.name) found.push(say("view.incidents", { view: viewWords(incidents) }));
  return clauses(found);
}

export function viewWords({ name, country }: ViewName): string {
  if (name === "default") return say("view.defacto");
  return country === null ? say("view.name", { name }) : say("view.country", { country: named(country) });
}

/** The line as text from the data, in its own reading direction. */
export function worldviewText(views: Worldviews): HTMLElement | null {
  const line = worldviewLine(views);
  return line === "" ? null : own(line);
}
