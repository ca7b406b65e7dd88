/** Kernel density of the incidents shown, in true metres, on a grid of the screen that is fixed to the world. */

import type { IncidentSet } from "../data/incidents";
import type { Viewport } from "../canvas/trace";

const SEMI_MAJOR_M = 6378137;
const ECCENTRICITY_2 = 0.00669437999014;
const LEAST_STEP_PX = 4;
/** Cells in a radius of the kernel, where they are not too small for the screen. */
const CELLS_IN_RADIUS = 9;

export interface DensityGrid {
  /** Incidents per km² at the middle of each cell, line by line from the north. */
  readonly values: Float64Array;
  readonly columns: number;
  readonly lines: number;
  /** World pixel of the top left corner, and the side of a cell in pixels. */
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly largest: number;
}

/** A line of the grid: its latitude in radians, and the ground length of a cell in metres. */
interface GridLine {
  readonly lat: number;
  readonly widthM: number;
  readonly areaKm2: number;
}

function gridLine(worldY: number, step: number, scale: number): GridLine {
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * worldY) / scale)));
  const root = Math.sqrt(1 - ECCENTRICITY_2 * Math.sin(lat) ** 2);
  const perPixel = (2 * Math.PI * SEMI_MAJOR_M * Math.cos(lat)) / scale;
  const widthM = (step * perPixel) / root;
  return { lat, widthM, areaKm2: (widthM * step * perPixel * (1 - ECCENTRICITY_2)) / root ** 3 / 1e6 };
}

/** Length of the meridian between two latitudes. */
function alongMeridian(one: number, other: number): number {
  return (Math.abs(one - other) * SEMI_MAJOR_M * (1 - ECCENTRICITY_2)) / (1 - ECCENTRICITY_2 * Math.sin((one + other) / 2) ** 2) ** 1.5;
}

/** What an incident in a cell adds to the cells round it: offsets, and densities per km². */
interface Stencil {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  readonly value: Float64Array;
}

/** The kernel (quartic: (1 - (d / radius)²)²) of an incident in a line of the grid; all of it together is one incident. */
function stencilOf(line: number, lineAt: (line: number) => GridLine, radiusM: number): Stencil {
  const own = lineAt(line);
  const [dx, dy, weight]: [number[], number[], number[]] = [[], [], []];
  let whole = 0;
  for (const sign of [-1, 1]) {
    for (let away = sign < 0 ? 1 : 0; ; away++) {
      const other = lineAt(line + sign * away);
      const northM = alongMeridian(own.lat, other.lat);
      if (northM >= radiusM) break;
      const widthM = (own.widthM + other.widthM) / 2;
      const reach = Math.floor(Math.sqrt(radiusM ** 2 - northM ** 2) / widthM);
      for (let i = -reach; i <= reach; i++) {
        const kernel = (1 - (northM ** 2 + (i * widthM) ** 2) / radiusM ** 2) ** 2;
        dx.push(i);
        dy.push(sign * away);
        weight.push(kernel);
        whole += kernel * other.areaKm2;
      }
    }
  }
  return { dx: Int32Array.from(dx), dy: Int32Array.from(dy), value: Float64Array.from(weight, (each) => each / whole) };
}

/** The pixels of a kernel's radius at a latitude, in a map of the scale. */
function radiusPx(radiusM: number, lat: number, scale: number): number {
  return (radiusM * scale) / (2 * Math.PI * SEMI_MAJOR_M * Math.max(0.05, Math.cos(lat)));
}

/** What the surface is made of. */
export interface Spread {
  readonly set: IncidentSet;
  readonly rows: Int32Array;
  /** 1 for rows that are not in it. */
  readonly leftOut: ArrayLike<number>;
}

export function densityGrid(from: Spread, view: Viewport, radiusM: number): DensityGrid {
  const { scale } = view;
  const middle = gridLine(view.top + view.height / 2, 1, scale).lat;
  const step = Math.max(LEAST_STEP_PX, 2 ** Math.floor(Math.log2(radiusPx(radiusM, middle, scale) / CELLS_IN_RADIUS)));
  // The widest kernel that reaches into the view lies towards the nearer pole.
  const poleward = Math.max(...[0, view.height].map((y) => Math.abs(gridLine(view.top + y, 1, scale).lat)));
  const margin = 1.1 * radiusPx(radiusM, poleward, scale) + 2 * step;
  const [left, top] = [Math.floor((view.left - margin) / step) * step, Math.floor(Math.max(0, view.top - margin) / step) * step];
  const columns = Math.ceil((view.width + 2 * margin) / step) + 1;
  const lines = Math.max(1, Math.ceil((Math.min(scale, view.top + view.height + margin) - top) / step));
  const counts = binned(from, { left, top, step, columns, lines, scale });
  const lineAt = (line: number): GridLine => gridLine(top + (line + 0.5) * step, step, scale);
  const values = new Float64Array(columns * lines);
  for (let line = 0; line < lines; line++) {
    let stencil: Stencil | null = null;
    for (let column = 0; column < columns; column++) {
      const number = counts[line * columns + column]!;
      if (number === 0) continue;
      stencil ??= stencilOf(line, lineAt, radiusM);
      spread(values, { columns, lines }, column, line, number, stencil);
    }
  }
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return { values, columns, lines, left, top, step, largest };
}

function spread(
  values: Float64Array, { columns, lines }: { columns: number; lines: number }, column: number, line: number, number: number, stencil: Stencil,
): void {
  const { dx, dy, value } = stencil;
  for (let i = 0; i < dx.length; i++) {
    const [x, y] = [column + dx[i]!, line + dy[i]!];
    if (x >= 0 && x < columns && y >= 0 && y < lines) values[y * columns + x]! += number * value[i]!;
  }
}

interface Place {
  readonly left: number;
  readonly top: number;
  readonly step: number;
  readonly columns: number;
  readonly lines: number;
  readonly scale: number;
}

/**
 * Incidents per cell, in each copy of the world that the grid reaches. Each is shared by the four cells round its point
 * by how near it lies to their middles: else it would move by up to half a cell.
 */
function binned({ set, rows, leftOut }: Spread, { left, top, step, columns, lines, scale }: Place): Float64Array {
  const counts = new Float64Array(columns * lines);
  const { x, y, weights } = set;
  for (const row of rows) {
    if (leftOut[row] === 1) continue;
    const v = (y[row]! * scale - top) / step - 0.5;
    const line = Math.floor(v);
    if (line < 0 || line >= lines - 1) continue;
    const weight = weights === null ? 1 : weights[row]!;
    const lower = weight * (v - line);
    const first = x[row]! * scale - left;
    for (let px = first - scale * Math.floor(first / scale); px < columns * step; px += scale) {
      const u = px / step - 0.5;
      const column = Math.floor(u);
      if (column < 0 || column >= columns - 1) continue;
      const at = line * columns + column;
      const east = u - column;
      counts[at]! += (weight - lower) * (1 - east);
      counts[at + 1]! += (weight - lower) * east;
      counts[at + columns]! += lower * (1 - east);
      counts[at + columns + 1]! += lower * east;
    }
  }
  return counts;
}

/** Densities along a horizontal line of the map, between the middles of the cells round each place; 0 outside. */
export function densityAlong(grid: DensityGrid, worldX: Float64Array, worldY: number, out: Float64Array): void {
  const { values, columns, lines, left, top, step } = grid;
  const v = (worldY - top) / step - 0.5;
  const line = Math.floor(v);
  if (line < 0 || line >= lines - 1) {
    out.fill(0);
    return;
  }
  const [upper, lower, south] = [line * columns, (line + 1) * columns, v - line];
  for (let i = 0; i < worldX.length; i++) {
    const u = (worldX[i]! - left) / step - 0.5;
    const column = Math.floor(u);
    if (column < 0 || column >= columns - 1) {
      out[i] = 0;
      continue;
    }
    const east = u - column;
    const a = values[upper + column]! * (1 - east) + values[upper + column + 1]! * east;
    const b = values[lower + column]! * (1 - east) + values[lower + column + 1]! * east;
    out[i] = a + south * (b - a);
  }
}

/** Density at a world pixel. */
export function densityAt(grid: DensityGrid, worldX: number, worldY: number): number {
  const out = new Float64Array(1);
  densityAlong(grid, Float64Array.of(worldX), worldY, out);
  return out[0]!;
}
