/** How many rows of a set there are by kind, precision and verification, for any range of rows at once. */

import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import { PRECISION_CLASSES } from "../data/precision";

const SLOTS = OTHER_SLOT + 1;
const CLASSES = PRECISION_CLASSES.length;
/** Sums are kept before every so many rows; the rows of a broken block are counted one by one. */
const BLOCK = 4096;

/** The kind, precision and verification that a code stands for. */
export interface Combination {
  readonly kind: number;
  readonly precision: number;
  readonly verification: number;
}

export class Census {
  /** How many codes there are. */
  readonly size: number;
  /** The code of each row. */
  readonly codes: Uint16Array;
  readonly #weights: ArrayLike<number> | null;
  readonly #before: Float64Array;

  constructor(set: IncidentSet, slots: Uint8Array) {
    const { verifications, verified, precisionClass, weights, size } = set;
    this.size = SLOTS * CLASSES * verifications.length;
    this.codes = new Uint16Array(size);
    this.#weights = weights;
    this.#before = new Float64Array((Math.floor(size / BLOCK) + 1) * this.size);
    const running = new Float64Array(this.size);
    for (let row = 0; row < size; row++) {
      if (row % BLOCK === 0) this.#before.set(running, (row / BLOCK) * this.size);
      const code = (verified[row]! * CLASSES + precisionClass[row]!) * SLOTS + slots[row]!;
      this.codes[row] = code;
      running[code]! += weights === null ? 1 : weights[row]!;
    }
    if (size % BLOCK === 0) this.#before.set(running, (size / BLOCK) * this.size);
  }

  /** Adds the rows from `from` to before `to`; both between 0 and the size of the set. */
  add(counts: Float64Array, from: number, to: number): void {
    this.#addUpTo(counts, to, 1);
    this.#addUpTo(counts, from, -1);
  }

  addRow(counts: Float64Array, row: number): void {
    counts[this.codes[row]!]! += this.#weights?.[row] ?? 1;
  }

  #addUpTo(counts: Float64Array, row: number, sign: 1 | -1): void {
    const block = Math.floor(row / BLOCK);
    const before = block * this.size;
    for (let code = 0; code < this.size; code++) counts[code]! += sign * this.#before[before + code]!;
    for (let each = block * BLOCK; each < row; each++) {
      counts[this.codes[each]!]! += sign * (this.#weights?.[each] ?? 1);
    }
  }
}

export function combination(code: number): Combination {
  const rest = Math.floor(code / SLOTS);
  return { kind: code % SLOTS, precision: rest % CLASSES, verification: Math.floor(rest / CLASSES) };
}

/** Rows of each kind of a set, by the code of the kind. */
export function kindCounts({ kind, size }: IncidentSet): Float64Array {
  const counts = new Float64Array(kind.values.length);
  for (let row = 0; row < size; row++) counts[kind.codes[row]!]!++;
  return counts;
}
