/** How a place was found, as text: every value that `method` has, in one list. */

import { lookUp } from "../data/lookup";
import { ENGLISH, type Key, say, type Values } from "./catalogue";

interface Method {
  readonly sentence: Key;
  /** What a reason contains that says the same in its own words. */
  readonly said: RegExp;
  /** The coordinate was given to us, so it is shown as it was given. */
  readonly given?: true;
}

export const METHODS: Readonly<Record<string, Method>> = {
  given: { sentence: "method.given", said: /coordinates/i, given: true },
  coordinates: { sentence: "method.coordinates", said: /coordinates/i, given: true },
  name: { sentence: "method.name", said: /\bknows?\b|\bnamed\b/i },
  "fuzzy name": { sentence: "method.fuzzy", said: /\bknows?\b/i },
  country: { sentence: "method.country", said: /country is given/i },
  province: { sentence: "method.province", said: /province is given/i },
  "surrounding place": { sentence: "method.surrounding", said: /\bplaced by\b/i },
  region: { sentence: "method.region", said: /./ },
  override: { sentence: "method.override", said: /\beditor\b/i, given: true },
  none: { sentence: "method.none", said: /./ },
};

/** The sentence on the method; null where it is not known, or the reason says it already in the language of the page. */
export function methodSentence(method: string | null, reason: string | null): string | null {
  const known = lookUp(METHODS, method ?? "");
  return known === undefined || (reason !== null && ENGLISH && known.said.test(reason)) ? null : say(known.sentence);
}

const SERVICE = /^service (?=.)/;

/** What a method is called in a list of them. */
export function methodName(method: string): string {
  if (SERVICE.test(method)) return sentence("method.service", { name: method.replace(SERVICE, "") });
  const known = lookUp(METHODS, method);
  return known === undefined ? method : sentence(known.sentence);
}

/** Without the full stop that only a text needs. */
function sentence(key: Key, values: Values = {}): string {
  return say(key, values).replace(/\.$/, "");
}

/** True where the coordinate is not ours. */
export function isGiven(method: string | null): boolean {
  return lookUp(METHODS, method ?? "")?.given === true;
}
