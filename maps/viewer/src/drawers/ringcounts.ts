/** How many of the incidents shown lie in each ring round each site. */

import type { Clock } from "../time/clock";
import type { IncidentSet } from "../data/incidents";
import { shownFlags, weightOf } from "../time/shown";

/** Which incident lies in which ring: `ring` counts through the rings of the first site, then of the next. */
export interface RingMembers {
  readonly row: ArrayLike<number>;
  readonly ring: ArrayLike<number>;
}

export interface RingCounts {
  readonly byRing: Float64Array;
  /** Incidents that lie in a ring of any site, each once. */
  readonly near: number;
  readonly shown: number;
  /** Known only to an area, a country or no place, and so in no ring. */
  readonly coarse: number;
}

/** Members must come in the order of their rows. */
export function countRings(clock: Clock, set: IncidentSet, { row, ring }: RingMembers, rings: number): RingCounts {
  const flags = shownFlags(clock, set);
  const byRing = new Float64Array(rings);
  let near = 0;
  for (let i = 0; i < row.length; i++) {
    const at = row[i]!;
    if (flags[at] === 0) continue;
    const weight = set.weights?.[at] ?? 1;
    byRing[ring[i]!]! += weight;
    if (at !== row[i - 1]) near += weight;
  }
  return { byRing, near, shown: weightOf(set, clock.rows(set)), coarse: weightOf(set, clock.broadRows(set)) };
}
