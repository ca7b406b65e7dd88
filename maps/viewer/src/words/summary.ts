/** The sentence at the head of the map. */

import type { PrecisionClass } from "../data/precision";
import { clauses, type Key, parts, say } from "./catalogue";
import { longDate } from "./dates";
import { incidents } from "./numbers";

export interface SummaryFacts {
  readonly visible: number;
  readonly total: number;
  /** Those of the visible that have no date: none of them is in the window. */
  readonly undated: number;
  /** First and last civil day of the window; null where no incident has a date. */
  readonly window: readonly [number, number] | null;
  readonly byPrecision: Readonly<Record<PrecisionClass, number>>;
}

/** A piece of the summary; its head stands out. */
export interface Piece {
  readonly text: string;
  readonly isHead: boolean;
}

const SHOWN = { all: "summary.all", on: "summary.on", between: "summary.between" } as const;
const UNMATCHED = { all: "summary.nomatch", on: "summary.nomatch.on", between: "summary.nomatch.between" } as const;

/** "174 incidents" as the head, and the rest of the summary. */
export function summary(facts: SummaryFacts): Piece[] {
  if (facts.total === 0) return pieces("summary.none", { head: say("summary.none.head") });
  const [start, end] = facts.window ?? [0, 0];
  const how = facts.window === null ? "all" : start === end ? "on" : "between";
  const dates = { from: longDate(start), to: longDate(end) };
  if (facts.visible === 0) {
    return pieces(UNMATCHED[how], { ...dates, head: say("summary.nomatch.head"), all: incidents(facts.total) });
  }
  const undated = how === "all" ? 0 : facts.undated;
  const { point, area, country, none } = facts.byPrecision;
  const known = [["summary.sure", point], ["summary.vague", area + country], ["summary.unplaced", none]] as const;
  const rest = known.flatMap(([key, n]) => (n > 0 ? [say(key, { n })] : []));
  return [
    ...pieces(SHOWN[how], { ...dates, head: incidents(facts.visible - undated), undated: undated > 0 ? say("summary.undated", { n: undated }) : "" }),
    ...(rest.length === 0 ? [] : [{ text: ` ${say("summary.sentence", { clauses: clauses(rest) })}`, isHead: false }]),
  ];
}

function pieces(key: Key, values: Readonly<Record<string, string>>): Piece[] {
  return parts(key, values).map((part) => (typeof part === "string" ? { text: part, isHead: false } : { text: part.value, isHead: part.value === values["head"] }));
}
