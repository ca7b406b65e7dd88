/** The texts of incidents, opened on the first click or search. */

import { named } from "../words/catalogue";
import { type Block, openBlock } from "./payload";
import type { Actor } from "../words/reports";

/** First and end of the words of a fact in a quote. */
export type Mark = readonly [first: number, end: number, fact: string];

export interface Source {
  readonly publisher?: string;
  readonly url?: string;
  readonly published?: string;
  readonly quote?: string;
  /** First and last character of the quote in the text, counted from 1. */
  readonly span?: readonly [first: number, last: number];
  readonly marks?: readonly Mark[];
}

/** Another place of the same name; what is not known is null. */
export interface Candidate {
  readonly name: string | null;
  readonly country: string | null;
  /** Degrees. */
  readonly lat: number | null;
  readonly lon: number | null;
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
  /** In which the date is civil. */
  readonly dateZone: string | null;
  readonly dateNote: string | null;
  readonly sensitivity: string | null;
  readonly sources: readonly Source[];
  readonly actors: readonly Actor[];
  readonly candidates: readonly Candidate[];
  /** Names of the countries that claim the place and do not hold it. */
  readonly claimants: readonly string[];
  /** Names of the countries that meet within reach. */
  readonly tripoint: readonly string[];
  /** Whose lines the distance to the border was measured to. */
  readonly lines: string | null;
}

export const NO_TEXTS: Texts = {
  id: "", title: null, placeText: null, place: null, reason: null, method: null, timeUtc: null, dateZone: null, dateNote: null,
  sensitivity: null, sources: [], actors: [], candidates: [], claimants: [], tripoint: [], lines: null,
};

/** Texts of a set by column; the texts of a row are put together when they are asked for. */
export interface TextTable {
  at(row: number): Texts | null;
  /** The row with this id; -1 if there is none. */
  rowOf(id: string): number;
  /** All values of a column; none where the block has no such column. */
  column(name: string): readonly unknown[];
  /** How long some columns are as they are written. */
  bytes(...names: readonly string[]): number;
}

export const NO_TABLE: TextTable = { at: () => null, rowOf: () => -1, column: () => [], bytes: () => 0 };

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf(value: unknown): readonly object[] {
  return Array.isArray(value) ? value.filter((entry): entry is object => typeof entry === "object" && entry !== null) : [];
}

class BlockTexts implements TextTable {
  readonly #block: Block;
  readonly #columns = new Map<string, readonly unknown[]>();
  readonly #countries: ReadonlyMap<string, string>;

  constructor(block: Block) {
    this.#block = block;
    this.#countries = new Map(Object.entries((block.meta["countries"] ?? {}) as Record<string, string>));
  }

  at(row: number): Texts | null {
    const id = this.column("incident_id")[row];
    if (typeof id !== "string") return null;
    const text = (name: string): string | null => textOf(this.column(name)[row]);
    return {
      id, title: text("title"), placeText: text("place_text"), place: text("place"), reason: text("reason"),
      method: text("method"), timeUtc: text("time_utc"), dateNote: text("date_note"),
      sources: listOf(this.column("sources")[row]), actors: listOf(this.column("actors")[row]),
      dateZone: text("date_zone"), sensitivity: text("sensitivity"),
      claimants: this.#names(text("claimed_by")?.split("|")),
      tripoint: this.#names(text("tripoint")?.split("-")),
      candidates: this.#candidates(text("candidates")), lines: textOf(this.#block.meta["lines"]),
    };
  }

  rowOf(id: string): number {
    return this.column("incident_id").indexOf(id);
  }

  bytes(...names: readonly string[]): number {
    return names.reduce((sum, name) => sum + this.#block.bytes(name), 0);
  }

  #names(codes: readonly string[] = []): readonly string[] {
    return codes.map((code) => named(this.#countries.get(code) ?? code));
  }

  #candidates(text: string | null): readonly Candidate[] {
    if (text === null) return [];
    const found = JSON.parse(text) as readonly (readonly [string | null, string | null, number | null, number | null])[];
    return found.map(([name, code, lat, lon]) => ({ name, country: code === null ? null : this.#names([code])[0]!, lat, lon }));
  }

  column(name: string): readonly unknown[] {
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
