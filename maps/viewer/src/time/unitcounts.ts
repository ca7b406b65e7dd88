/** How many of the incidents shown lie in each province or country. */

import type { Clock } from "./clock";
import { sumByCode } from "./codesums";
import type { Coded, IncidentSet } from "../data/incidents";
import { PRECISION_CLASSES } from "../data/precision";

export type Unit = "country" | "province";

export interface UnitCounts {
  readonly byCode: ReadonlyMap<string, number>;
  readonly largest: number;
  readonly shown: number;
  readonly counted: number;
  /** Known only to a country, where provinces are counted. */
  readonly countryOnly: number;
  /** In none of the units: at sea, or without a place. */
  readonly outside: number;
  /** Counted, but known only to a vicinity that may reach into the next unit. */
  readonly vague: number;
}

const [AREA, COUNTRY] = [PRECISION_CLASSES.indexOf("area"), PRECISION_CLASSES.indexOf("country")];

export function countUnits(clock: Clock, set: IncidentSet, unit: Unit): UnitCounts {
  const { codes, values }: Coded = unit === "country" ? set.country : set.province;
  const found = sumByCode(clock, set, { codes, size: values.length, nowhere: values.indexOf(null) }, unit === "country" ? COUNTRY : AREA);
  const { sums, shown, counted, vague, tooVague } = found;
  const countryOnly = tooVague[COUNTRY]!;
  const byCode = new Map<string, number>();
  let largest = 0;
  values.forEach((value, code) => {
    const sum = sums[code]!;
    if (value === null || sum === 0) return;
    byCode.set(value, sum);
    largest = Math.max(largest, sum);
  });
  return { byCode, largest, shown, counted, countryOnly, vague, outside: shown - counted - countryOnly };
}
