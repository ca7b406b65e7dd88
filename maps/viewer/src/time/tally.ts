/** Which rows of a set pass the window and the filters, and how many per value. */

import { Census, combination } from "./census";
import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import { PRECISION_CLASSES, type PrecisionClass } from "../data/precision";

export type Window = readonly [start: number, end: number];
export type Facet = "kind" | "precision" | "verification";
export type IsShown = (facet: Facet, value: string) => boolean;

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

const KINDS = Array.from({ length: OTHER_SLOT + 1 }, (_, slot) => String(slot));

const NO_ROWS = new Int32Array(0);
const VICINITY = PRECISION_CLASSES.indexOf("vicinity");

/** Rows that pass the filters, in time order, the undated ones last. */
class Passing {
  readonly #rows: Int32Array;
  /** Those of them that last longer than a day. */
  readonly #lasting: Int32Array;
  /** Where the undated rows begin. */
  readonly #undated: number;

  constructor(rows: Int32Array, lasting: Int32Array, undatedFrom: number) {
    [this.#rows, this.#lasting, this.#undated] = [rows, lasting, lowerBound(rows, undatedFrom)];
  }

  get dated(): Int32Array {
    return this.#rows.subarray(0, this.#undated);
  }

  undated(shown: boolean): Int32Array {
    return shown ? this.#rows.subarray(this.#undated) : NO_ROWS;
  }

  /** Rows from `from` to before `to`, the earlier ones that still last, and the undated ones. */
  between(from: number, to: number, lasts: (row: number) => boolean, undated: boolean): Int32Array {
    const end = undated ? this.#rows.length : this.#undated;
    const [first, last] = [lowerBound(this.#rows, from), lowerBound(this.#rows, to)];
    const before = this.#lasting.subarray(0, lowerBound(this.#lasting, from)).filter(lasts);
    if (before.length === 0 && (end === this.#undated || last === this.#undated)) {
      return this.#rows.subarray(first, last === this.#undated ? end : last);
    }
    const rows = new Int32Array(before.length + last - first + end - this.#undated);
    rows.set(before);
    rows.set(this.#rows.subarray(first, last), before.length);
    rows.set(this.#rows.subarray(this.#undated, end), before.length + last - first);
    return rows;
  }
}

/**
 * The rows of one set under the filters. Filters decide which rows pass; a window is then a range of
 * these, with the few rows that began before it and still last.
 */
export class Member {
  readonly set: IncidentSet;
  readonly slots: Uint8Array;
  rows: Int32Array = NO_ROWS;
  /** Those of them that are known to no spot or vicinity: few, so that sums by area need not see all rows. */
  broad: Int32Array = NO_ROWS;
  readonly #census: Census;
  #passing = new Passing(NO_ROWS, NO_ROWS, 0);
  #passingBroad = this.#passing;

  constructor(set: IncidentSet, slots: Uint8Array) {
    this.set = set;
    this.slots = slots;
    this.#census = new Census(set, slots);
  }

  /** Finds the rows that pass the filters, whatever the window. */
  filter(isShown: IsShown): void {
    const { set } = this;
    const shown = this.#shownCodes(isShown);
    const { codes } = this.#census;
    const passing = new Int32Array(set.size);
    let found = 0;
    for (let row = 0; row < set.size; row++) if (shown[codes[row]!] === 1) passing[found++] = row;
    const passes = (row: number): boolean => shown[codes[row]!] === 1;
    const lasting = set.lasting.filter(passes);
    this.#passing = new Passing(passing.subarray(0, found), lasting, set.undatedFrom);
    const isBroad = (row: number): boolean => set.precisionClass[row]! > VICINITY;
    this.#passingBroad = new Passing(set.broad.filter(passes), lasting.filter(isBroad), set.undatedFrom);
  }

  /** The rows of the window in time order, the undated ones last, and their counts. */
  choose(window: Window | null, undated: boolean, isShown: IsShown, tally: MutableTally): void {
    const { set } = this;
    const counts = new Float64Array(this.#census.size);
    if (undated) this.#census.add(counts, set.undatedFrom, set.size);
    if (window === null) {
      this.rows = this.#passing.undated(undated);
      this.broad = this.#passingBroad.undated(undated);
    } else {
      const [from, to] = [dayBound(set, window[0]), dayBound(set, window[1] + 1)];
      this.#census.add(counts, from, to);
      for (const row of set.lasting) {
        if (row >= from) break;
        if (set.end[row]! >= window[0]) this.#census.addRow(counts, row);
      }
      const lasts = (row: number): boolean => set.end[row]! >= window[0];
      this.rows = this.#passing.between(from, to, lasts, undated);
      this.broad = this.#passingBroad.between(from, to, lasts, undated);
    }
    this.#addCounts(tally, counts, isShown);
  }

  /** How many incidents without a date pass the filters. */
  undatedPassing(): number {
    const { weights } = this.set;
    return this.#passing.undated(true).reduce((sum, row) => sum + (weights?.[row] ?? 1), 0);
  }

  /** The passing rows that begin last before a window, and first after it. */
  beside(start: number, end: number): number[] {
    const { dated } = this.#passing;
    const [before, after] = [start, end + 1].map((day) => lowerBound(dated, dayBound(this.set, day)));
    return [dated[before! - 1], dated[after!]].filter((row) => row !== undefined);
  }

  /** 1 for the codes whose rows pass all filters. */
  #shownCodes(isShown: IsShown): Uint8Array {
    return Uint8Array.from({ length: this.#census.size }, (_, code) => {
      const { kind, precision, verification } = combination(code);
      return isShown("kind", KINDS[kind]!) && isShown("precision", PRECISION_CLASSES[precision]!) &&
        isShown("verification", this.set.verifications[verification]!) ? 1 : 0;
    });
  }

  #addCounts(tally: MutableTally, counts: Float64Array, isShown: IsShown): void {
    const names = this.set.verifications;
    for (const each of KINDS) tally.kind[each] ??= 0;
    for (const each of PRECISION_CLASSES) tally.precision[each] ??= 0;
    for (const each of names) tally.verification[each] ??= 0;
    counts.forEach((count, code) => {
      if (count === 0) return;
      const found = combination(code);
      const kind = KINDS[found.kind]!;
      const precision = PRECISION_CLASSES[found.precision]!;
      const verification = names[found.verification]!;
      const [k, p, v] = [isShown("kind", kind), isShown("precision", precision), isShown("verification", verification)];
      if (p && v) tally.kind[kind]! += count;
      if (k && v) tally.precision[precision]! += count;
      if (k && p) tally.verification[verification]! += count;
      if (!(k && p && v)) return;
      tally.byPrecision[precision] += count;
      tally.visible += count;
    });
  }
}

export function emptyTally(): MutableTally {
  return {
    visible: 0,
    byPrecision: { point: 0, settlement: 0, vicinity: 0, area: 0, country: 0, none: 0 },
    // Without a prototype, as a value of the data may be called "__proto__".
    kind: Object.create(null) as Record<string, number>,
    precision: Object.create(null) as Record<string, number>,
    verification: Object.create(null) as Record<string, number>,
  };
}

/** The first dated row that begins on a day or later. */
function dayBound({ start, undatedFrom }: IncidentSet, day: number): number {
  return lowerBound(start, day, undatedFrom);
}

/** The first position in rising numbers whose number is not below a limit. */
function lowerBound(numbers: Int32Array, limit: number, length = numbers.length): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** First and last day of some sets; null where no row has a date. */
export function extentOf(sets: readonly IncidentSet[]): Window | null {
  let [first, last] = [Infinity, -Infinity];
  for (const { start, end, lasting, undatedFrom } of sets) {
    if (undatedFrom === 0) continue;
    first = Math.min(first, start[0]!);
    last = Math.max(last, start[undatedFrom - 1]!);
    for (const row of lasting) last = Math.max(last, end[row]!);
  }
  return first > last ? null : [first, last];
}
