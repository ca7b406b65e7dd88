/** What the filters leave out, as one sentence. */

import { clauses, listed, say } from "./catalogue";

export interface LeftOut {
  readonly kinds: readonly string[];
  readonly places: readonly string[];
  readonly verifications: readonly string[];
  /** Values of other facets, with the name of the facet. */
  readonly others?: readonly (readonly [facet: string, names: readonly string[]])[];
  readonly search?: string;
  readonly undated: boolean;
}

const MOST_NAMES = 8;

/** "Left out: Flood, Storm; place known to: Country only; undated incidents."; empty without filters. */
export function leftOut({ kinds, places, verifications, others = [], search = "", undated }: LeftOut): string {
  const found: string[] = [];
  if (kinds.length > 0) found.push(listed(kinds));
  if (places.length > 0) found.push(say("leftout.places", { names: listed(places) }));
  if (verifications.length > 0) found.push(say("leftout.verifications", { names: listed(verifications) }));
  for (const [facet, names] of others) if (names.length > 0) found.push(say("leftout.facet", { facet, names: some(names) }));
  if (search !== "") found.push(say("leftout.search", { text: search }));
  if (undated) found.push(say("leftout.undated"));
  return found.length === 0 ? "" : say("leftout.sentence", { clauses: clauses(found) });
}

function some(names: readonly string[]): string {
  const n = names.length - MOST_NAMES;
  return n > 1 ? say("joint.more", { names: listed(names.slice(0, MOST_NAMES)), n }) : listed(names);
}
