/** One pass over the rows: which of them pass the window and the filters, and how many per value. */

import type { IncidentSet } from "./incidents";
import { OTHER_SLOT } from "./kinds";
import { PRECISION_CLASSES, type PrecisionClass } from "./precision";

export type Window = readonly [start: number, end: number];
export type Facet = "kind" | "precision" | "verification";

/** Counts after the last change; those of a facet ignore that facet's own filter. */
export interface Tally {
  readonly visible: number;
  readonly byPrecision: Readonly<Record<PrecisionClass, number>>;
  readonly kind: Readonly<Record<string, number>>;
  readonly precision: Readonly<Record<string, number>>;
  readonly verification: Readonly<Record<string, number>>;
}

type MutableTally = {
  visible: number;
  byPrecision: Record<PrecisionClass, number>;
} & Record<Facet, Record<string, number>>;

const NO_VERIFICATION = "unstated";

/** The visible rows of a set, in time order; a row counts for a facet if it passes the other two. */
export function countRows(
  set: IncidentSet, slot: Uint8Array, window: Window | null, undated: boolean,
  isShown: (facet: Facet, value: string) => boolean, tally: MutableTally,
): Int32Array {
  const names = verificationNames(set);
  // Tables by code, so that a pass over many rows looks nothing up by name.
  const shown = {
    kind: Array.from({ length: OTHER_SLOT + 1 }, (_, each) => isShown("kind", String(each))),
    precision: PRECISION_CLASSES.map((each) => isShown("precision", each)),
    verification: names.map((each) => isShown("verification", each)),
  };
  const counts = {
    kind: new Float64Array(OTHER_SLOT + 1),
    precision: new Float64Array(PRECISION_CLASSES.length),
    verification: new Float64Array(names.length),
  };
  const visibleClasses = new Float64Array(PRECISION_CLASSES.length);
  const rows = new Int32Array(set.size);
  let found = 0;
  const consider = (row: number): void => {
    const [k, p, v] = [slot[row]!, set.precisionClass[row]!, set.verification.codes[row] ?? 0];
    const [byKind, byPrecision, byVerification] = [shown.kind[k]!, shown.precision[p]!, shown.verification[v]!];
    if (byPrecision && byVerification) counts.kind[k]!++;
    if (byKind && byVerification) counts.precision[p]!++;
    if (byKind && byPrecision) counts.verification[v]!++;
    if (!(byKind && byPrecision && byVerification)) return;
    rows[found++] = row;
    visibleClasses[p]!++;
  };
  if (window !== null) {
    const [from, to] = rowRange(set, window);
    for (let row = from; row < to; row++) if (set.lastDay(row) >= window[0]) consider(row);
  }
  if (undated) for (let row = set.undatedFrom; row < set.size; row++) consider(row);
  addAll(tally.kind, counts.kind, shown.kind.map((_, each) => String(each)));
  addAll(tally.precision, counts.precision, PRECISION_CLASSES);
  addAll(tally.verification, counts.verification, names);
  addAll(tally.byPrecision, visibleClasses, PRECISION_CLASSES);
  return rows.subarray(0, found);
}

function addAll(to: Record<string, number>, counts: Float64Array, names: readonly string[]): void {
  counts.forEach((count, i) => {
    to[names[i]!] = (to[names[i]!] ?? 0) + count;
  });
}

export function emptyTally(): MutableTally {
  return {
    visible: 0,
    byPrecision: { point: 0, settlement: 0, vicinity: 0, area: 0, country: 0, none: 0 },
    kind: {},
    precision: {},
    verification: {},
  };
}

/** The verifications that a set can hold, by code. */
export function verificationNames({ verification }: IncidentSet): readonly string[] {
  const { values } = verification;
  return values.length === 0 ? [NO_VERIFICATION] : values.map((value) => value ?? NO_VERIFICATION);
}

/** Rows that can reach the window: rows are sorted by their first day. */
export function rowRange(set: IncidentSet, [start, end]: Window): readonly [from: number, to: number] {
  return [lowerBound(set, start - set.longestSpan), lowerBound(set, end + 1)];
}

function lowerBound(set: IncidentSet, day: number): number {
  let low = 0;
  let high = set.undatedFrom;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set.start[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First and last day of some sets; null where no row has a date. */
export function extentOf(sets: readonly IncidentSet[]): Window | null {
  let first = Infinity;
  let last = -Infinity;
  for (const set of sets) {
    for (let row = 0; row < set.undatedFrom; row++) {
      first = Math.min(first, set.start[row]!);
      last = Math.max(last, set.lastDay(row));
    }
  }
  return first > last ? null : [first, last];
}
