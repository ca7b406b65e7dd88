/** Which rows of a set pass the window and the filters, and how many per value. */

import { Census, combination } from "./census";
import type { NamedColumn } from "../data/facets";
import { type Facet, FACETS } from "./filters";
import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import { PRECISION_CLASSES, type PrecisionClass } from "../data/precision";

export type Window = readonly [start: number, end: number];
export type IsShown = (facet: Facet, value: string) => boolean;

/** Counts after the last change; those of a facet ignore that facet's own filter. */
export type Tally = Readonly<Record<Facet, Readonly<Record<string, number>>>> & {
  readonly visible: number;
  readonly byPrecision: Readonly<Record<PrecisionClass, number>>;
};

/** Ranges of rows, from the first to before the last. */
type Sections = readonly (readonly [from: number, to: number])[];

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
  readonly #columns: readonly NamedColumn[];
  #shown: ArrayLike<number> = [];
  /** A bit for each named column that a row fails, and one for the search; null where neither leaves out a row. */
  #fails: Uint8Array | null = null;

  constructor(set: IncidentSet, slots: Uint8Array, columns: readonly NamedColumn[]) {
    [this.set, this.slots, this.#columns] = [set, slots, columns];
    this.#census = new Census(set, slots);
  }

  /** Finds the rows that pass the filters, whatever the window; `found` has 1 for those of a search. */
  filter(isShown: IsShown, found: Uint8Array | null): void {
    const { set } = this;
    const shown = (this.#shown = this.#shownCodes(isShown));
    const fails = (this.#fails = failing(set.size, this.#columns, isShown, found));
    const { codes } = this.#census;
    const rows = new Int32Array(set.size);
    let passing = 0;
    const passes = (row: number): boolean => shown[codes[row]!] === 1 && (fails === null || fails[row] === 0);
    for (let row = 0; row < set.size; row++) if (passes(row)) rows[passing++] = row;
    const lasting = set.lasting.filter(passes);
    this.#passing = new Passing(rows.subarray(0, passing), lasting, set.undatedFrom);
    const isBroad = (row: number): boolean => set.precisionClass[row]! > VICINITY;
    this.#passingBroad = new Passing(set.broad.filter(passes), lasting.filter(isBroad), set.undatedFrom);
  }

  /** The dated rows that pass the filters, whatever the window. */
  get dated(): Int32Array {
    return this.#passing.dated;
  }

  /** The rows of the window in time order, the undated ones last, and their counts. */
  choose(window: Window | null, undated: boolean, isShown: IsShown, tally: MutableTally): void {
    const { set } = this;
    const [from, to] = window === null ? [0, 0] : [dayBound(set, window[0]), dayBound(set, window[1] + 1)];
    const lasts = (row: number): boolean => window !== null && set.end[row]! >= window[0];
    this.rows = this.#passing.between(from, to, lasts, undated);
    this.broad = this.#passingBroad.between(from, to, lasts, undated);
    const sections = [[from, to], [undated ? set.undatedFrom : set.size, set.size]] as const;
    const before = set.lasting.subarray(0, lowerBound(set.lasting, from)).filter(lasts);
    this.#addCounts(tally, this.#counts(sections, before), isShown);
    this.#columns.forEach((column, i) => {
      // With one value there is nothing to choose from, and no count to show.
      if (column.values.length > 1) this.#addNames(tally[column.facet], column, 1 << i, sections, before);
    });
  }

  /** Incidents by code of the census, without those that other filters leave out. */
  #counts(sections: Sections, before: Int32Array): Float64Array {
    const [census, fails] = [this.#census, this.#fails];
    const counts = new Float64Array(census.size);
    if (fails === null) {
      for (const [from, to] of sections) census.add(counts, from, to);
      for (const row of before) census.addRow(counts, row);
      return counts;
    }
    const add = (row: number): void => {
      if (fails[row] === 0) census.addRow(counts, row);
    };
    for (const [from, to] of sections) for (let row = from; row < to; row++) add(row);
    before.forEach(add);
    return counts;
  }

  /** Adds the incidents of each name, without those that any other filter leaves out. */
  #addNames(found: Record<string, number>, { codes, sets, values }: NamedColumn, bit: number, sections: Sections, before: Int32Array): void {
    const [shown, fails, census, { weights }] = [this.#shown, this.#fails, this.#census.codes, this.set];
    const sums = new Float64Array(sets.length);
    const add = (row: number): void => {
      if (shown[census[row]!] === 1 && (fails === null || (fails[row]! & ~bit) === 0)) sums[codes[row]!]! += weights === null ? 1 : weights[row]!;
    };
    for (const [from, to] of sections) for (let row = from; row < to; row++) add(row);
    before.forEach(add);
    for (const value of values) found[value] ??= 0;
    sums.forEach((sum, code) => {
      for (const place of sets[code]!) found[values[place]!]! += sum;
    });
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

const NOT_FOUND = 128;

function failing(size: number, columns: readonly NamedColumn[], isShown: IsShown, found: Uint8Array | null): Uint8Array | null {
  const filtered = columns.map(({ facet, values }) => values.some((value) => !isShown(facet, value)));
  if (found === null && !filtered.includes(true)) return null;
  const fails = new Uint8Array(size);
  if (found !== null) for (let row = 0; row < size; row++) if (found[row] === 0) fails[row] = NOT_FOUND;
  columns.forEach(({ facet, codes, sets, values }, i) => {
    if (filtered[i] !== true) return;
    // A row with several names is shown as long as one of them is.
    const bits = Uint8Array.from(sets, (places) => (places.some((place) => isShown(facet, values[place]!)) ? 0 : 1 << i));
    for (let row = 0; row < size; row++) fails[row]! |= bits[codes[row]!]!;
  });
  return fails;
}

export function emptyTally(): MutableTally {
  return {
    visible: 0,
    byPrecision: { point: 0, settlement: 0, vicinity: 0, area: 0, country: 0, none: 0 },
    // Without a prototype, as a value of the data may be called "__proto__".
    ...(Object.fromEntries(FACETS.map((facet) => [facet, Object.create(null)])) as Record<Facet, Record<string, number>>),
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
