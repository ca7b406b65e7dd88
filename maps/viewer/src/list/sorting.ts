/** In which order incidents are listed. */

import type { IncidentSet } from "../data/incidents";
import { NO_TABLE, type TextTable } from "../data/texts";
import { LOCALE } from "../words/catalogue";

export const SORTS = ["date", "title", "kind", "place", "within", "killed", "border", "verification"] as const;
export type SortKey = (typeof SORTS)[number];

export interface Sort {
  readonly key: SortKey;
  /** The latest, largest or last first. */
  readonly down: boolean;
}

export type Tables = ReadonlyMap<IncidentSet, TextTable>;

/** A number of a row, or a word; null where it has none. */
type Value = (row: number) => number | string | null;

function valueOf(set: IncidentSet, table: TextTable, key: SortKey): Value {
  const named = (column: string): Value => {
    const values = table.column(column);
    return (row) => { const value = values[row]; return typeof value === "string" && value !== "" ? value : null; };
  };
  switch (key) {
    case "date":
      return (row) => (row < set.undatedFrom ? set.start[row]! : null);
    case "title": {
      const title = named("title");
      return (row) => title(row) ?? set.kindLabel(row);
    }
    case "kind":
      return (row) => set.kindLabel(row);
    case "place": {
      const [place, written] = [named("place"), named("place_text")];
      return (row) => place(row) ?? written(row) ?? set.provinceName(row) ?? set.countryName(row);
    }
    case "within":
      return (row) => set.uncertainty(row);
    case "killed":
      return (row) => { const { best, high, low } = set.toll(row); return best ?? high ?? low; };
    case "border":
      return (row) => set.border(row)?.distanceM ?? null;
    case "verification":
      return (row) => set.word(set.verification, row);
  }
}

/** The rows of some sets, counted through, in an order; those without a value come last. */
export function sorted(sets: readonly IncidentSet[], tables: Tables, { key, down }: Sort): Int32Array {
  const values: (number | string | null)[] = [];
  // Of equals the newest comes first, and what has no date last.
  const [dated, undated]: [number[], number[]] = [[], []];
  for (const set of sets) {
    const value = valueOf(set, tables.get(set) ?? NO_TABLE, key);
    for (let row = 0; row < set.size; row++) (row < set.undatedFrom ? dated : undated).push(values.push(value(row)) - 1);
  }
  const ranks = ranked(values, down);
  return Int32Array.from([...dated.reverse(), ...undated]).sort((a, b) => ranks[a]! - ranks[b]!);
}

function ranked(values: readonly (number | string | null)[], down: boolean): Float64Array {
  const sign = down ? -1 : 1;
  const words = new Map<string, number>();
  for (const value of values) if (typeof value === "string") words.set(value, 0);
  const { compare } = new Intl.Collator(LOCALE, { numeric: true });
  [...words.keys()].sort(compare).forEach((word, place) => words.set(word, place));
  return Float64Array.from(values, (value) => (value === null ? Number.MAX_VALUE : sign * (typeof value === "string" ? words.get(value)! : value)));
}

