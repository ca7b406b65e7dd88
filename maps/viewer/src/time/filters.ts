/** What the reader has put off: values of kinds, places, verifications, actors, sources and countries, and what a search did not find. */

import type { IncidentSet } from "../data/incidents";
import type { NamedFacet } from "../data/facets";

export type Facet = "kind" | "precision" | "verification" | NamedFacet;
export const FACETS: readonly Facet[] = ["kind", "precision", "verification", "actor", "source", "country"];

/** What of a facet nobody sees before asking for it. */
export function hiddenAtFirst(facet: Facet): readonly string[] {
  return facet === "verification" ? ["withdrawn"] : [];
}

/** 1 for each row that a search has found. */
export type Found = (set: IncidentSet) => Uint8Array;

export abstract class Filters {
  /** Changes with the data and the filters, but not with the window. */
  filterVersion = 0;
  readonly #hidden = Object.fromEntries(FACETS.map((facet) => [facet, new Set(hiddenAtFirst(facet))])) as Record<Facet, Set<string>>;
  /** Values that are to be shown alone, also beside what comes later. */
  readonly #alone = new Map<Facet, string>();
  #found: Found | null = null;

  protected abstract filtersChanged(): void;

  /** What a search has found; null where none is under way. */
  get found(): Found | null {
    return this.#found;
  }

  /** Shows only what a search has found; null ends it. */
  showFound(found: Found | null): void {
    if (found === null && this.#found === null) return;
    this.#found = found;
    this.#changed();
  }

  isShown(facet: Facet, value: string): boolean {
    return !this.#hidden[facet].has(value);
  }

  toggle(facet: Facet, value: string): void {
    if (!this.#hidden[facet].delete(value)) this.#hidden[facet].add(value);
    this.#alone.delete(facet);
    this.#changed();
  }

  /** Shows one value of a facet alone; a second call on the same value shows what the page opened with. */
  isolate(facet: Facet, value: string, all: readonly string[]): void {
    const others = all.filter((each) => each !== value);
    const alone = this.isShown(facet, value) && others.every((each) => !this.isShown(facet, each));
    this.hide(facet, alone ? hiddenAtFirst(facet) : others);
    if (!alone) this.#alone.set(facet, value);
  }

  /** Hides what has come beside values that are to be shown alone. */
  protected keepAlone(present: (facet: Facet) => readonly string[]): void {
    for (const [facet, value] of this.#alone) this.#hidden[facet] = new Set(present(facet).filter((each) => each !== value));
  }

  /** Values that a facet hides, sorted. */
  hidden(facet: Facet): readonly string[] {
    return [...this.#hidden[facet]].sort();
  }

  hide(facet: Facet, values: readonly string[]): void {
    this.#hidden[facet] = new Set(values);
    this.#alone.delete(facet);
    this.#changed();
  }

  /** True where more is put off than what was withdrawn. */
  protected get anyHidden(): boolean {
    return this.#found !== null || FACETS.some((facet) =>
      [...this.#hidden[facet]].some((value) => !hiddenAtFirst(facet).includes(value)));
  }

  /** Takes every filter away, and with `all` also what is hidden at first. */
  protected showAll(all: boolean): void {
    this.filterVersion++;
    this.#alone.clear();
    for (const facet of FACETS) this.#hidden[facet] = new Set(all ? [] : hiddenAtFirst(facet));
    this.#found = null;
  }

  #changed(): void {
    this.filterVersion++;
    this.filtersChanged();
  }
}
