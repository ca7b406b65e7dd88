import assert from "node:assert/strict";
import { test } from "vitest";
import { Clock } from "../src/time/clock";
import { type DensityGrid, densityAt, densityGrid } from "../src/drawers/densitygrid";
import { direct, worldX, worldY } from "../src/canvas/geodesic";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import type { Viewport } from "../src/canvas/trace";
import { densitySentence } from "../src/words/density";
import { incidentBlock, type MadeUp } from "./fixture";

const H = 40_000;
const PEAK = 3 / (Math.PI * (H / 1000) ** 2);

function viewAt(lon: number, lat: number, zoom: number): Viewport {
  const scale = 256 * 2 ** zoom;
  return { scale, left: worldX(lon) * scale - 600, top: worldY(lat) * scale - 400, width: 1200, height: 800 };
}

function gridOf(made: readonly Partial<MadeUp>[], view: Viewport, leftOut: readonly number[] = []): DensityGrid {
  const set = new IncidentSet(new Block(incidentBlock(made.map((each) => ({ kind: "battle", precision: "site", start: 19_700, ...each })))));
  const clock = new Clock();
  clock.add(set);
  return densityGrid({ set, rows: clock.rows(set), leftOut }, view, H);
}

function perKm2(grid: DensityGrid, { scale }: Viewport, lon: number, lat: number): number {
  return densityAt(grid, worldX(lon) * scale, worldY(lat) * scale);
}

for (const lat of [0, 45, 68]) {
  test(`a kernel has its true size on the ground at ${lat} degrees`, () => {
    const view = viewAt(38, lat, 8);
    const grid = gridOf([{ lon: 38, lat }], view);
    assert.ok(Math.abs(grid.largest / PEAK - 1) < 0.03, String(grid.largest / PEAK));
    for (const bearing of [0, 60, 90, 180, 250]) {
      for (const share of [0.25, 0.5, 0.75]) {
        const there = direct(38, lat, bearing, share * H);
        const expected = PEAK * (1 - share ** 2) ** 2;
        assert.ok(Math.abs(perKm2(grid, view, there.lon, there.lat) - expected) < 0.05 * PEAK, `${bearing} ${share}`);
      }
      const beyond = direct(38, lat, bearing, 1.3 * H);
      assert.equal(perKm2(grid, view, beyond.lon, beyond.lat), 0);
    }
  });
}

/** Incidents under the surface. */
function mass({ values, columns, lines, top, step }: DensityGrid, { scale }: Viewport): number {
  let sum = 0;
  for (let line = 0; line < lines; line++) {
    const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * (top + (line + 0.5) * step)) / scale)));
    const root = Math.sqrt(1 - 0.00669437999014 * Math.sin(lat) ** 2);
    const side = (2 * Math.PI * 6378.137 * Math.cos(lat) * step) / scale;
    for (let column = 0; column < columns; column++) sum += values[line * columns + column]! * (side / root) * ((side * (1 - 0.00669437999014)) / root ** 3);
  }
  return sum;
}

test("every incident counts as one at any zoom, also where the kernel is smaller than a cell", () => {
  const made = Array.from({ length: 30 }, (_, i) => ({ lon: 38 + (i % 6) / 10, lat: 33 + Math.floor(i / 6) / 10, weight: i === 0 ? 3 : 1 }));
  for (const zoom of [2, 4, 6, 8]) {
    const view = viewAt(38.3, 33.2, zoom);
    assert.ok(Math.abs(mass(gridOf(made, view), view) - 32) < 1e-6, String(zoom));
  }
});

test("what lies beside the view reaches into it as from within", () => {
  const inside = viewAt(38, 33, 9);
  const { lat } = direct(38, 33, 0, 0.5 * H);
  // The incident lies above the upper edge of this view.
  const beside = { ...inside, top: worldY(lat) * inside.scale };
  const made = [{ lon: 38, lat: 33 + 0.05 }];
  const at = direct(38, 33.05, 180, 0.6 * H);
  const [one, other] = [inside, beside].map((view) => perKm2(gridOf(made, view), view, at.lon, at.lat));
  assert.ok(one! > 0.3 * PEAK && Math.abs(one! - other!) < 0.02 * PEAK);
});

test("the surface stays while the map is panned, and crosses 180 degrees", () => {
  const view = viewAt(180, 10, 7);
  const moved = { ...view, left: view.left + 37, top: view.top - 21 };
  const [one, other] = [view, moved].map((each) => {
    const grid = gridOf([{ lon: 179.9, lat: 10 }, { lon: -179.9, lat: 10 }], each);
    return densityAt(grid, view.scale, worldY(10) * view.scale);
  });
  assert.ok(one! > 1.5 * PEAK && Math.abs(one! - other!) < 1e-12);
});

test("what is left out adds nothing", () => {
  const view = viewAt(38, 33, 8);
  const made = [{ lon: 38, lat: 33 }, { lon: 38.1, lat: 33 }];
  assert.equal(gridOf(made, view, [1, 1]).largest, 0);
  assert.ok(Math.abs(mass(gridOf(made, view, [0, 1]), view) - 1) < 1e-9);
});

test("a density is said per an area that makes it readable", () => {
  assert.equal(densitySentence(0.0236, 100).replaceAll("\u00a0", " "), "About 2.4 incidents per 100 km²");
});
