/** What a map of counts or rates says of itself. */

import type { Unit, UnitCounts } from "../time/unitcounts";
import { type Key, say } from "./catalogue";
import { digits } from "./numbers";

interface Words {
  readonly title: Key;
  readonly rates: Key;
  readonly key: Key;
  readonly outside: Key;
  readonly vague: Key;
}

const WORDS: Readonly<Record<Unit, Words>> = {
  country: {
    title: "area.country", rates: "area.country.rate", key: "area.country.key",
    outside: "area.outside.country", vague: "area.vague.country",
  },
  province: {
    title: "area.province", rates: "area.province.rate", key: "area.province.key",
    outside: "area.outside.province", vague: "area.vague.province",
  },
};

/** "Incidents by province"; `per` is null where no rate is drawn. */
export function choroplethTitle(by: Unit, per: number | null): string {
  return per === null ? say(WORDS[by].title) : say(WORDS[by].rates, { n: per });
}

/** The same for the key bar. */
export function choroplethKey(by: Unit, rated: boolean): string {
  return say(rated ? WORDS[by].key : WORDS[by].title);
}

export function rateWords(value: number, per: number): string {
  return say("area.rate", { value: digits(value), n: per });
}

/** What the colours leave out or take for surer than it is. */
export function choroplethNotes(counts: UnitCounts, by: Unit, unknown: number): string[] {
  const { shown, counted, countryOnly, outside, vague } = counts;
  const left = [
    ["area.countryonly", countryOnly], [WORDS[by].outside, outside], ["area.unknown", unknown], [WORDS[by].vague, vague],
  ] as const;
  return [say("area.counted", { counted, shown }), ...left.flatMap(([key, n]) => (n > 0 ? [say(key, { n })] : []))];
}
