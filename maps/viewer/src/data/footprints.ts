/** The areas that incidents can mean, where they are no discs. */

import { type Line, readLines } from "../ground/lines";
import { type Block, openBlock } from "./payload";

const UNITS_PER_DEGREE = 1e5;

/** Footprints of the rows of one incident set. */
export class Footprints {
  readonly #rings = new Map<number, Line[]>();

  constructor(block: Block) {
    const rows = block.numbers("ring_row");
    readLines(block, block.numbers("ring_length"), UNITS_PER_DEGREE).forEach((line, i) => {
      const row = rows[i]!;
      const rings = this.#rings.get(row);
      if (rings === undefined) this.#rings.set(row, [line]);
      else rings.push(line);
    });
  }

  /** The rings of a row for an even-odd fill; null where it has no footprint. */
  of(row: number): readonly Line[] | null {
    return this.#rings.get(row) ?? null;
  }
}

export async function openFootprints(blockId: string): Promise<Footprints> {
  return new Footprints(await openBlock(blockId));
}

/** Half the larger side of the rings' box, in the unit square. */
export function reachOf(rings: readonly Line[]): number {
  const [west, east] = [Math.min(...rings.map((ring) => ring.west)), Math.max(...rings.map((ring) => ring.east))];
  const [north, south] = [Math.min(...rings.map((ring) => ring.north)), Math.max(...rings.map((ring) => ring.south))];
  return Math.max(east - west, south - north) / 2;
}
