/** The rows of cells, found again by a look at all rows, as nothing keeps them. */

import type { Viewport } from "../canvas/trace";
import { AREA, type Batch, CELL_PX, placing, VICINITY } from "./gather";

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
