/** Lines on the globe laid on the flat map: without jumps at 180 degrees, once in each copy of the world they touch. */

import { type Line, lineOf } from "../ground/lines";
import { worldX, worldY } from "./geodesic";

/** A difference of longitudes in degrees, the shorter way round. */
function shorter(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}

/** Longitudes without jumps; they may leave ±180. */
function unwrapped(lon: ArrayLike<number>): number[] {
  const out: number[] = [];
  for (let i = 0; i < lon.length; i++) {
    const before = out[i - 1];
    out.push(before === undefined ? lon[i]! : before + shorter(lon[i]! - before));
  }
  return out;
}

function inEachCopy(lon: readonly number[], lat: readonly number[]): readonly Line[] {
  const line = lineOf(Float64Array.from({ length: 2 * lon.length }, (_, i) => (i % 2 === 0 ? worldX(lon[i >> 1]!) : worldY(lat[i >> 1]!))));
  const [first, last] = [Math.floor(line.west), Math.max(Math.floor(line.west), Math.ceil(line.east) - 1)];
  if (first === 0 && last === 0) return [line];
  return Array.from({ length: last - first + 1 }, (_, i) => lineOf(line.points.map((value, at) => (at % 2 === 0 ? value - first - i : value))));
}

/** An open line through places in degrees. */
export function wrappedLine(lon: ArrayLike<number>, lat: ArrayLike<number>): readonly Line[] {
  return inEachCopy(unwrapped(lon), Array.from(lat));
}

/** A ring through places in degrees, for a fill; one that holds a pole is closed over the edge of the map. */
export function wrappedRing(lon: ArrayLike<number>, lat: ArrayLike<number>): readonly Line[] {
  const turned = unwrapped(lon);
  const heights = Array.from(lat);
  const [start, end] = [turned[0]!, turned.at(-1)!];
  const round = Math.round((end + shorter(start - end) - start) / 360) * 360;
  if (round !== 0) {
    const pole = heights.reduce((sum, each) => sum + each, 0) < 0 ? -90 : 90;
    turned.push(start + round, start + round, start);
    heights.push(heights[0]!, pole, pole);
  }
  return inEachCopy(turned, heights);
}
