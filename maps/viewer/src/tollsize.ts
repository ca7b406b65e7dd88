/** Marks as large as their incidents are deadly: the outer disc says the high estimate, the inner one the low. */

import type { Ref } from "./clock";
import { PRECISION_CLASSES } from "./precision";

export interface TollSize {
  readonly outer: number;
  readonly inner: number;
}

const LEAST_PX = 5;
const MOST_PX = 16;

/** Radius whose disc grows with the number: 5 px for one, 16 px from ten on. */
export function tollRadius(number: number): number {
  return Math.max(LEAST_PX, Math.min(MOST_PX, LEAST_PX * Math.sqrt(number)));
}

/** The size of a mark; null for incidents whose place is too vague to carry one, or whose toll is not known. */
export function sizeOf({ set, row }: Ref): TollSize | null {
  const shape = PRECISION_CLASSES[set.precisionClass[row]!];
  if (shape !== "point" && shape !== "settlement") return null;
  const { best, low, high } = set.toll(row);
  const most = high ?? best ?? low;
  if (most === null) return null;
  const least = low ?? best ?? most;
  return { outer: tollRadius(most), inner: least < 1 ? 0 : Math.min(tollRadius(most), tollRadius(least)) };
}
