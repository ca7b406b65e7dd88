/** All texts of a set in a few long strings, so that a search is a walk through them. */

import type { IncidentSet } from "../data/incidents";
import type { TextTable } from "../data/texts";
import { fold } from "./fold";

/** A string must not grow without end, and what is not latin needs twice the room. */
const ROWS = 8192;

interface Chunk {
  readonly text: string;
  /** Where each row begins, and the end. */
  readonly starts: Int32Array;
}

/** Keys of sources and actors that hold words which people look for. */
const SPOKEN = ["name", "publisher", "quote"] as const;

export class TextIndex {
  readonly #size: number;
  readonly #chunks: Chunk[] = [];

  constructor(set: IncidentSet, table: TextTable) {
    this.#size = set.size;
    const columns = ["title", "place", "place_text"].map((name) => table.column(name));
    const lists = ["actors", "sources"].map((name) => table.column(name));
    const names = [areaNames(set.province, set.provinceNames), areaNames(set.country, set.countryNames)];
    for (let from = 0; from < set.size; from += ROWS) {
      const end = Math.min(set.size, from + ROWS);
      const starts = new Int32Array(end - from + 1);
      const texts: string[] = [];
      let length = 0;
      for (let row = from; row < end; row++) {
        let text = "";
        for (const column of columns) {
          const value = column[row];
          if (typeof value === "string") text += `${fold(value)}\n`;
        }
        for (const { codes, folded } of names) text += folded[codes[row] ?? -1] ?? "";
        for (const list of lists) text += spoken(list[row]);
        texts.push(text);
        length += text.length;
        starts[row - from + 1] = length;
      }
      this.#chunks.push({ text: texts.join(""), starts });
    }
  }

  /** 1 for each row that holds all words. */
  find(words: readonly string[]): Uint8Array {
    let found = new Uint8Array(this.#size).fill(1);
    for (const word of words) {
      const both = new Uint8Array(this.#size);
      this.#chunks.forEach(({ text, starts }, chunk) => {
        let row = 0;
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, starts[row])) {
          while (starts[row + 1]! <= at) row++;
          both[chunk * ROWS + row] = found[chunk * ROWS + row]!;
          row++;
        }
      });
      found = both;
    }
    return found;
  }
}

function areaNames({ codes, values }: IncidentSet["country"], names: ReadonlyMap<string, string>): { codes: ArrayLike<number>; folded: string[] } {
  return { codes, folded: values.map((code) => (code === null ? "" : `${fold(names.get(code) ?? code)}\n`)) };
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
