/** Counts per bin of time, by kind. Pure. */

import { civilOf, dayOf, shift, startOf, type Unit } from "../data/civil";
import type { Clock } from "../time/clock";
import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import { dayAndMonth, monthAndYear, monthName, shortMonth, shortMonthAndYear, yearName } from "../words/dates";

export interface Bin {
  /** First day, and the day after the last. */
  readonly from: number;
  readonly to: number;
  /** Incidents dated to the day, per kind slot. */
  readonly bySlot: Float64Array;
  /** Incidents known only to a longer span: their share of this bin, of no kind. */
  spread: number;
}

const LEAST_BAR_PX = 3;

/** The smallest unit whose bars are at least 3 px wide. */
export function binUnit(days: number, widthPx: number): Unit {
  const perDay = widthPx / Math.max(1, days);
  if (perDay >= LEAST_BAR_PX + 1) return "day";
  return perDay * 7 >= LEAST_BAR_PX + 1 ? "week" : "month";
}

export function emptyBins(first: number, last: number, unit: Unit): Bin[] {
  const bins: Bin[] = [];
  for (let from = startOf(unit, first); from <= last; from = shift(unit, from, 1)) {
    bins.push({ from, to: shift(unit, from, 1), bySlot: new Float64Array(OTHER_SLOT + 1), spread: 0 });
  }
  return bins;
}

/** All incidents that pass the filters, whatever the window: the bars outside it stay in sight. */
export function histogram(clock: Clock, unit: Unit): Bin[] {
  return binned(clock, unit, (set) => clock.passing(set), addRows);
}

/** All incidents, whatever the filters: their number per bin, of no kind. */
export function outline(clock: Clock, unit: Unit): Bin[] {
  return binned(clock, unit, ({ undatedFrom }) => Int32Array.from({ length: undatedFrom }, (_, row) => row), (bins, index, set, rows) => {
    for (const row of rows) bins[index(set.start[row]!)]!.spread += set.weights?.[row] ?? 1;
  });
}

type AddRows = (bins: readonly Bin[], index: (day: number) => number, set: IncidentSet, rows: Int32Array, slots: Uint8Array) => void;

function binned(clock: Clock, unit: Unit, rowsOf: (set: IncidentSet) => Int32Array, add: AddRows): Bin[] {
  if (clock.extent === null) return [];
  const [first, last] = clock.extent;
  const bins = emptyBins(first, last, unit);
  const index = binIndex(bins, unit);
  for (const set of clock.sets) add(bins, index, set, rowsOf(set), clock.slots(set));
  return bins;
}

const addRows: AddRows = (bins, index, set, rows, slots) => {
  let [day, bin] = [NaN, 0];
  for (const row of rows) {
    const [start, end] = [set.start[row]!, set.lastDay(row)];
    // Rows come in time order, so that most share the day of the row before.
    if (start !== day) [day, bin] = [start, index(start)];
    const weight = set.weights?.[row] ?? 1;
    if (start === end) bins[bin]!.bySlot[slots[row]!]! += weight;
    // A span of its own counts in every bin; a vague date counts once, spread over what it may mean.
    else if (set.word(set.datePrecision, row) === "range") markEach(bins, bin, end, weight);
    else spreadOver(bins, bin, start, end, weight);
  }
};

function markEach(bins: readonly Bin[], first: number, end: number, weight: number): void {
  for (let i = first; i < bins.length && bins[i]!.from <= end; i++) bins[i]!.spread += weight;
}

function spreadOver(bins: readonly Bin[], first: number, start: number, end: number, weight: number): void {
  for (let i = first; i < bins.length && bins[i]!.from <= end; i++) {
    const bin = bins[i]!;
    bin.spread += (weight * (Math.min(bin.to - 1, end) - Math.max(bin.from, start) + 1)) / (end - start + 1);
  }
}

function binIndex(bins: readonly Bin[], unit: Unit): (day: number) => number {
  const first = bins[0]?.from ?? 0;
  const { year, month } = civilOf(first);
  const found = (day: number): number => {
    if (unit === "day") return day - first;
    if (unit === "week") return Math.floor((day - first) / 7);
    const date = civilOf(day);
    return (date.year - year) * 12 + date.month - month;
  };
  return (day) => Math.max(0, Math.min(bins.length - 1, found(day)));
}

export function binTotal({ bySlot, spread }: Bin): number {
  return bySlot.reduce((sum, value) => sum + value, spread);
}

/** An even, round top for the count axis. */
export function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  const top = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].map((factor) => factor * power).find((value) => value >= most) ?? 10 * power;
  return 2 * Math.ceil(top / 2);
}

export interface Tick {
  readonly day: number;
  /** Empty for a minor tick. */
  readonly label: string;
}

/** Ticks with labels at least 64 px apart: days, months or years. */
export function ticks(first: number, last: number, widthPx: number): Tick[] {
  const perDay = widthPx / (last - first + 1);
  if (perDay * 30 > 260) return dayTicks(first, last, perDay);
  const perMonth = perDay * 30.4;
  const every = [1, 2, 3, 6, 12, 24, 60, 120].find((months) => months * perMonth >= 64) ?? 240;
  const short = every * perMonth < 110;
  const found: Tick[] = [];
  const { year, month } = civilOf(first);
  for (let i = 0; ; i++) {
    const day = dayOf(year, month + i, 1);
    if (day > last) break;
    const date = civilOf(day);
    const at = Math.max(day, first);
    const due = (date.year * 12 + date.month - 1) % every === 0;
    // A month that is cut short by the start has no room for its name unless most of it is left.
    if (at !== day && (dayOf(year, month + 1, 1) - first) * perDay < 64) continue;
    if (!due) {
      if (perMonth >= 6) found.push({ day: at, label: "" });
      continue;
    }
    const withYear = found.every(({ label }) => label === "") || date.month === 1;
    const label = every >= 12 ? yearName(at) : withYear ? (short ? shortMonthAndYear(at) : monthAndYear(at)) : short ? shortMonth(at) : monthName(at);
    found.push({ day: at, label });
  }
  return found;
}

function dayTicks(first: number, last: number, perDay: number): Tick[] {
  const every = [1, 2, 7, 14].find((days) => days * perDay >= 72) ?? 14;
  const found: Tick[] = [];
  for (let day = first; day <= last; day++) {
    const due = (day - first) % every === 0;
    if (due || perDay >= 6) found.push({ day, label: due ? dayAndMonth(day) : "" });
  }
  return found;
}
