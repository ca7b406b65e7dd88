/** What incidents can be filtered by beside kind, precision and verification: actors, sources, countries. */

import type { Coded } from "./incidents";

export const NAMED_FACETS = ["actor", "source", "country"] as const;
export type NamedFacet = (typeof NAMED_FACETS)[number];

/** The value of rows whose name is too rare for one of its own, and of rows without any. */
export const OTHERS = "*";
export const UNSTATED = "";

/** More countries than this are counted as others. */
const MOST_NAMES = 15;

/** A row may name several actors: its code stands for all of them. */
export interface NamedColumn {
  readonly facet: NamedFacet;
  readonly codes: ArrayLike<number>;
  /** Values by code, as places in `values`. */
  readonly sets: readonly (readonly number[])[];
  /** The most frequent first; others and rows without any last. */
  readonly values: readonly string[];
}

/** A column whose words are lists of places in `names`, such as "0 3"; a name of null stands for all others. */
export function listedColumn(facet: NamedFacet, { codes, values }: Coded, names: readonly (string | null)[]): NamedColumn | null {
  const found = names.map((name) => name ?? OTHERS);
  const sets = values.map((word) => (word === null || word === "" ? [found.length] : word.split(" ").map(Number)));
  if (values.some((word) => word === null || word === "")) found.push(UNSTATED);
  return found.length > 1 ? { facet, codes, sets, values: found } : null;
}

/** A column with one word in each row. */
export function singleColumn(facet: NamedFacet, { codes, values }: Coded): NamedColumn | null {
  if (values.length < 2) return null;
  const counts = new Float64Array(values.length);
  const { length } = codes;
  for (let row = 0; row < length; row++) counts[codes[row]!]!++;
  const named = values.flatMap((word, code) => (word === null ? [] : [code])).sort((a, b) => counts[b]! - counts[a]!);
  const found = named.slice(0, MOST_NAMES).map((code) => values[code]!);
  const places = new Map<string | null, number>(found.map((value, place) => [value, place]));
  if (named.length > MOST_NAMES) found.push(OTHERS);
  if (named.length < values.length) places.set(null, found.push(UNSTATED) - 1);
  return { facet, codes, values: found, sets: values.map((word) => [places.get(word) ?? MOST_NAMES]) };
}
