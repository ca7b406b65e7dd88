/** Marks as large as their incidents are deadly: the outer disc says the high estimate, the inner one the low. */

import type { Ref } from "../time/clock";
import type { IncidentSet } from "../data/incidents";
import { PRECISION_CLASSES } from "../data/precision";
import type { Toll } from "../words/reports";

export interface TollSize {
  readonly outer: number;
  readonly inner: number;
}

const LEAST_PX = 5;
export const MOST_PX = 20;

/** Radius of the disc of a number; its area grows with the number, up to that of the largest one. */
export function tollRadius(number: number, largest: number): number {
  return Math.max(LEAST_PX, MOST_PX * Math.sqrt(Math.min(1, number / Math.max(1, largest))));
}

function highest({ best, low, high }: Toll): number | null {
  return high ?? best ?? low;
}

const largestOf = new WeakMap<IncidentSet, number>();

/** The highest toll of any incident, whatever the filters, so that sizes stay when the window moves. */
export function largestToll(sets: readonly IncidentSet[]): number {
  let largest = 0;
  for (const set of sets) {
    let own = largestOf.get(set);
    if (own === undefined) {
      own = 0;
      for (let row = 0; row < set.size; row++) own = Math.max(own, highest(set.toll(row)) ?? 0);
      largestOf.set(set, own);
    }
    largest = Math.max(largest, own);
  }
  return largest;
}

/** Up to three round numbers that show the scale, rising. */
export function tollSteps(largest: number): readonly number[] {
  const round = [largest / 16, largest / 4].map((each) => Number(each.toPrecision(1))).filter((each) => each >= 1 && Number.isInteger(each));
  return [...new Set([...round, largest])].filter((each) => each > 0);
}

/** The size of a mark; null for incidents whose place is too vague to carry one, or whose toll is not known. */
export function sizeOf({ set, row }: Ref, largest: number): TollSize | null {
  const shape = PRECISION_CLASSES[set.precisionClass[row]!];
  if (shape !== "point" && shape !== "settlement") return null;
  const toll = set.toll(row);
  const most = highest(toll);
  if (most === null) return null;
  const least = toll.low ?? toll.best ?? most;
  const outer = tollRadius(most, largest);
  return { outer, inner: least < 1 ? 0 : Math.min(outer, tollRadius(least, largest)) };
}
