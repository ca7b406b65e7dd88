/** The texts of incidents, opened on the first click or search. */

import { type Block, openBlock } from "./payload";
import type { Actor } from "../words/reports";

export interface Source {
  readonly publisher?: string | null;
  readonly url?: string | null;
  readonly published?: string | null;
  readonly quote?: string | null;
}

/** The texts of one row; what is missing is null. */
export interface Texts {
  readonly id: string;
  readonly title: string | null;
  readonly placeText: string | null;
  readonly place: string | null;
  readonly reason: string | null;
  readonly method: string | null;
  readonly timeUtc: string | null;
  readonly dateNote: string | null;
  readonly sources: readonly Source[];
  readonly actors: readonly Actor[];
}

/** Texts of a set by column; the texts of a row are put together when they are asked for. */
export interface TextTable {
  at(row: number): Texts | null;
  /** The row with this id; -1 if there is none. */
  rowOf(id: string): number;
}

export const NO_TABLE: TextTable = { at: () => null, rowOf: () => -1 };

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf(value: unknown): readonly object[] {
  return Array.isArray(value) ? value.filter((entry): entry is object => typeof entry === "object" && entry !== null) : [];
}

class BlockTexts implements TextTable {
  readonly #block: Block;
  readonly #columns = new Map<string, readonly unknown[]>();

  constructor(block: Block) {
    this.#block = block;
  }

  at(row: number): Texts | null {
    const id = this.#column("incident_id")[row];
    if (typeof id !== "string") return null;
    const text = (name: string): string | null => textOf(this.#column(name)[row]);
    return {
      id, title: text("title"), placeText: text("place_text"), place: text("place"), reason: text("reason"),
      method: text("method"), timeUtc: text("time_utc"), dateNote: text("date_note"),
      sources: listOf(this.#column("sources")[row]), actors: listOf(this.#column("actors")[row]),
    };
  }

  rowOf(id: string): number {
    return this.#column("incident_id").indexOf(id);
  }

  #column(name: string): readonly unknown[] {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.#block.has(name) ? this.#block.json(name) : [];
      this.#columns.set(name, column);
    }
    return column;
  }
}

export async function openTexts(blockId: string): Promise<TextTable> {
  return new BlockTexts(await openBlock(blockId));
}
