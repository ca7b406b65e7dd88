import assert from "node:assert/strict";
import { test } from "vitest";
import { Clock } from "../src/time/clock";
import { type Cells, Gatherer } from "../src/marks/gather";
import { firstRows, rowsIn } from "../src/marks/rowsat";
import { worldX, worldY } from "../src/canvas/geodesic";
import { IncidentSet } from "../src/data/incidents";
import { OTHER_SLOT } from "../src/data/kinds";
import { batchesOf } from "../src/marks/marklayout";
import { Block } from "../src/data/payload";
import { incidentBlock, type MadeUp } from "./fixture";

const DAY = 19_700;
const SLOTS = OTHER_SLOT + 1;
const ROWS: readonly MadeUp[] = Array.from({ length: 4000 }, (_, i) => ({
  kind: ["battle", "protest", "flood"][i % 3]!, precision: ["site", "settlement", "vicinity", "country"][i % 4]!,
  start: DAY + Math.floor(i / 10), end: DAY + Math.floor(i / 10) + (i % 11 === 0 ? 30 : 0), weight: 1 + (i % 3),
  lon: 36 + ((i * 7919) % 97) / 30, lat: 32 + ((i * 104_729) % 61) / 30,
}));

function viewAt(zoom: number): { scale: number; left: number; top: number; width: number; height: number } {
  const scale = 256 * 2 ** zoom;
  return { scale, left: Math.round(worldX(37.6) * scale - 600), top: Math.round(worldY(33) * scale - 400), width: 1200, height: 800 };
}

/** All that is known of each cell, by its place in the grid. */
function byPlace(cells: Cells): number[][] {
  return Array.from({ length: cells.size }, (_, cell) => {
    assert.equal(cells.grid[cells.place[cell]!], cell + 1);
    const { place, count, vague, x, y, batch, row, bySlot } = cells;
    const own = count[cell] === 1 ? [batch, row] : [];
    const facts = [place, count, vague, x, y, ...own].map((each) => each[cell]!);
    return [...facts, ...bySlot.slice(cell * SLOTS, (cell + 1) * SLOTS)];
  }).sort((a, b) => a[0]! - b[0]!);
}

function clockOf(): Clock {
  const clock = new Clock();
  clock.add(new IncidentSet(new Block(incidentBlock(ROWS))));
  return clock;
}

test("a window that moves leaves the same cells, to the last bit, as a look at every row", () => {
  const clock = clockOf();
  const kept = new Gatherer();
  for (let step = 0; step < 60; step++) {
    const from = DAY + ((step * 37) % 390);
    if (step % 9 === 8) clock.toggle("kind", String(step % 2));
    clock.setWindow(from, from + ((step * 53) % 200));
    const batches = batchesOf(clock, clock.sets, null);
    const view = viewAt(step < 30 ? 6.25 : 4.5);
    assert.deepEqual(byPlace(kept.fill(batches, view)), byPlace(new Gatherer().fill(batches, view)));
  }
});

test("a cell of one incident names it, and others know their first one", () => {
  const clock = clockOf();
  clock.setWindow(DAY + 20, DAY + 60);
  const batches = batchesOf(clock, clock.sets, null);
  const view = viewAt(6.25);
  const cells = new Gatherer().fill(batches, view);
  const places = Array.from(cells.place.subarray(0, cells.size));
  const first = firstRows(batches, view, places);
  let single = 0;
  places.forEach((place, cell) => {
    const [rows] = rowsIn(batches, view, new Set([place]));
    assert.deepEqual(first.get(place), { batch: 0, row: rows![0] });
    if (cells.count[cell] !== 1) return;
    single++;
    assert.deepEqual([cells.row[cell], rows!.length], [rows![0], 1]);
  });
  assert.ok(single > 0 && single < cells.size);
});
