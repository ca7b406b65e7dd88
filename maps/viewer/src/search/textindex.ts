/** All texts of a set in a few long strings, so that a search is a walk through them. */

import type { Coded, IncidentSet } from "../data/incidents";
import type { TextTable } from "../data/texts";
import { fold } from "./fold";

/** A string must not grow without end, and reading so many rows must be short. */
const ROWS = 2048;
/** Of more nothing is read before a reader means to search: texts take room, and lists of this length a long time to parse. */
const [LIGHT_ROWS, LIGHT_BYTES, LIGHT_LIST_BYTES] = [200_000, 32e6, 4e6];
/** Fewer rows than one of so many are looked at one by one. */
const FEW = 8;

interface Chunk {
  readonly text: string;
  /** Where each row begins, and the end. */
  readonly starts: Int32Array;
}

interface Finding {
  /** 1 for each row that holds all words. */
  readonly rows: Uint8Array;
  readonly count: number;
}

/** Names that stand for many rows: they need no text for each. */
interface Names {
  readonly codes: ArrayLike<number>;
  readonly folded: readonly string[];
}

const TEXTS = ["title", "place", "place_text"] as const;
const LISTS = ["actors", "sources"] as const;
/** Keys of sources and actors that hold words which people look for. */
const SPOKEN = ["name", "publisher", "quote"] as const;

export class TextIndex {
  /** True where all can be read before anybody searches. */
  readonly light: boolean;
  readonly #size: number;
  readonly #chunks: Chunk[] = [];
  readonly #names: readonly Names[];
  readonly #reading: Iterator<void>;
  #last: (Finding & { readonly words: readonly string[] }) | null = null;

  constructor(set: IncidentSet, table: TextTable) {
    this.#size = set.size;
    this.light = set.size <= LIGHT_ROWS && table.bytes(...TEXTS, ...LISTS) <= LIGHT_BYTES && table.bytes(...LISTS) <= LIGHT_LIST_BYTES;
    this.#names = [namesOf(set.province, set.provinceNames), namesOf(set.country, set.countryNames), namesOf(set.kind, set.kindLabels)];
    this.#reading = this.#steps(set, table);
  }

  /** Reads on until some time is over; true once all is read. */
  read(ms = Infinity): boolean {
    const until = performance.now() + ms;
    while (this.#reading.next().done !== true) if (performance.now() >= until) return false;
    return true;
  }

  /** 1 for each row that holds all words; what is not read yet is read first. */
  find(words: readonly string[]): Uint8Array {
    this.read();
    // Who writes on looks only into what the last search has found.
    const last = this.#last?.words.every((word) => words.some((each) => each.includes(word))) === true ? this.#last : null;
    // The longest word is in the fewest rows, and the others are looked for in these.
    const ordered = words.toSorted((a, b) => b.length - a.length);
    const found = ordered.reduce((among: Finding | null, word) => this.#holding(word, among), last);
    if (found === null) return new Uint8Array(this.#size).fill(1);
    this.#last = { ...found, words };
    return found.rows;
  }

  #holding(word: string, among: Finding | null): Finding {
    const rows = new Uint8Array(this.#size);
    let count = 0;
    const take = (row: number): void => {
      if (rows[row] === 1 || (among !== null && among.rows[row] === 0)) return;
      rows[row] = 1;
      count++;
    };
    const named = this.#names.map(({ codes, folded }) => ({ codes, holds: folded.map((name) => name.includes(word)) })).filter(({ holds }) => holds.includes(true));
    const isNamed = (row: number): boolean => named.some(({ codes, holds }) => holds[codes[row]!]);
    if (among !== null && among.count * FEW < this.#size) {
      for (let row = among.rows.indexOf(1); row >= 0; row = among.rows.indexOf(1, row + 1)) {
        const { text, starts } = this.#chunks[Math.floor(row / ROWS)]!;
        if (isNamed(row) || text.slice(starts[row % ROWS], starts[(row % ROWS) + 1]).includes(word)) take(row);
      }
      return { rows, count };
    }
    this.#chunks.forEach(({ text, starts }, chunk) => {
      let row = 0;
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[row])) {
        while (starts[row + 1]! <= at) row++;
        take(chunk * ROWS + row);
        row++;
      }
    });
    for (const { codes, holds } of named) for (let row = 0; row < this.#size; row++) if (holds[codes[row]!]) take(row);
    return { rows, count };
  }

  *#steps(set: IncidentSet, table: TextTable): Generator<void> {
    const read: Record<string, readonly unknown[]> = {};
    for (const name of [...TEXTS, ...LISTS]) {
      read[name] = table.column(name);
      if (set.size > ROWS) yield;
    }
    for (let from = 0; from < set.size; from += ROWS) {
      if (from > 0) yield;
      const end = Math.min(set.size, from + ROWS);
      const starts = new Int32Array(end - from + 1);
      const texts: string[] = [];
      let length = 0;
      for (let row = from; row < end; row++) {
        let text = "";
        for (const name of TEXTS) {
          const value = read[name]![row];
          if (typeof value === "string") text += `${fold(value)}\n`;
        }
        for (const name of LISTS) text += spoken(read[name]![row]);
        texts.push(text);
        length += text.length;
        starts[row - from + 1] = length;
      }
      this.#chunks.push({ text: texts.join(""), starts });
    }
  }
}

function namesOf({ codes, values }: Coded, names: ReadonlyMap<string, string>): Names {
  return { codes, folded: values.map((code) => (code === null ? "" : fold(names.get(code) ?? code))) };
}

function spoken(list: unknown): string {
  let text = "";
  if (Array.isArray(list)) {
    for (const entry of list as Readonly<Record<string, unknown>>[]) {
      for (const key of SPOKEN) {
        const value = entry[key];
        if (typeof value === "string") text += `${fold(value)}\n`;
      }
    }
  }
  return text;
}
