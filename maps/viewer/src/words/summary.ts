/** The sentence at the head of the map. */

import type { PrecisionClass } from "../data/precision";
import { period } from "./dates";
import { count, plural } from "./numbers";

export interface SummaryFacts {
  readonly visible: number;
  readonly total: number;
  /** First and last civil day of the window; null where no incident has a date. */
  readonly window: readonly [number, number] | null;
  readonly byPrecision: Readonly<Record<PrecisionClass, number>>;
}

/** The bold head, "174 incidents", and the rest of the summary. */
export function summary(facts: SummaryFacts): readonly [head: string, rest: string] {
  const when = facts.window === null ? "" : ` ${period(facts.window[0], facts.window[1])}`;
  if (facts.total === 0) return ["No incidents", " are on this map."];
  if (facts.visible === 0) return ["No incidents match", `${when}. ${plural(facts.total, "incident")} in all.`];
  const { point, area, country, none } = facts.byPrecision;
  const parts: string[] = [];
  if (point > 0) parts.push(`${count(point)} ${point === 1 ? "is" : "are"} placed to a site or better`);
  const vague = area + country;
  if (vague > 0) parts.push(`${count(vague)} ${vague === 1 ? "is" : "are"} known only by province or country`);
  if (none > 0) parts.push(`${count(none)} could not be placed`);
  const rest = parts.length === 0 ? "." : `. ${parts.join("; ")}.`;
  return [plural(facts.visible, "incident"), `${when}${rest}`];
}
