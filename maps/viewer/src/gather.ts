/** Incidents in small square cells of the screen: sums in typed arrays, and no object for any of them. */

import type { IncidentSet } from "./incidents";
import { OTHER_SLOT } from "./kinds";
import { PRECISION_CLASSES } from "./precision";
import { type Viewport, westEnd } from "./trace";

/** One set with the rows to gather and their kinds' slots. */
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
const FIRST_ROOM = 4096;
/** Incidents this far outside the canvas still pull groups at its edge. */
const MARGIN_PX = 128;

/** The cells that hold incidents; each has a number in the order of its first one. All is valid until the next call. */
export interface Cells {
  readonly size: number;
  /** Sums of world pixels, to be divided by the count. */
  readonly sumX: Float64Array;
  readonly sumY: Float64Array;
  /** Of these, the ones known only to a vicinity. */
  readonly vague: Float64Array;
  /** Per cell and kind slot. */
  readonly bySlot: Float64Array;
  /** Batch and row of the first incident. */
  readonly firstBatch: Uint8Array;
  readonly firstRow: Int32Array;
  /** Place of each cell in the grid. */
  readonly place: Int32Array;
  /** Number of the cell plus 1 at each place of the grid; 0 where it is empty. */
  readonly grid: Int32Array;
  readonly columns: number;
  readonly lines: number;
}

/** How many incidents a cell holds. */
export function countOf({ bySlot }: Cells, cell: number): number {
  let count = 0;
  for (let slot = cell * SLOTS; slot < (cell + 1) * SLOTS; slot++) count += bySlot[slot]!;
  return count;
}

/** Cells that are filled anew for each picture, as room for a million sums takes longer to make than to fill. */
class Reused implements Cells {
  size = 0;
  columns = 0;
  lines = 0;
  grid = new Int32Array(0);
  sumX = new Float64Array(FIRST_ROOM);
  sumY = new Float64Array(FIRST_ROOM);
  vague = new Float64Array(FIRST_ROOM);
  bySlot = new Float64Array(FIRST_ROOM * SLOTS);
  firstBatch = new Uint8Array(FIRST_ROOM);
  firstRow = new Int32Array(FIRST_ROOM);
  place = new Int32Array(FIRST_ROOM);

  empty(columns: number, lines: number): void {
    [this.size, this.columns, this.lines] = [0, columns, lines];
    if (this.grid.length < columns * lines) this.grid = new Int32Array(columns * lines);
    else this.grid.fill(0);
  }

  add(place: number, batch: number, row: number): number {
    if (this.size === this.sumX.length) this.#grow();
    const cell = this.size++;
    this.place[cell] = place;
    this.firstBatch[cell] = batch;
    this.firstRow[cell] = row;
    this.sumX[cell] = this.sumY[cell] = this.vague[cell] = 0;
    this.bySlot.fill(0, cell * SLOTS, (cell + 1) * SLOTS);
    this.grid[place] = cell + 1;
    return cell;
  }

  #grow(): void {
    this.sumX = doubled(this.sumX, Float64Array);
    this.sumY = doubled(this.sumY, Float64Array);
    this.vague = doubled(this.vague, Float64Array);
    this.bySlot = doubled(this.bySlot, Float64Array);
    this.firstBatch = doubled(this.firstBatch, Uint8Array);
    this.firstRow = doubled(this.firstRow, Int32Array);
    this.place = doubled(this.place, Int32Array);
  }
}

function doubled<T extends Float64Array | Uint8Array | Int32Array>(from: T, make: new (length: number) => T): T {
  const to = new make(2 * from.length);
  to.set(from);
  return to;
}

const reused = new Reused();

/** Tells the world pixel of a row in the copy of the world nearest to the view, and its place in the grid. */
interface Placing {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly lines: number;
  /** West end of the copy of the world whose points are nearest to the view. */
  readonly west: number;
}

function placing(view: Viewport): Placing {
  const { left, top, width, height } = view;
  // Cells are fixed to the world, so that panning moves no incident to another cell.
  const first = Math.floor((left - MARGIN_PX) / CELL_PX);
  const upper = Math.floor((top - MARGIN_PX) / CELL_PX);
  return {
    left: first * CELL_PX,
    top: upper * CELL_PX,
    columns: Math.ceil((left + width + MARGIN_PX) / CELL_PX) - first,
    lines: Math.ceil((top + height + MARGIN_PX) / CELL_PX) - upper,
    west: westEnd(view),
  };
}

/** Calls back for each row with a point near the view. */
function scan(
  batches: readonly Batch[], view: Viewport, at: Placing,
  found: (batch: number, row: number, place: number, worldX: number, worldY: number) => void,
): void {
  const { scale } = view;
  const { left, top, columns, lines, west } = at;
  batches.forEach(({ set, rows, without, areas }, batch) => {
    const { x, y, precisionClass } = set;
    const vaguest = areas ? AREA : VICINITY;
    for (const row of rows) {
      if (precisionClass[row]! > vaguest || row === without) continue;
      const worldY = y[row]! * scale;
      const line = Math.floor((worldY - top) / CELL_PX);
      if (line < 0 || line >= lines) continue;
      let worldX = x[row]! * scale;
      if (worldX < west || worldX >= west + scale) worldX -= scale * Math.floor((worldX - west) / scale);
      const column = Math.floor((worldX - left) / CELL_PX);
      if (column < 0 || column >= columns) continue;
      found(batch, row, line * columns + column, worldX, worldY);
    }
  });
}

/** Sums the points near the view by cell. */
export function gather(batches: readonly Batch[], view: Viewport): Cells {
  const at = placing(view);
  reused.empty(at.columns, at.lines);
  batches.forEach((batch, index) => {
    sum(reused, batch, index, view.scale, at);
  });
  return reused;
}

/** The loop of `scan` once more, as this one runs over a million rows for each picture. */
function sum(cells: Reused, { set, rows, slots, without, areas }: Batch, batch: number, scale: number, at: Placing): void {
  const { x, y, precisionClass, weights } = set;
  const { left, top, columns, lines, west } = at;
  const { grid: places } = cells;
  const vaguest = areas ? AREA : VICINITY;
  const east = west + scale;
  for (const row of rows) {
    const precision = precisionClass[row]!;
    if (precision > vaguest || row === without) continue;
    const worldY = y[row]! * scale;
    const line = Math.floor((worldY - top) / CELL_PX);
    if (line < 0 || line >= lines) continue;
    let worldX = x[row]! * scale;
    if (worldX < west || worldX >= east) worldX -= scale * Math.floor((worldX - west) / scale);
    const column = Math.floor((worldX - left) / CELL_PX);
    if (column < 0 || column >= columns) continue;
    const place = line * columns + column;
    let cell = places[place]! - 1;
    if (cell < 0) cell = cells.add(place, batch, row);
    const weight = weights === null ? 1 : weights[row]!;
    cells.sumX[cell]! += weight * worldX;
    cells.sumY[cell]! += weight * worldY;
    cells.bySlot[cell * SLOTS + slots[row]!]! += weight;
    if (precision >= VICINITY) cells.vague[cell]! += weight;
  }
}

/** The rows in some cells, per batch in time order; the cells must come from the same rows and view. */
export function rowsIn(batches: readonly Batch[], view: Viewport, cells: ReadonlySet<number>): readonly Int32Array[] {
  const rows: number[][] = batches.map(() => []);
  scan(batches, view, placing(view), (batch, row, place) => {
    if (cells.has(place)) rows[batch]!.push(row);
  });
  return rows.map((each) => Int32Array.from(each));
}

/** All rows near the view, per batch, unless there are more than so many. */
export function rowsNear(batches: readonly Batch[], view: Viewport, most: number): readonly Int32Array[] | null {
  const rows: number[][] = batches.map(() => []);
  let left = most;
  scan(batches, view, placing(view), (batch, row) => {
    if (left-- > 0) rows[batch]!.push(row);
  });
  return left < 0 ? null : rows.map((each) => Int32Array.from(each));
}
