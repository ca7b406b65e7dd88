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
const VICINITY = PRECISION_CLASSES.indexOf("vicinity");
const AREA = PRECISION_CLASSES.indexOf("area");
const CELL_PX = 4;
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
  /** The batch and the row of a cell with one incident. */
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

function placing(view: Viewport): Placing {
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
  /** Steps from the corners of the cells, summed. */
  #across = new Float64Array(FIRST_ROOM);
  #down = new Float64Array(FIRST_ROOM);
  #at: Placing | null = null;
  #batches: readonly Batch[] = [];

  /** Sums the points near the view by cell. */
  fill(batches: readonly Batch[], view: Viewport): Cells {
    const at = placing(view);
    const before = this.#batches;
    const kept = this.#at !== null && samePlacing(at, this.#at) && batches.length === before.length &&
      batches.every((batch, i) => sameBatch(batch, before[i]!));
    if (!kept) this.#empty(at);
    batches.forEach((batch, i) => {
      if (kept) this.#change(before[i]!.rows, batch, i, at);
      else this.#sum(batch.rows, 0, batch.rows.length, batch, i, at, 1);
    });
    this.#at = at;
    this.#batches = batches;
    this.#findMeans(at);
    return this;
  }

  #empty({ columns, lines }: Placing): void {
    [this.size, this.columns, this.lines] = [0, columns, lines];
    if (this.grid.length < columns * lines) this.grid = new Int32Array(columns * lines);
    else this.grid.fill(0);
  }

  /** Takes away the rows that are gone and adds the new ones; both lists rise. */
  #change(before: Int32Array, batch: Batch, index: number, at: Placing): void {
    const { rows } = batch;
    let [i, j] = [0, 0];
    while (i < before.length || j < rows.length) {
      const [gone, come] = [i, j];
      while (i < before.length && (j >= rows.length || before[i]! < rows[j]!)) i++;
      if (i > gone) this.#sum(before, gone, i, batch, index, at, -1);
      while (j < rows.length && (i >= before.length || rows[j]! < before[i]!)) j++;
      if (j > come) this.#sum(rows, come, j, batch, index, at, 1);
      while (i < before.length && j < rows.length && before[i] === rows[j]) {
        i++;
        j++;
      }
    }
  }

  /** The loop of `scan` once more, as this one runs over a million rows for a picture. */
  #sum(rows: Int32Array, from: number, to: number, batch: Batch, index: number, at: Placing, sign: 1 | -1): void {
    const { slots, without, areas, set: { x, y, precisionClass, weights } } = batch;
    const { left, top, columns, lines, scale, west } = at;
    const { grid } = this;
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
      if (cell < 0) cell = this.#add(place);
      const weight = sign * (weights === null ? 1 : weights[row]!);
      this.count[cell]! += weight;
      this.#across[cell]! += weight * Math.round((across - column) * STEPS);
      this.#down[cell]! += weight * Math.round((down - line) * STEPS);
      this.bySlot[cell * SLOTS + slots[row]!]! += weight;
      if (precision >= VICINITY) this.vague[cell]! += weight;
      this.batch[cell]! += sign * index;
      this.row[cell]! += sign * row;
      if (this.count[cell] === 0) this.#remove(cell);
    }
  }

  #add(place: number): number {
    if (this.size === this.place.length) this.#grow();
    const cell = this.size++;
    this.place[cell] = place;
    this.count[cell] = this.vague[cell] = this.#across[cell] = this.#down[cell] = this.batch[cell] = this.row[cell] = 0;
    this.bySlot.fill(0, cell * SLOTS, (cell + 1) * SLOTS);
    this.grid[place] = cell + 1;
    return cell;
  }

  /** The last cell takes the number of one that is empty. */
  #remove(cell: number): void {
    this.grid[this.place[cell]!] = 0;
    const last = --this.size;
    if (cell === last) return;
    for (const each of [this.count, this.vague, this.#across, this.#down, this.batch, this.row, this.place]) each[cell] = each[last]!;
    this.bySlot.copyWithin(cell * SLOTS, last * SLOTS, (last + 1) * SLOTS);
    this.grid[this.place[cell]!] = cell + 1;
  }

  #findMeans({ left, top, columns }: Placing): void {
    for (let cell = 0; cell < this.size; cell++) {
      const place = this.place[cell]!;
      const line = Math.floor(place / columns);
      const steps = this.count[cell]! * STEPS;
      this.x[cell] = left + (place - line * columns + this.#across[cell]! / steps) * CELL_PX;
      this.y[cell] = top + (line + this.#down[cell]! / steps) * CELL_PX;
    }
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
    this.#across = doubled(this.#across, Float64Array);
    this.#down = doubled(this.#down, Float64Array);
  }
}

function doubled<T extends Float64Array | Int32Array>(from: T, make: new (length: number) => T): T {
  const to = new make(2 * from.length);
  to.set(from);
  return to;
}

/** Calls back for each row with a point near the view, until that says true. */
function scan(
  batches: readonly Batch[], view: Viewport, found: (batch: number, row: number, place: number) => boolean,
): void {
  const { left, top, columns, lines, scale, west } = placing(view);
  for (const [batch, { set: { x, y, precisionClass }, rows, without, areas }] of batches.entries()) {
    const vaguest = areas ? AREA : VICINITY;
    for (const row of rows) {
      if (precisionClass[row]! > vaguest || row === without) continue;
      const line = Math.floor((y[row]! * scale - top) / CELL_PX);
      if (line < 0 || line >= lines) continue;
      let worldX = x[row]! * scale;
      if (worldX < west || worldX >= west + scale) worldX -= scale * Math.floor((worldX - west) / scale);
      const column = Math.floor((worldX - left) / CELL_PX);
      if (column < 0 || column >= columns) continue;
      if (found(batch, row, line * columns + column)) return;
    }
  }
}

/** The rows in some cells, per batch in time order; the cells must come from the same rows and view. */
export function rowsIn(batches: readonly Batch[], view: Viewport, places: ReadonlySet<number>): readonly Int32Array[] {
  const rows: number[][] = batches.map(() => []);
  scan(batches, view, (batch, row, place) => {
    if (places.has(place)) rows[batch]!.push(row);
    return false;
  });
  return rows.map((each) => Int32Array.from(each));
}

/** The first row in each of some cells, with the number of its batch. */
export function firstRows(
  batches: readonly Batch[], view: Viewport, places: readonly number[],
): ReadonlyMap<number, { readonly batch: number; readonly row: number }> {
  const wanted = new Set(places);
  const first = new Map<number, { batch: number; row: number }>();
  scan(batches, view, (batch, row, place) => {
    if (wanted.delete(place)) first.set(place, { batch, row });
    return wanted.size === 0;
  });
  return first;
}

/** All rows near the view, per batch, unless there are more than so many. */
export function rowsNear(batches: readonly Batch[], view: Viewport, most: number): readonly Int32Array[] | null {
  const rows: number[][] = batches.map(() => []);
  let left = most;
  scan(batches, view, (batch, row) => {
    if (left-- > 0) rows[batch]!.push(row);
    return left < 0;
  });
  return left < 0 ? null : rows.map((each) => Int32Array.from(each));
}
