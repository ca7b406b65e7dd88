/** Incidents known only to an area, gathered by that area. */

import type { Batch } from "./gather";
import type { IncidentSet } from "./incidents";
import { OTHER_SLOT } from "./kinds";
import type { Members } from "./members";
import { PRECISION_CLASSES } from "./precision";

const AREA = PRECISION_CLASSES.indexOf("area");

export interface AreaGroup {
  /** Mean place in the unit square. */
  x: number;
  y: number;
  count: number;
  readonly bySlot: number[];
  readonly members: { readonly set: IncidentSet; readonly rows: number[] }[];
}

const counts = new WeakMap<IncidentSet, number>();
const names = new WeakMap<IncidentSet, ReadonlyMap<number, string>>();

/** Names of the areas of a set by row: incidents of one province share it, of districts those that share a point. */
function areaNames(set: IncidentSet): ReadonlyMap<number, string> {
  let found = names.get(set) as Map<number, string> | undefined;
  if (found !== undefined) return found;
  found = new Map();
  for (let row = 0; row < set.size; row++) {
    if (set.precisionClass[row] !== AREA) continue;
    const province = set.word(set.precision, row) === "admin1" ? set.word(set.province, row) : null;
    found.set(row, province ?? `${set.x[row]!},${set.y[row]!}`);
  }
  names.set(set, found);
  return found;
}

/** How many areas a set knows. */
export function areaCount(set: IncidentSet): number {
  let count = counts.get(set);
  if (count === undefined) {
    count = new Set(areaNames(set).values()).size;
    counts.set(set, count);
  }
  return count;
}

export function groupAreas(batches: readonly Batch[]): AreaGroup[] {
  const groups = new Map<string, AreaGroup>();
  for (const { set, rows, slots, without } of batches) {
    const area = areaNames(set);
    if (area.size === 0) continue;
    for (const row of rows) {
      if (set.precisionClass[row] !== AREA || row === without) continue;
      const name = area.get(row)!;
      let group = groups.get(name);
      if (group === undefined) {
        group = { x: 0, y: 0, count: 0, bySlot: new Array<number>(OTHER_SLOT + 1).fill(0), members: [] };
        groups.set(name, group);
      }
      add(group, set, row, slots[row]!);
    }
  }
  for (const group of groups.values()) {
    group.x /= group.count;
    group.y /= group.count;
  }
  return [...groups.values()];
}

function add(group: AreaGroup, set: IncidentSet, row: number, slot: number): void {
  const weight = set.weights?.[row] ?? 1;
  group.x += weight * set.x[row]!;
  group.y += weight * set.y[row]!;
  group.count += weight;
  group.bySlot[slot]! += weight;
  const own = group.members.find((each) => each.set === set);
  if (own === undefined) group.members.push({ set, rows: [row] });
  else own.rows.push(row);
}

/** How many incidents a note of a country stands for, and which. */
export interface CountryNote {
  count: number;
  readonly members: readonly Members[];
}

/** Incidents known only to a country, by its code. */
export function countryNotes(batches: readonly Batch[]): Map<string, CountryNote> {
  const country = PRECISION_CLASSES.indexOf("country");
  const notes = new Map<string, { count: number; members: { set: IncidentSet; rows: number[] }[] }>();
  for (const { set, rows, without } of batches) {
    for (const row of rows) {
      if (set.precisionClass[row] !== country || row === without) continue;
      const code = set.word(set.country, row) ?? "";
      const note = notes.get(code) ?? { count: 0, members: [] };
      notes.set(code, note);
      note.count += set.weights?.[row] ?? 1;
      const own = note.members.find((each) => each.set === set);
      if (own === undefined) note.members.push({ set, rows: [row] });
      else own.rows.push(row);
    }
  }
  return notes;
}
