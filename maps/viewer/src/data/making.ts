/** How the map was made, as Python has recorded it. */

import { openBlock } from "./payload";

/** Data of one owner, and what it was used for. */
export interface Licence {
  readonly from: string;
  readonly licence: string;
  readonly uses: readonly string[];
  readonly as_of: readonly string[];
}

export interface Making {
  readonly software: string;
  readonly schema: number;
  readonly total: number;
  /** How many rows each method has placed, the most first; all together are the total. */
  readonly methods: readonly (readonly [method: string, count: number])[];
  /** Rows without a source. */
  readonly unsourced: number;
  readonly data: readonly Licence[];
  /** Lists of places that are not shipped. */
  readonly others: readonly string[];
  readonly fingerprints: readonly string[];
  /** Whose lines the distances to borders were measured to. */
  readonly lines: string | null;
  readonly inputs: readonly (readonly [name: string, sha256: string])[];
  /** Days since 1970-01-01. */
  readonly made_on: number | null;
}

export async function openMaking(blockId: string): Promise<Making> {
  return (await openBlock(blockId)).meta as unknown as Making;
}
