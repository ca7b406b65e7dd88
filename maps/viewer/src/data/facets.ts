/** What incidents can be filtered by beside kind, precision and verification: actors, sources, countries. */

export const NAMED_FACETS = ["actor", "source", "country"] as const;
export type NamedFacet = (typeof NAMED_FACETS)[number];

/** The value of rows whose name is too rare for one of its own, and of rows without any. */
export const OTHERS = "*";
export const UNSTATED = "";

/** More names than this are counted as others. */
const MOST_NAMES = 15;

/** The names that each code of a column stands for; a row may name several actors. */
export interface Names {
  readonly codes: ArrayLike<number>;
  readonly byCode: readonly (readonly string[])[];
}

/** What has names in its rows. */
export interface Named {
  readonly size: number;
  /** Null where nothing is said of a facet. */
  names(facet: NamedFacet): Names | null;
}

export interface NamedColumn {
  readonly facet: NamedFacet;
  readonly codes: ArrayLike<number>;
  /** Values by code, as places in `values`. */
  readonly sets: readonly (readonly number[])[];
  /** Those of all sets: the most frequent first; others and rows without any last. */
  readonly values: readonly string[];
}

/** The columns of some sets, in which the same values are told apart; where one says nothing of a facet, all of its rows are without. */
export function namedColumns(sets: readonly Named[]): readonly (readonly NamedColumn[])[] {
  const columns = sets.map((): NamedColumn[] => []);
  for (const facet of NAMED_FACETS) {
    const all = sets.map((set) => set.names(facet) ?? { codes: new Uint8Array(set.size), byCode: [[UNSTATED]] });
    const values = valuesOf(all);
    if (values === null) continue;
    const places = new Map(values.map((value, place) => [value, place]));
    const others = values.indexOf(OTHERS);
    all.forEach(({ codes, byCode }, i) => {
      const found = byCode.map((names) => [...new Set(names.map((name) => places.get(name) ?? others))]);
      columns[i]!.push({ facet, codes, values, sets: found });
    });
  }
  return columns;
}

/** The names that most rows have; null where no row has any. */
function valuesOf(all: readonly Names[]): string[] | null {
  const rows = new Map<string, number>();
  for (const { codes, byCode } of all) {
    const counts = new Float64Array(byCode.length);
    const { length } = codes;
    for (let row = 0; row < length; row++) counts[codes[row]!]!++;
    byCode.forEach((names, code) => {
      for (const name of names) if (counts[code]! > 0) rows.set(name, (rows.get(name) ?? 0) + counts[code]!);
    });
  }
  const [others, unstated] = [OTHERS, UNSTATED].map((each) => rows.delete(each));
  if (rows.size === 0) return null;
  const ranked = [...rows.keys()].sort((a, b) => rows.get(b)! - rows.get(a)!);
  const found = ranked.slice(0, MOST_NAMES);
  if (others || ranked.length > MOST_NAMES) found.push(OTHERS);
  if (unstated) found.push(UNSTATED);
  return found;
}
