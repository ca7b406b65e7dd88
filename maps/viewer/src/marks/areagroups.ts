/** Incidents known only to an area, gathered by that area. */

import type { Batch } from "./gather";
import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import type { Members } from "../data/members";
import { PRECISION_CLASSES } from "../data/precision";

const AREA = PRECISION_CLASSES.indexOf("area");

export interface AreaGroup {
  /** Mean place in the unit square. */
  x: number;
  y: number;
  count: number;
  readonly bySlot: number[];
  readonly members: { readonly set: IncidentSet; readonly rows: number[] }[];
}

const areas = new WeakMap<IncidentSet, Areas>();

/** The areas of a set: a number for each row that lies in one, and what it stands for. */
interface Areas {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** Incidents of one province share it, of districts those that share a point. */
function areasOf(set: IncidentSet): Areas {
  let found = areas.get(set);
  if (found !== undefined) return found;
  const [codes, numbers] = [new Int32Array(set.size), new Map<string, number>()];
  const admin1 = set.precision.values.indexOf("admin1");
  for (const row of set.broad) {
    if (set.precisionClass[row] !== AREA) continue;
    const province = set.precision.codes[row] === admin1 ? set.word(set.province, row) : null;
    const name = province ?? `${set.x[row]!},${set.y[row]!}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    codes[row] = number;
  }
  found = { codes, names: [...numbers.keys()] };
  areas.set(set, found);
  return found;
}

/** How many areas a set knows. */
export function areaCount(set: IncidentSet): number {
  return areasOf(set).names.length;
}

export function groupAreas(batches: readonly Batch[]): AreaGroup[] {
  const groups = new Map<string, AreaGroup>();
  for (const { set, broad, slots, without } of batches) {
    const { codes, names } = areasOf(set);
    const own = new Array<AreaGroup | undefined>(names.length);
    for (const row of broad) {
      if (set.precisionClass[row] !== AREA || row === without) continue;
      const area = codes[row]!;
      const group = (own[area] ??= groupFor(groups, names[area]!, set));
      add(group, set, row, slots[row]!);
    }
  }
  for (const group of groups.values()) {
    group.x /= group.count;
    group.y /= group.count;
  }
  return [...groups.values()];
}

/** The group of an area, with an empty list for the rows of the set at its end. */
function groupFor(groups: Map<string, AreaGroup>, name: string, set: IncidentSet): AreaGroup {
  const group = groups.get(name) ?? { x: 0, y: 0, count: 0, bySlot: new Array<number>(OTHER_SLOT + 1).fill(0), members: [] };
  groups.set(name, group);
  group.members.push({ set, rows: [] });
  return group;
}

function add(group: AreaGroup, set: IncidentSet, row: number, slot: number): void {
  const weight = set.weights?.[row] ?? 1;
  group.x += weight * set.x[row]!;
  group.y += weight * set.y[row]!;
  group.count += weight;
  group.bySlot[slot]! += weight;
  group.members.at(-1)!.rows.push(row);
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
  for (const { set, broad, without } of batches) {
    for (const row of broad) {
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
