/** Which items are shown: those of the chosen reasons that hold all words of the search. */

import { fold } from "../search/fold";
import { type Item, type Records, type Report, type Why, WHYS } from "./records";

function wordsOf({ id, title, place_text, place, country, province, kind_label, sources, actors }: Report): string {
  const own = [id, title, place_text, place, country, province, kind_label];
  const others = [...sources.flatMap(({ publisher, quote }) => [publisher, quote]), ...actors.map(({ name }) => name)];
  return fold([...own, ...others].filter((text) => text !== undefined && text !== null).join("\n"));
}

export class Queue {
  readonly #records: Records;
  readonly #texts = new Map<number, string>();
  readonly counts: ReadonlyMap<Why, number>;
  /** Empty for all. */
  readonly chosen = new Set<Why>();
  /** Folded words of the search. */
  words: readonly string[] = [];
  onlyOpen = false;
  /** Numbers of the items shown. */
  shown: readonly number[] = [];

  constructor(records: Records) {
    this.#records = records;
    const counts = new Map<Why, number>();
    for (const { why } of records.items) counts.set(why, (counts.get(why) ?? 0) + 1);
    this.counts = counts;
  }

  /** Reasons that items of the page have. */
  get whys(): readonly Why[] {
    return WHYS.filter((why) => this.counts.has(why));
  }

  /** Lists anew; `keep` is shown although it is decided by now. */
  refresh(isDone: (item: number) => boolean, keep: number | null): void {
    this.shown = this.#records.items.flatMap((item, number) => (this.#shows(item, number, isDone, keep) ? [number] : []));
  }

  #shows(item: Item, number: number, isDone: (item: number) => boolean, keep: number | null): boolean {
    if (this.chosen.size > 0 && !this.chosen.has(item.why)) return false;
    if (this.onlyOpen && number !== keep && isDone(number)) return false;
    return this.words.length === 0 || this.words.every((word) => item.reports.some((report) => this.#text(report).includes(word)));
  }

  #text(report: number): string {
    let text = this.#texts.get(report);
    if (text === undefined) {
      text = wordsOf(this.#records.reports[report]!);
      this.#texts.set(report, text);
    }
    return text;
  }

  /** Places in the list at which a group begins. */
  get heads(): readonly { readonly place: number; readonly why: Why }[] {
    const { items } = this.#records;
    return this.shown.flatMap((number, place) => {
      const { why } = items[number]!;
      return place === 0 || items[this.shown[place - 1]!]!.why !== why ? [{ place, why }] : [];
    });
  }
}
