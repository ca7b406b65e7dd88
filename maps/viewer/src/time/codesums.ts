/** How many of the incidents shown carry each code of a column: a province, a country, a hexagon, a cluster. */

import type { Clock } from "./clock";
import type { IncidentSet } from "../data/incidents";
import { PRECISION_CLASSES } from "../data/precision";

export interface Codes {
  readonly codes: ArrayLike<number>;
  /** How many codes there are; what lies outside them is no code. */
  readonly size: number;
  /** A code that stands for none; -1 where no code does. */
  readonly nowhere: number;
}

export interface CodeSums {
  readonly sums: Float64Array;
  readonly shown: number;
  readonly counted: number;
  /** Counted, but known only to a vicinity, which may reach beyond. */
  readonly vague: number;
  /** Not counted as their place is too vague, by precision. */
  readonly tooVague: Float64Array;
}

const VICINITY = PRECISION_CLASSES.indexOf("vicinity");

/** `vaguest` is the place in PRECISION_CLASSES of the vaguest that count. */
export function sumByCode(clock: Clock, set: IncidentSet, { codes, size, nowhere }: Codes, vaguest: number): CodeSums {
  const sums = new Float64Array(size);
  const tooVague = new Float64Array(PRECISION_CLASSES.length);
  const { weights, precisionClass } = set;
  let [shown, counted, vague] = [0, 0, 0];
  for (const row of clock.rows(set)) {
    const weight = weights === null ? 1 : weights[row]!;
    shown += weight;
    const precision = precisionClass[row]!;
    if (precision > vaguest) {
      tooVague[precision]! += weight;
      continue;
    }
    const code = codes[row];
    if (code === undefined || code === nowhere || !(code >= 0 && code < size)) continue;
    sums[code]! += weight;
    counted += weight;
    if (precision === VICINITY) vague += weight;
  }
  return { sums, shown, counted, vague, tooVague };
}
