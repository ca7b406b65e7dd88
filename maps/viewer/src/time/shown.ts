/** Which incidents of a set are shown, for layers that follow single rows through the clock. */

import type { Clock } from "./clock";
import type { IncidentSet } from "../data/incidents";

interface Flags {
  readonly clock: Clock;
  readonly version: number;
  readonly flags: Uint8Array;
}

const known = new WeakMap<IncidentSet, Flags>();

/** 1 for each row that passes the window and the filters. */
export function shownFlags(clock: Clock, set: IncidentSet): Uint8Array {
  const last = known.get(set);
  if (last?.clock === clock && last.version === clock.version) return last.flags;
  const flags = new Uint8Array(set.size);
  for (const row of clock.rows(set)) flags[row] = 1;
  known.set(set, { clock, version: clock.version, flags });
  return flags;
}

/** How many incidents some rows stand for. */
export function weightOf({ weights }: IncidentSet, rows: Int32Array): number {
  if (weights === null) return rows.length;
  let sum = 0;
  for (const row of rows) sum += weights[row]!;
  return sum;
}
