/** How a place was found, as text: every value that `method` has, in one list. */

import { lookUp } from "../data/lookup";

interface Method {
  readonly sentence: string;
  /** What a reason contains that says the same in its own words. */
  readonly said: RegExp;
  /** The coordinate was given to us, so it is shown as it was given. */
  readonly given?: true;
}

export const METHODS: Readonly<Record<string, Method>> = {
  given: { sentence: "The coordinate came with the table.", said: /coordinates/i, given: true },
  coordinates: { sentence: "The coordinate stands in the text.", said: /coordinates/i, given: true },
  name: { sentence: "Found by its name in a gazetteer.", said: /\bknows?\b|\bnamed\b/i },
  country: { sentence: "Only the country is given.", said: /country is given/i },
  province: { sentence: "Only the province is given.", said: /province is given/i },
  "surrounding place": { sentence: "The name is not known; placed by what surrounds it.", said: /\bplaced by\b/i },
  region: { sentence: "Read from the description of the area.", said: /./ },
  override: { sentence: "Assigned by an editor.", said: /\beditor\b/i, given: true },
  none: { sentence: "No place was found for it.", said: /./ },
};

/** The sentence on the method; null where it is not known or the reason says it already. */
export function methodSentence(method: string | null, reason: string | null): string | null {
  const known = lookUp(METHODS, method ?? "");
  return known === undefined || (reason !== null && known.said.test(reason)) ? null : known.sentence;
}

/** True where the coordinate is not ours. */
export function isGiven(method: string | null): boolean {
  return lookUp(METHODS, method ?? "")?.given === true;
}
