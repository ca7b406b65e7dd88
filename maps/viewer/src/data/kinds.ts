/** Which colour slot each kind takes on one map. */

import { say } from "../words/catalogue";
import { lookUp } from "./lookup";

const HOME_SLOT: Readonly<Record<string, number>> = {
  battle: 0, explosion: 1, violence_against_civilians: 2, protest: 3, riot: 3, strategic: 4, storm: 4,
  crime: 5, earthquake: 5, accident: 6, fire: 6, flood: 7, disease: 7,
};

/** The neutral slot of "other" and of every kind that finds no slot of its own. */
export const OTHER_SLOT = 8;

/** One row of the legend and of the kind filter. */
export interface KindEntry {
  readonly slot: number;
  readonly label: string;
  /** The kinds of this row: one, or several folded into the neutral row. */
  readonly kinds: readonly string[];
  /** What those kinds are called. */
  readonly names: readonly string[];
  /** True where the kind lends a slot because another kind of the map has its own. */
  readonly borrowed: boolean;
}

export interface KindPlan {
  readonly entries: readonly KindEntry[];
  readonly slotOf: ReadonlyMap<string, number>;
}

function nearestFree(home: number, taken: ReadonlySet<number>): number {
  for (let step = 1; step < OTHER_SLOT; step++) {
    if (home + step < OTHER_SLOT && !taken.has(home + step)) return home + step;
    if (home - step >= 0 && !taken.has(home - step)) return home - step;
  }
  return OTHER_SLOT;
}

/** Gives each kind its home slot; of two that share one, the rarer moves to the nearest free slot. */
export function planKinds(counts: ReadonlyMap<string, number>, labels: ReadonlyMap<string, string>): KindPlan {
  const ordered = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  const slotOf = new Map<string, number>();
  const taken = new Set<number>();
  for (const kind of ordered) {
    const home = lookUp(HOME_SLOT, kind);
    if (home === undefined) slotOf.set(kind, OTHER_SLOT);
    else if (!taken.has(home)) {
      slotOf.set(kind, home);
      taken.add(home);
    }
  }
  const borrowed = new Set<string>();
  for (const kind of ordered.filter((each) => !slotOf.has(each))) {
    const slot = nearestFree(lookUp(HOME_SLOT, kind)!, taken);
    slotOf.set(kind, slot);
    taken.add(slot);
    if (slot !== OTHER_SLOT) borrowed.add(kind);
  }
  const labelOf = (kind: string): string => labels.get(kind) ?? kind.replaceAll("_", " ");
  const entries: KindEntry[] = [];
  for (let slot = 0; slot <= OTHER_SLOT; slot++) {
    const kinds = ordered.filter((kind) => slotOf.get(kind) === slot);
    if (kinds.length === 0) continue;
    const names = kinds.map(labelOf);
    const label = names.length === 1 ? names[0]! : say("kind.other");
    entries.push({ slot, label, kinds, names, borrowed: kinds.some((kind) => borrowed.has(kind)) });
  }
  return { entries, slotOf };
}
