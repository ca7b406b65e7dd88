/** How many of the incidents shown lie in each province or country. */

import type { Clock } from "./clock";
import type { Coded, IncidentSet } from "./incidents";
import { PRECISION_CLASSES } from "./precision";

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

const [VICINITY, COUNTRY] = [PRECISION_CLASSES.indexOf("vicinity"), PRECISION_CLASSES.indexOf("country")];

export function countUnits(clock: Clock, set: IncidentSet, unit: Unit): UnitCounts {
  const coded: Coded = unit === "country" ? set.country : set.province;
  // One more place, for rows without a code.
  const sums = new Float64Array(coded.values.length + 1);
  const none = coded.values.length;
  let [shown, counted, countryOnly, vague] = [0, 0, 0, 0];
  const rows = clock.rows(set);
  for (const row of rows) {
    const weight = set.weights?.[row] ?? 1;
    shown += weight;
    const precision = set.precisionClass[row]!;
    if (precision > COUNTRY) continue;
    if (precision === COUNTRY && unit === "province") {
      countryOnly += weight;
      continue;
    }
    const code = coded.codes[row] ?? none;
    if (coded.values[code] == null) continue;
    sums[code]! += weight;
    counted += weight;
    if (precision === VICINITY) vague += weight;
  }
  const byCode = new Map<string, number>();
  let largest = 0;
  coded.values.forEach((value, code) => {
    const sum = sums[code]!;
    if (value === null || sum === 0) return;
    byCode.set(value, sum);
    largest = Math.max(largest, sum);
  });
  return { byCode, largest, shown, counted, countryOnly, vague, outside: shown - counted - countryOnly };
}
