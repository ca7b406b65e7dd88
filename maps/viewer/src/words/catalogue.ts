/** The sentences of the page in its language: they come with a page of ours, and in English with the plugin. */

import { lookUp } from "../data/lookup";
import english from "./en.json";
import { directionOf } from "./plaintext";

export type Key = keyof typeof english.say;
export type Values = Readonly<Record<string, string | number>>;

/** A sentence with `{places}`, or one for each plural form of its place `{n}`. */
type Sentence = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

interface Catalogue {
  /** Of numbers and dates, and of plural forms. */
  readonly locale: string;
  readonly say: Readonly<Record<string, Sentence>>;
  /** Names that Python has given in English, such as those of kinds and layers. */
  readonly names: Readonly<Record<string, string>>;
}

/** What makes a sentence of a key and what stands in its places: a text, or nodes. */
export type Tell<T> = (key: Key, values: Readonly<Record<string, string | NoInfer<T>>>) => T;

const WORDS_ID = "im-words";

/** The catalogue in the page, which Python has checked and filled up; it stands before the scripts. */
function ofThePage(): Catalogue {
  const block = typeof document === "undefined" ? null : document.getElementById(WORDS_ID);
  return block === null ? english : (JSON.parse(block.textContent) as Catalogue);
}

const words = ofThePage();
export const LOCALE = words.locale;
export const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const plurals = new Intl.PluralRules(LOCALE);

/** The sentence of a key in the form that its number asks for; one that is missing shows its key. */
function sentence(key: Key, n: unknown): string {
  const found: Sentence = lookUp(words.say, key) ?? key;
  if (typeof found === "string") return found;
  return found[plurals.select(Number(n))] ?? found.other ?? "";
}

/** A sentence with its places filled; numbers are written as the language writes them. */
export function say(key: Key, values: Values = {}): string {
  return parts(key, values).map((part) => (typeof part === "string" ? part : written(part.value))).join("");
}

/** Whether the page speaks as Python does. */
export const ENGLISH = /^en\b/.test(LOCALE);

/** Where the page speaks English although it runs from right to left, its sentences still run from left to right. */
export const DIRECTION = directionOf(say("tool.layers"));

/** A sentence cut at its places, in the order of the language. */
export function parts<T>(key: Key, values: Readonly<Record<string, T>>): (string | { readonly value: T })[] {
  return sentence(key, values["n"]).split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : { value: values[part]! }));
}

export function written(value: string | number): string {
  return typeof value === "number" ? whole.format(value) : value;
}

/** A name of Python's in the language of the page. */
export function named(name: string): string {
  return lookUp(words.names, name) ?? name;
}

/** "Flood, Storm". */
export function listed(names: readonly string[]): string {
  return names.length === 0 ? "" : names.reduce((a, b) => say("joint.list", { a, b }));
}

/** Clauses of one sentence. */
export function clauses(texts: readonly string[]): string {
  return texts.length === 0 ? "" : texts.reduce((a, b) => say("joint.clauses", { a, b }));
}
