/** Incidents in small square cells of the screen: sums in typed arrays, and no object for any of them. */

import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import { PRECISION_CLASSES } from "../data/precision";
import { type Viewport, westEnd } from "../canvas/trace";

/** One set with the rows to gather, in rising order, and their kinds' slots. */
export interface Batch {
  readonly set: IncidentSet;
  readonly rows: Int32Array;
  /** Those of them that are known to no spot or vicinity. */
  readonly broad: Int32Array;
  readonly slots: Uint8Array;
  /** A row to leave out; -1 for none. */
  readonly without: number;
  /** Whether incidents of areas count like those of a point. */
  readonly areas: boolean;
}

const SLOTS = OTHER_SLOT + 1;
export const VICINITY = PRECISION_CLASSES.indexOf("vicinity");
export const AREA = PRECISION_CLASSES.indexOf("area");
export const CELL_PX = 4;
/** Places in a cell are counted in such steps, so that what is added can be taken away to the last bit. */
const STEPS = 1024 * CELL_PX;
const FIRST_ROOM = 4096;
/** Incidents this far outside the canvas still pull groups at its edge. */
const MARGIN_PX = 128;

/** The cells that hold incidents, in no order. All is valid until the cells are filled for another picture. */
export interface Cells {
  readonly size: number;
  readonly count: Int32Array;
  /** Of these, the ones known only to a vicinity. */
  readonly vague: Int32Array;
  /** Counts per cell and kind slot. */
  readonly bySlot: Int32Array;
  /** Mean place of the incidents, in world pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The batch and the row of a cell with one incident; of others they say nothing. */
  readonly batch: Int32Array;
  readonly row: Float64Array;
  /** Place of each cell in the grid. */
  readonly place: Int32Array;
  /** Number of the cell plus 1 at each place of the grid; 0 where it is empty. */
  readonly grid: Int32Array;
  readonly columns: number;
  readonly lines: number;
}

/** Tells the world pixel of a row in the copy of the world nearest to the view, and its place in the grid. */
interface Placing {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly lines: number;
  readonly scale: number;
  /** West end of the copy of the world whose points are nearest to the view. */
  readonly west: number;
}

export function placing(view: Viewport): Placing {
  const { left, top, width, height, scale } = view;
  // Cells are fixed to the world, so that panning moves no incident to another cell.
  const first = Math.floor((left - MARGIN_PX) / CELL_PX);
  const upper = Math.floor((top - MARGIN_PX) / CELL_PX);
  return {
    left: first * CELL_PX,
    top: upper * CELL_PX,
    columns: Math.ceil((left + width + MARGIN_PX) / CELL_PX) - first,
    lines: Math.ceil((top + height + MARGIN_PX) / CELL_PX) - upper,
    scale,
    west: westEnd(view),
  };
}

function samePlacing(a: Placing, b: Placing): boolean {
  return a.left === b.left && a.top === b.top && a.columns === b.columns && a.lines === b.lines && a.scale === b.scale && a.west === b.west;
}

/** True where the two differ in nothing but the rows that are shown. */
function sameBatch(a: Batch, b: Batch): boolean {
  return a.set === b.set && a.slots === b.slots && a.without === b.without && a.areas === b.areas;
}

/** What the rows of a cell add up to: steps from its corner across and down, and the numbers of the rows. */
const [ACROSS, DOWN, ROW, SUMS] = [0, 1, 2, 4];

/** The cells of one map, kept from picture to picture: where only the window has moved, only what came and went is counted. */
export class Gatherer implements Cells {
  size = 0;
  columns = 0;
  lines = 0;
  grid = new Int32Array(0);
  count = new Int32Array(FIRST_ROOM);
  vague = new Int32Array(FIRST_ROOM);
  bySlot = new Int32Array(FIRST_ROOM * SLOTS);
  batch = new Int32Array(FIRST_ROOM);
  row = new Float64Array(FIRST_ROOM);
  x = new Float64Array(FIRST_ROOM);
  y = new Float64Array(FIRST_ROOM);
  place = new Int32Array(FIRST_ROOM);
  /** The sums of a cell lie side by side, as each row of a million finds them far from those of the row before. */
  #sums = new Float64Array(FIRST_ROOM * SUMS);
  #at: Placing | null = null;
  #batches: readonly Batch[] = [];

  /** Sums the points near the view by cell. */
  fill(batches: readonly Batch[], view: Viewport): Cells {
    const at = placing(view);
    const before = this.#batches;
    const kept = this.#at !== null && samePlacing(at, this.#at) && batches.length === before.length &&
      batches.every((batch, i) => sameBatch(batch, before[i]!));
    if (!kept) this.#empty(at);
    let first = 0;
    batches.forEach((batch, i) => {
      if (kept) this.#change(before[i]!.rows, batch, first, at);
      else this.#sum(batch.rows, 0, batch.rows.length, batch, first, at, 1);
      first += batch.set.size;
    });
    this.#at = at;
    this.#batches = batches;
    this.#finish(at);
    return this;
  }

  #empty({ columns, lines }: Placing): void {
    [this.size, this.columns, this.lines] = [0, columns, lines];
    if (this.grid.length < columns * lines) this.grid = new Int32Array(columns * lines);
    else this.grid.fill(0);
  }

  /** Takes away the rows that are gone and adds the new ones; both lists rise. */
  #change(before: Int32Array, batch: Batch, first: number, at: Placing): void {
    const { rows } = batch;
    let [i, j] = [0, 0];
    while (i < before.length || j < rows.length) {
      const [gone, come] = [i, j];
      while (i < before.length && (j >= rows.length || before[i]! < rows[j]!)) i++;
      if (i > gone) this.#sum(before, gone, i, batch, first, at, -1);
      while (j < rows.length && (i >= before.length || rows[j]! < before[i]!)) j++;
      if (j > come) this.#sum(rows, come, j, batch, first, at, 1);
      while (i < before.length && j < rows.length && before[i] === rows[j]) {
        i++;
        j++;
      }
    }
  }

  /**
   * The loop of `scan` once more, as this one runs over a million rows for a picture. `first` is the number of the set's
   * first row among the rows of all sets.
   */
  #sum(rows: Int32Array, from: number, to: number, batch: Batch, first: number, at: Placing, sign: 1 | -1): void {
    const { slots, without, areas, set: { x, y, precisionClass, weights } } = batch;
    const { left, top, columns, lines, scale, west } = at;
    const { grid } = this;
    let { bySlot, vague } = this;
    let sums = this.#sums;
    const vaguest = areas ? AREA : VICINITY;
    const east = west + scale;
    for (let i = from; i < to; i++) {
      const row = rows[i]!;
      const precision = precisionClass[row]!;
      if (precision > vaguest || row === without) continue;
      const down = (y[row]! * scale - top) / CELL_PX;
      const line = Math.floor(down);
      if (line < 0 || line >= lines) continue;
      let worldX = x[row]! * scale;
      if (worldX < west || worldX >= east) worldX -= scale * Math.floor((worldX - west) / scale);
      const across = (worldX - left) / CELL_PX;
      const column = Math.floor(across);
      if (column < 0 || column >= columns) continue;
      const place = line * columns + column;
      let cell = grid[place]! - 1;
      if (cell < 0) {
        cell = this.#add(place);
        ({ bySlot, vague } = this);
        sums = this.#sums;
      }
      const weight = sign * (weights === null ? 1 : weights[row]!);
      bySlot[cell * SLOTS + slots[row]!]! += weight;
      const at4 = cell * SUMS;
      sums[at4 + ACROSS]! += weight * Math.round((across - column) * STEPS);
      sums[at4 + DOWN]! += weight * Math.round((down - line) * STEPS);
      sums[at4 + ROW]! += sign * (first + row);
      if (precision >= VICINITY) vague[cell]! += weight;
    }
  }

  #add(place: number): number {
    if (this.size === this.place.length) this.#grow();
    const cell = this.size++;
    this.place[cell] = place;
    this.vague[cell] = 0;
    this.#sums.fill(0, cell * SUMS, (cell + 1) * SUMS);
    this.bySlot.fill(0, cell * SLOTS, (cell + 1) * SLOTS);
    this.grid[place] = cell + 1;
    return cell;
  }

  /** The last cell takes the number of one that is empty. */
  #remove(cell: number): void {
    this.grid[this.place[cell]!] = 0;
    const last = --this.size;
    if (cell === last) return;
    for (const each of [this.count, this.vague, this.x, this.y, this.place, this.batch, this.row]) each[cell] = each[last]!;
    this.#sums.copyWithin(cell * SUMS, last * SUMS, (last + 1) * SUMS);
    this.bySlot.copyWithin(cell * SLOTS, last * SLOTS, (last + 1) * SLOTS);
    this.grid[this.place[cell]!] = cell + 1;
  }

  /** Counts and means from the sums; cells that hold no row any more go. */
  #finish({ left, top, columns }: Placing): void {
    const { bySlot, count, place, x, y } = this;
    const sums = this.#sums;
    for (let cell = this.size - 1; cell >= 0; cell--) {
      let all = 0;
      for (let i = cell * SLOTS; i < (cell + 1) * SLOTS; i++) all += bySlot[i]!;
      count[cell] = all;
      if (all === 0) {
        this.#remove(cell);
        continue;
      }
      const line = Math.floor(place[cell]! / columns);
      const steps = all * STEPS;
      x[cell] = left + (place[cell]! - line * columns + sums[cell * SUMS + ACROSS]! / steps) * CELL_PX;
      y[cell] = top + (line + sums[cell * SUMS + DOWN]! / steps) * CELL_PX;
      if (all === 1) this.#name(cell, sums[cell * SUMS + ROW]!);
    }
  }

  /** Finds the set of the one row of a cell. */
  #name(cell: number, row: number): void {
    let batch = 0;
    while (row >= this.#batches[batch]!.set.size) row -= this.#batches[batch++]!.set.size;
    this.batch[cell] = batch;
    this.row[cell] = row;
  }

  #grow(): void {
    this.count = doubled(this.count, Int32Array);
    this.vague = doubled(this.vague, Int32Array);
    this.bySlot = doubled(this.bySlot, Int32Array);
    this.batch = doubled(this.batch, Int32Array);
    this.row = doubled(this.row, Float64Array);
    this.x = doubled(this.x, Float64Array);
    this.y = doubled(this.y, Float64Array);
    this.place = doubled(this.place, Int32Array);
    this.#sums = doubled(this.#sums, Float64Array);
  }
}

function doubled<T extends Float64Array | Int32Array>(from: T, make: new (length: number) => T): T {
  const to = new make(2 * from.length);
  to.set(from);
  return to;
}
