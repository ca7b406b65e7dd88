/**
 * The window, the filters and the selection that all incident layers of one map share.
 *
 * A layer follows the clock by being drawn: the scene redraws the surfaces "summary" and "top" after every change, and
 * the layer reads `rows`, `slots` and `window` anew. What it sums up it may keep as long as `version` stays the same.
 * Parts of the page outside the canvases listen with `on`.
 */

import { kindCounts } from "./census";
import { type Facet, Filters } from "./filters";
import { namedColumns } from "../data/facets";
import type { IncidentSet } from "../data/incidents";
import { type KindPlan, OTHER_SLOT, planKinds } from "../data/kinds";
import { PRECISION_CLASSES } from "../data/precision";
import { emptyTally, extentOf, Member, type Tally, type Window } from "./tally";

/** One incident: its set and its row there. */
export interface Ref {
  readonly set: IncidentSet;
  readonly row: number;
}

/** "filter" stands for the window too; "size" for how large marks are drawn. */
export type Change = "data" | "filter" | "select" | "hover" | "size";

export function sameRef(a: Ref | null, b: Ref | null): boolean {
  return a === b || (a !== null && b !== null && a.set === b.set && a.row === b.row);
}

export class Clock extends Filters {
  plan: KindPlan = { entries: [], slotOf: new Map() };
  /** First and last day of the data; null where no incident has a date. */
  extent: Window | null = null;
  selected: Ref | null = null;
  hovered: Ref | null = null;
  undatedShown = true;
  /** Rises with every change of the data, the window or the filters. */
  version = 0;
  /** True while marks are as large as their incidents are deadly. */
  sizedByToll = false;
  /** In a comparison: in words, what the count stands beside. */
  aside: ((asSentence?: boolean) => string) | null = null;
  /** The largest value that the colours of a layer must reach to: in a comparison that of both halves. */
  scale: (layer: string, largest: number) => number = (_, largest) => largest;
  readonly #listeners = new Map<Change, Set<() => void>>();
  #members: Member[] = [];
  #window: Window | null = null;
  #present: Partial<Record<Facet, readonly string[]>> = {};
  #tally: Tally | null = null;
  #filteredAt = -1;

  on(change: Change, listener: () => void): void {
    const listeners = this.#listeners.get(change) ?? new Set();
    this.#listeners.set(change, listeners.add(listener));
  }

  off(change: Change, listener: () => void): void {
    this.#listeners.get(change)?.delete(listener);
  }

  get sets(): readonly IncidentSet[] {
    return this.#members.map(({ set }) => set);
  }

  get total(): number {
    return this.#members.reduce((sum, { set }) => sum + set.total, 0);
  }

  /** The window in force: the chosen one, or all dates. */
  get window(): Window | null {
    return this.#window ?? this.extent;
  }

  /** Incidents without a date that pass the filters, whether they are shown or not. */
  get undated(): number {
    this.tally();
    return this.#members.reduce((sum, member) => sum + member.undatedPassing(), 0);
  }

  /** Those of them that are shown and counted, although no window holds them. */
  get undatedShownCount(): number {
    return this.undatedShown ? this.undated : 0;
  }

  get showsAllDates(): boolean {
    return this.#window === null;
  }

  add(set: IncidentSet): void {
    if (this.#members.some((member) => member.set === set)) return;
    this.#replaceSets([...this.sets, set]);
  }

  remove(set: IncidentSet): void {
    if (this.selected?.set === set) this.select(null);
    if (this.hovered?.set === set) this.hover(null);
    this.#replaceSets(this.sets.filter((each) => each !== set));
  }

  setWindow(start: number, end: number): void {
    if (this.extent === null) return;
    const [first, last] = this.extent;
    const from = Math.max(first, Math.min(last, Math.round(Math.min(start, end))));
    const to = Math.max(from, Math.min(last, Math.round(Math.max(start, end))));
    this.#window = from === first && to === last ? null : [from, to];
    this.#changed("filter");
  }

  showAllDates(): void {
    this.#window = null;
    this.#changed("filter");
  }

  showUndated(shown: boolean): void {
    if (this.undatedShown === shown) return;
    this.undatedShown = shown;
    this.#changed("filter");
  }

  get isFiltered(): boolean {
    return this.anyHidden || this.#window !== null || !this.undatedShown;
  }

  /** The values of a facet that occur, whatever is filtered. */
  present(facet: Facet): readonly string[] {
    return this.#present[facet] ?? [];
  }

  /** Shows what the page opened with; where that is so already, everything. */
  clearFilters(): void {
    this.showAll(!this.isFiltered);
    this.#window = null;
    this.undatedShown = true;
    this.#changed("filter");
  }

  sizeByToll(on: boolean): void {
    if (this.sizedByToll === on) return;
    this.sizedByToll = on;
    this.#emit("size");
  }

  select(ref: Ref | null): void {
    if (sameRef(this.selected, ref)) return;
    this.selected = ref;
    this.#emit("select");
  }

  hover(ref: Ref | null): void {
    if (sameRef(this.hovered, ref)) return;
    this.hovered = ref;
    this.#emit("hover");
  }

  /** The selected incident where it is drawn: of a comparison, only in the half whose window holds it. */
  get marked(): Ref | null {
    const { selected } = this;
    return selected === null || this.aside === null || this.rows(selected.set).includes(selected.row) ? selected : null;
  }

  /** The rows of a set that pass the window and all filters, in time order. */
  rows(set: IncidentSet): Int32Array {
    this.tally();
    return this.#members.find((member) => member.set === set)?.rows ?? new Int32Array(0);
  }

  /** The dated rows of a set that pass all filters, whatever the window. */
  passing(set: IncidentSet): Int32Array {
    this.tally();
    return this.#members.find((member) => member.set === set)?.dated ?? new Int32Array(0);
  }

  /** Those of `rows` that are known to no spot or vicinity. */
  broadRows(set: IncidentSet): Int32Array {
    this.tally();
    return this.#members.find((member) => member.set === set)?.broad ?? new Int32Array(0);
  }

  /** All visible incidents in order, without making them all: how many, and the one at a place. */
  order(): { readonly size: number; at: (place: number) => Ref | null; indexOf: (ref: Ref) => number } {
    const lists = this.#members.map(({ set }) => ({ set, rows: this.rows(set) }));
    return {
      size: lists.reduce((sum, { rows }) => sum + rows.length, 0),
      at: (place) => {
        let left = place;
        for (const { set, rows } of lists) {
          const row = left < 0 ? undefined : rows[left];
          if (row !== undefined) return { set, row };
          left -= rows.length;
        }
        return null;
      },
      indexOf: ({ set, row }) => {
        let before = 0;
        for (const list of lists) {
          if (list.set === set) {
            const index = list.rows.indexOf(row);
            return index < 0 ? -1 : before + index;
          }
          before += list.rows.length;
        }
        return -1;
      },
    };
  }

  /** The incident that passes the filters and is nearest in time to a window; null where none has a date. */
  nearest([start, end]: Window): Ref | null {
    this.tally();
    let [found, least]: [Ref | null, number] = [null, Infinity];
    for (const member of this.#members) {
      for (const row of member.beside(start, end)) {
        const away = Math.max(member.set.start[row]! - end, start - member.set.lastDay(row));
        if (away < least) [found, least] = [{ set: member.set, row }, away];
      }
    }
    return found;
  }

  slot({ set, row }: Ref): number {
    return this.#members.find((member) => member.set === set)?.slots[row] ?? OTHER_SLOT;
  }

  slots(set: IncidentSet): Uint8Array {
    return this.#members.find((member) => member.set === set)?.slots ?? new Uint8Array(0);
  }

  tally(): Tally {
    return (this.#tally ??= this.#count());
  }

  #count(): Tally {
    const tally = emptyTally();
    const isShown = this.isShown.bind(this);
    for (const member of this.#members) {
      if (this.#filteredAt !== this.filterVersion) member.filter(isShown, this.found?.(member.set) ?? null);
      member.choose(this.window, this.undatedShown, isShown, tally);
    }
    this.#filteredAt = this.filterVersion;
    return tally;
  }

  #replaceSets(sets: readonly IncidentSet[]): void {
    const counts = new Map<string, number>();
    const labels = new Map<string, string>();
    for (const set of sets) {
      for (const [kind, label] of set.kindLabels) labels.set(kind, label);
      kindCounts(set).forEach((number, code) => {
        const kind = set.kind.values[code] ?? "other";
        if (number > 0) counts.set(kind, (counts.get(kind) ?? 0) + number);
      });
    }
    this.plan = planKinds(counts, labels);
    const columns = namedColumns(sets);
    this.#members = sets.map((set, i) => {
      const slotOf = set.kind.values.map((kind) => this.plan.slotOf.get(kind ?? "other") ?? OTHER_SLOT);
      const { codes } = set.kind;
      const slots = new Uint8Array(set.size);
      for (let row = 0; row < set.size; row++) slots[row] = slotOf[codes[row]!] ?? OTHER_SLOT;
      return new Member(set, slots, columns[i]!);
    });
    this.extent = extentOf(sets);
    this.filterVersion++;
    this.#present = {
      kind: this.plan.entries.map(({ slot }) => String(slot)),
      precision: PRECISION_CLASSES.filter((_, i) => sets.some((set) => set.precisionClass.includes(i))),
      verification: [...new Set(sets.flatMap(({ verifications }) => verifications))].sort(),
      ...Object.fromEntries((columns[0] ?? []).map(({ facet, values }) => [facet, values])),
    };
    this.keepAlone((facet) => this.present(facet));
    this.dataChanged();
  }

  /** Tells of the data, also those who came after it. */
  dataChanged(): void {
    this.#changed("data");
    this.#emit("filter");
  }

  protected override filtersChanged(): void {
    this.#changed("filter");
  }

  #changed(change: Change): void {
    this.#tally = null;
    this.version++;
    this.#emit(change);
  }

  #emit(change: Change): void {
    for (const listener of [...(this.#listeners.get(change) ?? [])]) listener();
  }
}
