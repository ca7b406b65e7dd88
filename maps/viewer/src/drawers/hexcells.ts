/** Hexagons of a block: their rings, what was found out about each, and how many incidents it shows. */

import type { Line } from "../ground/lines";
import { classOf, roundClasses } from "./classes";
import type { Clock } from "../time/clock";
import { sumByCode } from "../time/codesums";
import type { IncidentSet } from "../data/incidents";
import type { Block } from "../data/payload";
import { PRECISION_CLASSES } from "../data/precision";
import { wrappedRing } from "../canvas/wrapped";

/** From surely cold over neither to surely hot. */
const LEVELS = 7;
export const NEITHER = 3;

/** How many of the incidents shown lie in each hexagon, and which lie in none. */
export interface HexSums {
  readonly sums: Float64Array;
  readonly shown: number;
  readonly counted: number;
  /** Not known well enough for a hexagon. */
  readonly coarse: number;
}

/** What was found out about a hexagon; null where nobody says. */
export interface HexFacts {
  readonly count: number | null;
  readonly level: number;
  readonly z: number | null;
  readonly q: number | null;
  /** Share of the draws from the uncertainty in which it stays what it is. */
  readonly share: number | null;
}

type Fact = (cell: number) => number | null;

export class HexCells {
  readonly size: number;
  /** Where incidents are not counted by the clock, the counts of the table. */
  readonly ownCounts: Fact;
  readonly #lon: Float64Array;
  readonly #lat: Float64Array;
  readonly #first: Uint32Array;
  readonly #level: ArrayLike<number> | null;
  readonly #facts: readonly [Fact, Fact, Fact];
  readonly #cellOf: ArrayLike<number> | null;
  readonly #rings: (readonly Line[] | undefined)[] = [];

  constructor(block: Block) {
    const units = block.meta["units"] as number;
    const lengths = block.numbers("corners");
    this.size = lengths.length;
    this.#first = new Uint32Array(this.size + 1);
    for (let cell = 0; cell < this.size; cell++) this.#first[cell + 1] = this.#first[cell]! + lengths[cell]!;
    this.#lon = Float64Array.from(block.numbers("x"), (value) => value / units);
    this.#lat = Float64Array.from(block.numbers("y"), (value) => value / units);
    const fact = (name: string): Fact => {
      if (!block.has(name)) return () => null;
      const column = block.numbers(name);
      return (cell) => (column[cell]! > -Infinity ? column[cell]! : null);
    };
    this.ownCounts = fact("count");
    this.#facts = [fact("z"), fact("q"), fact("share")];
    this.#level = block.has("level") ? block.numbers("level") : null;
    this.#cellOf = block.has("cell") ? block.numbers("cell") : null;
  }

  /** True where the hexagons carry a statistic. */
  get judged(): boolean {
    return this.#level !== null;
  }

  rings(cell: number): readonly Line[] {
    const [from, to] = [this.#first[cell]!, this.#first[cell + 1]!];
    return (this.#rings[cell] ??= wrappedRing(this.#lon.subarray(from, to), this.#lat.subarray(from, to)));
  }

  facts(cell: number): HexFacts {
    const [z, q, share] = this.#facts;
    return { count: this.ownCounts(cell), level: this.#level?.[cell] ?? NEITHER, z: z(cell), q: q(cell), share: share(cell) };
  }

  /** The levels that occur, the hottest first, and always what is neither. */
  levels(): readonly number[] {
    const found = new Set([NEITHER]);
    for (let cell = 0; cell < this.size; cell++) found.add(this.#level?.[cell] ?? NEITHER);
    return Array.from({ length: LEVELS }, (_, i) => LEVELS - 1 - i).filter((level) => found.has(level));
  }

  /** True if some hexagon stays what it is in a smaller share of the draws. */
  anyBelow(share: number): boolean {
    const [, , of] = this.#facts;
    for (let cell = 0; cell < this.size; cell++) if ((of(cell) ?? 1) < share && this.#level?.[cell] !== NEITHER) return true;
    return false;
  }

  /** The incidents shown by hexagon; null where the hexagons bring their own numbers. */
  sums(clock: Clock, set: IncidentSet | null): HexSums | null {
    if (set === null || this.#cellOf === null) return null;
    // After the hexagons stand the incidents that are too coarse, and those in none of them.
    const { sums, shown } = sumByCode(clock, set, { codes: this.#cellOf, size: this.size + 2, nowhere: -1 }, PRECISION_CLASSES.length);
    const [coarse, outside] = [sums[this.size]!, sums[this.size + 1]!];
    return { sums: sums.subarray(0, this.size), shown, counted: shown - coarse - outside, coarse };
  }
}

/** Numbers in round classes: the class of each hexagon, -1 for those without any. */
export function classesOf(
  counts: readonly number[] | Float64Array, scale = (largest: number): number => largest,
): { limits: readonly number[]; classes: Int8Array } {
  let largest = 0;
  for (const count of counts) largest = Math.max(largest, count);
  const limits = roundClasses(scale(largest), 1, true);
  return { limits, classes: Int8Array.from(counts, (count) => (count > 0 ? classOf(limits, count) : -1)) };
}
