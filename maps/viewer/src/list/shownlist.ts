/** The incidents of the list: those in view that pass window and filters, then those that have no place in any view. */

import type { Clock, Ref } from "../time/clock";
import type { IncidentSet } from "../data/incidents";
import { PRECISION_CLASSES } from "../data/precision";
import type { Order } from "../reading/listing";
import { type Sort, sorted, type Tables } from "./sorting";

/** A part of the unit square; west may be below 0 and east above 1. */
export interface Area {
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

/** What of the list has a head of its own. */
export type Part = "country" | "none";
const PARTS: readonly Part[] = ["country", "none"];
const COUNTRY = PRECISION_CLASSES.indexOf("country");

export class ShownList {
  sort: Sort = { key: "date", down: true };
  /** Rows of all sets, counted through; the parts stand one after the other. */
  rows = new Int32Array(0);
  /** Incidents in view, known to a country, and to no place; a row may stand for several. */
  counts: readonly number[] = [0, 0, 0];
  /** Where the parts after the first begin. */
  #starts: readonly number[] = [0, 0];
  /** Place in `rows` of the one that is shown before all others; -1 for none. */
  #pinned = -1;
  readonly #clock: Clock;
  #sets: readonly IncidentSet[] = [];
  #order: { readonly key: string; readonly rows: Int32Array } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** Puts one incident before all others, if it is listed. */
  pin(ref: Ref | null): void {
    this.#pinned = ref === null ? -1 : this.#indexOf(ref);
  }

  /** The incident at a place of the list; null beside it. */
  at(place: number): Ref | null {
    return this.#ref(place === 0 && this.#pinned >= 0 ? this.#pinned : place <= this.#pinned ? place - 1 : place);
  }

  /** The place of an incident in the list; -1 if it is not listed. */
  placeOf(ref: Ref | null): number {
    const index = ref === null ? -1 : this.#indexOf(ref);
    return index < 0 ? -1 : index === this.#pinned ? 0 : index < this.#pinned ? index + 1 : index;
  }

  /** What has a head of its own, with the place that it begins at. */
  get heads(): readonly { part: Part; place: number; count: number }[] {
    const end = this.rows.length;
    return PARTS.flatMap((part, i) => {
      const [place, next] = [this.#starts[i]!, this.#starts[i + 1] ?? end].map((start) => (this.#pinned >= start ? start + 1 : start)) as [number, number];
      return place < next ? [{ part, place, count: this.counts[i + 1]! }] : [];
    });
  }

  /** All that is listed now, whatever the list does meanwhile. */
  refs(): Iterable<Ref> {
    const [rows, sets] = [this.rows, this.#sets];
    return { *[Symbol.iterator]() { for (const row of rows) yield refIn(sets, row)!; } };
  }

  /** The list as others walk through it: what is shown first keeps its place. */
  order(): Order {
    return { size: this.rows.length, at: (place) => this.#ref(place), indexOf: (ref) => this.#indexOf(ref) };
  }

  /** Finds what is listed now. */
  refresh(area: Area, tables: Tables): void {
    this.#sets = this.#clock.sets;
    const [rest, sums]: [[number[], number[]], number[]] = [[[], []], [0, 0, 0]];
    const inView = new Int32Array(this.#sets.reduce((sum, { size }) => sum + size, 0));
    let found = 0;
    const inArea = within(area);
    const take = (set: IncidentSet, row: number, id: number): void => {
      const part = Math.max(0, set.precisionClass[row]! - COUNTRY + 1);
      if (part === 0 && !inArea(set.x[row]!, set.y[row]!)) return;
      sums[part]! += set.weights?.[row] ?? 1;
      if (part === 0) inView[found++] = id;
      else rest[part - 1]!.push(id);
    };
    if (this.sort.key === "date" && this.#sets.length === 1) this.#takeByTime(this.#sets[0]!, take);
    else this.#takeInOrder(tables, take);
    const [country, none] = rest;
    this.rows = new Int32Array(found + country.length + none.length);
    this.rows.set(inView.subarray(0, found));
    this.rows.set(country, found);
    this.rows.set(none, found + country.length);
    this.#starts = [found, found + country.length];
    this.counts = sums;
  }

  /** Rows of a single set are in the order of time already, those without a date last. */
  #takeByTime(set: IncidentSet, take: (set: IncidentSet, row: number, id: number) => void): void {
    const rows = this.#clock.rows(set);
    let dated = rows.length;
    while (dated > 0 && rows[dated - 1]! >= set.undatedFrom) dated--;
    for (let i = 0; i < dated; i++) {
      const row = rows[this.sort.down ? dated - 1 - i : i]!;
      take(set, row, row);
    }
    for (let i = dated; i < rows.length; i++) take(set, rows[i]!, rows[i]!);
  }

  #takeInOrder(tables: Tables, take: (set: IncidentSet, row: number, id: number) => void): void {
    const sets = this.#sets;
    const { key, down } = this.sort;
    const known = `${key} ${down} ${sets.map((set) => `${set.size} ${set.textsId ?? ""} ${tables.has(set)}`).join()}`;
    if (this.#order?.key !== known) this.#order = { key: known, rows: sorted(sets, tables, this.sort) };
    const owners = new Uint8Array(this.#order.rows.length);
    sets.forEach((set, at) => {
      const before = this.#before(at);
      for (const row of this.#clock.rows(set)) owners[before + row] = at + 1;
    });
    const offsets = sets.map((_, at) => this.#before(at));
    for (const id of this.#order.rows) {
      const at = owners[id]! - 1;
      if (at >= 0) take(sets[at]!, id - offsets[at]!, id);
    }
  }

  #ref(index: number): Ref | null {
    return refIn(this.#sets, this.rows[index]);
  }

  #indexOf({ set, row }: Ref): number {
    const at = this.#sets.indexOf(set);
    return at < 0 ? -1 : this.rows.indexOf(row + this.#before(at));
  }

  #before(at: number): number {
    return this.#sets.slice(0, at).reduce((sum, { size }) => sum + size, 0);
  }
}

/** The incident at a row, where those of all sets are counted through. */
function refIn(sets: readonly IncidentSet[], id: number | undefined): Ref | null {
  let row = id ?? Infinity;
  for (const set of sets) {
    if (row < set.size) return { set, row };
    row -= set.size;
  }
  return null;
}

function within({ west, east, north, south }: Area): (x: number, y: number) => boolean {
  if (east - west >= 1) return (_, y) => y >= north && y <= south;
  if (west >= 0 && east <= 1) return (x, y) => x >= west && x <= east && y >= north && y <= south;
  // The view holds the edge of the world, or another copy of it.
  return (x, y) => x - west - Math.floor(x - west) <= east - west && y >= north && y <= south;
}
