/** The window, the filters and the selection that all incident layers of one map share. */

import type { IncidentSet } from "./incidents";
import { type KindPlan, OTHER_SLOT, planKinds } from "./kinds";
import { PRECISION_CLASSES } from "./precision";
import { countRows, emptyTally, extentOf, type Facet, type Tally, verificationNames, type Window } from "./tally";

/** One incident: its set and its row there. */
export interface Ref {
  readonly set: IncidentSet;
  readonly row: number;
}

export type Change = "data" | "filter" | "select" | "hover";

interface Member {
  readonly set: IncidentSet;
  readonly slot: Uint8Array;
  rows: Int32Array;
}

export function sameRef(a: Ref | null, b: Ref | null): boolean {
  return a === b || (a !== null && b !== null && a.set === b.set && a.row === b.row);
}

export class Clock {
  plan: KindPlan = { entries: [], slotOf: new Map() };
  /** First and last day of the data; null where no incident has a date. */
  extent: Window | null = null;
  selected: Ref | null = null;
  hovered: Ref | null = null;
  undatedShown = true;
  /** Changes with the data and the filters, but not with the window. */
  filterVersion = 0;
  readonly #hidden: Record<Facet, Set<string>> = { kind: new Set(), precision: new Set(), verification: new Set() };
  readonly #listeners = new Map<Change, Set<() => void>>();
  #members: Member[] = [];
  #window: Window | null = null;
  #present = { precision: [] as readonly string[], verification: [] as readonly string[] };
  #tally: Tally | null = null;

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
    return this.#members.reduce((sum, { set }) => sum + set.size, 0);
  }

  /** The window in force: the chosen one, or all dates. */
  get window(): Window | null {
    return this.#window ?? this.extent;
  }

  get showsAllDates(): boolean {
    return this.#window === null;
  }

  add(set: IncidentSet): void {
    if (this.#members.some((member) => member.set === set)) return;
    if (set.verification.values.includes("withdrawn")) this.#hidden.verification.add("withdrawn");
    this.#replaceSets([...this.sets, set]);
  }

  remove(set: IncidentSet): void {
    if (this.selected?.set === set) this.selected = null;
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

  isShown(facet: Facet, value: string): boolean {
    return !this.#hidden[facet].has(value);
  }

  toggle(facet: Facet, value: string): void {
    if (!this.#hidden[facet].delete(value)) this.#hidden[facet].add(value);
    this.filterVersion++;
    this.#changed("filter");
  }

  /** Shows one value of a facet alone; a second call on the same value shows all again. */
  isolate(facet: Facet, value: string, all: readonly string[]): void {
    const others = all.filter((each) => each !== value);
    const alone = this.isShown(facet, value) && others.every((each) => !this.isShown(facet, each));
    this.#hidden[facet] = new Set(alone ? [] : others);
    this.filterVersion++;
    this.#changed("filter");
  }

  get isFiltered(): boolean {
    const hidden = Object.entries(this.#hidden).some(([facet, values]) =>
      [...values].some((value) => !(facet === "verification" && value === "withdrawn")),
    );
    return hidden || this.#window !== null || !this.undatedShown;
  }

  /** The values of a facet that occur, whatever is filtered. */
  present(facet: "precision" | "verification"): readonly string[] {
    return facet === "precision" ? this.#present.precision : this.#present.verification;
  }

  clearFilters(): void {
    this.filterVersion++;
    this.#hidden.kind.clear();
    this.#hidden.precision.clear();
    this.#hidden.verification.clear();
    this.#window = null;
    this.undatedShown = true;
    this.#changed("filter");
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

  /** The rows of a set that pass the window and all filters, in time order. */
  rows(set: IncidentSet): Int32Array {
    this.tally();
    return this.#members.find((member) => member.set === set)?.rows ?? new Int32Array(0);
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

  slot({ set, row }: Ref): number {
    return this.#members.find((member) => member.set === set)?.slot[row] ?? OTHER_SLOT;
  }

  slots(set: IncidentSet): Uint8Array {
    return this.#members.find((member) => member.set === set)?.slot ?? new Uint8Array(0);
  }

  tally(): Tally {
    this.#tally ??= this.#count();
    return this.#tally;
  }

  #count(): Tally {
    const tally = emptyTally();
    for (const member of this.#members) {
      member.rows = countRows(member.set, member.slot, this.window, this.undatedShown, (facet, value) => this.isShown(facet, value), tally);
      tally.visible += member.rows.length;
    }
    return tally;
  }

  #replaceSets(sets: readonly IncidentSet[]): void {
    const counts = new Map<string, number>();
    const labels = new Map<string, string>();
    for (const set of sets) {
      for (const [kind, label] of set.kindLabels) labels.set(kind, label);
      for (let row = 0; row < set.size; row++) {
        const kind = set.word(set.kind, row) ?? "other";
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }
    this.plan = planKinds(counts, labels);
    this.#members = sets.map((set) => {
      const slots = set.kind.values.map((kind) => this.plan.slotOf.get(kind ?? "other") ?? OTHER_SLOT);
      const slot = new Uint8Array(set.size);
      for (let row = 0; row < set.size; row++) slot[row] = slots[set.kind.codes[row]!] ?? OTHER_SLOT;
      return { set, slot, rows: new Int32Array(0) };
    });
    this.extent = extentOf(sets);
    this.filterVersion++;
    this.#present = {
      precision: PRECISION_CLASSES.filter((_, i) => sets.some((set) => set.precisionClass.includes(i))),
      verification: [...new Set(sets.flatMap(verificationNames))].sort(),
    };
    this.#changed("data");
    this.#emit("filter");
  }

  #changed(change: Change): void {
    this.#tally = null;
    this.#emit(change);
  }

  #emit(change: Change): void {
    for (const listener of [...(this.#listeners.get(change) ?? [])]) listener();
  }
}
