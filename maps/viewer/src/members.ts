/** Several incidents as rows per set, so that a group of a million needs no object for each. */

import type { Ref } from "./clock";
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
  return west > east ? null : { west, south, east, north };
}

/** True where a closer zoom separates some of them. */
export function lieApart(members: readonly Members[]): boolean {
  const bounds = boundsOf(members);
  return bounds !== null && (bounds.west < bounds.east || bounds.south < bounds.north);
}
