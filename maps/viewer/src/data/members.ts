/** Several incidents as rows per set, so that a group of a million needs no object for each. */

import type { Ref } from "../time/clock";
import type { IncidentSet } from "./incidents";

export interface Members {
  readonly set: IncidentSet;
  readonly rows: Int32Array | readonly number[];
}

/** The first incidents, as many as are wanted. */
export function refsOf(members: readonly Members[], most = Infinity): Ref[] {
  const refs: Ref[] = [];
  for (const { set, rows } of members) {
    for (let i = 0; i < rows.length && refs.length < most; i++) refs.push({ set, row: rows[i]! });
  }
  return refs;
}

/** Degrees. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

export function boundsOf(members: readonly Members[]): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { set, rows } of members) {
    for (const row of rows) {
      const [lon, lat] = [set.lon(row), set.lat(row)];
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  }
  if (west > east) return null;
  return east - west <= 180 ? { west, south, east, north } : { ...shorterWayRound(members), south, north };
}

const BINS = 3600;

/** West and east so that the widest stretch without any place lies outside; east may exceed 180. */
function shorterWayRound(members: readonly Members[]): { west: number; east: number } {
  const held = new Uint8Array(BINS);
  for (const { set, rows } of members) {
    for (const row of rows) held[Math.min(BINS - 1, Math.max(0, Math.floor((set.lon(row) + 180) * 10)))] = 1;
  }
  const first = held.indexOf(1);
  let [from, widest, last] = [first, 0, first];
  for (let bin = first + 1; bin <= first + BINS; bin++) {
    if (held[bin % BINS] === 0) continue;
    if (bin - last > widest) [from, widest] = [bin, bin - last];
    last = bin;
  }
  const west = (from % BINS) / 10 - 180;
  return { west, east: west + (BINS - widest + 1) / 10 };
}

/** True where a closer zoom separates some of them. */
export function lieApart(members: readonly Members[]): boolean {
  const bounds = boundsOf(members);
  return bounds !== null && (bounds.west < bounds.east || bounds.south < bounds.north);
}
