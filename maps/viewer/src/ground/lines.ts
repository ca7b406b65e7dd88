/** Lines and rings in the unit square of Web Mercator. */

import { worldX, worldY } from "../canvas/geodesic";
import type { Block, Numbers } from "../data/payload";

/** Points as x0, y0, x1, y1, ... in the unit square of Web Mercator, with their box. */
export interface Line {
  readonly points: Float64Array;
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

export const UNITS_PER_DEGREE = 1e6;

export function lineOf(points: Float64Array): Line {
  return new Part(points, 0, points.length);
}

/** A line among many that lie end to end in one array: most are never drawn, so none has an array of its own. */
export class Part implements Line {
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
  readonly #all: Float64Array;
  readonly #from: number;
  readonly #to: number;

  constructor(all: Float64Array, from: number, to: number) {
    this.#all = all;
    this.#from = from;
    this.#to = to;
    let west = Infinity;
    let north = Infinity;
    let east = -Infinity;
    let south = -Infinity;
    for (let i = from; i < to; i += 2) {
      const x = all[i]!;
      const y = all[i + 1]!;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < north) north = y;
      if (y > south) south = y;
    }
    this.west = west;
    this.north = north;
    this.east = east;
    this.south = south;
  }

  get points(): Float64Array {
    return this.#all.subarray(this.#from, this.#to);
  }
}

/** Columns of parts of a degree as points of the unit square. */
export function project(x: Numbers, y: Numbers, unitsPerDegree: number): Float64Array {
  const points = new Float64Array(2 * x.length);
  for (let i = 0; i < x.length; i++) {
    points[2 * i] = worldX(x[i]! / unitsPerDegree);
    points[2 * i + 1] = worldY(y[i]! / unitsPerDegree);
  }
  return points;
}

/** Splits concatenated delta columns of parts of a degree into lines of the given lengths. */
export function readLines(block: Block, lengths: ArrayLike<number>, unitsPerDegree = UNITS_PER_DEGREE): Line[] {
  const points = project(block.numbers("x"), block.numbers("y"), unitsPerDegree);
  let at = 0;
  return Array.from(lengths, (length) => new Part(points, at, (at += 2 * length)));
}

/** True if the point lies inside the rings, by the even-odd rule. */
export function contains(rings: readonly Line[], x: number, y: number): boolean {
  let inside = false;
  for (const { points, west, east, north, south } of rings) {
    if (x < west || x > east || y < north || y > south) continue;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const yi = points[i + 1]!;
      const yj = points[j + 1]!;
      if (yi > y === yj > y) continue;
      if (x < points[i]! + ((y - yi) * (points[j]! - points[i]!)) / (yj - yi)) inside = !inside;
    }
  }
  return inside;
}
