/** Sentences as nodes: what fills their places reads in its own direction, and may be an element. */

import { data, h } from "../reading/dom";
import { DIRECTION, ENGLISH, type Key, parts, written } from "./catalogue";
import { directionOf } from "./plaintext";

/** A sentence of ours that names of the data stand in: it keeps its own direction. */
export function own(sentence: string): HTMLElement {
  return h("bdi", { dir: DIRECTION }, sentence);
}

/** A sentence of Python's, which is in English: nothing reads it aloud as if it were in the language of the page. */
export function english(sentence: string, element = data(sentence)): HTMLElement {
  if (!ENGLISH && directionOf(sentence) !== "rtl") element.lang = "en";
  return element;
}

/** Sentences that follow each other, without those that are missing. */
export function following(...sentences: readonly (Node | string | null)[]): (Node | string)[] {
  const found = sentences.filter((each) => each !== null && each !== "");
  return found.flatMap((each, i) => (i === 0 ? [each] : [" ", each])) as (Node | string)[];
}

export function told(key: Key, values: Readonly<Record<string, string | number | Node>> = {}): (Node | string)[] {
  return parts(key, values).map((part) => {
    if (typeof part === "string") return part;
    return part.value instanceof Node ? part.value : data(written(part.value));
  });
}

/** The same in one element, for the place of a sentence round it. */
export function toldIn(key: Key, values: Readonly<Record<string, string | Node>>): HTMLElement {
  return h("bdi", { dir: DIRECTION }, ...told(key, values));
}

/** Names one after the other in the order of the page, each read in its own direction. */
export function namesIn(names: readonly string[], name: (text: string) => HTMLElement = data): HTMLElement {
  return names.map(name).reduce((a, b) => toldIn("joint.list", { a, b }));
}
