/** Which items are decided: in them, through another item, or by what was said of all reports of a place. */

import { mergeLines, placeKeys } from "./choices";
import { keyOf } from "./lines";
import type { Log } from "./log";
import type { Records } from "./records";

export class Progress {
  readonly #records: Records;
  readonly #log: Log;
  #done: ReadonlySet<number> = new Set();

  constructor(records: Records, log: Log) {
    [this.#records, this.#log] = [records, log];
  }

  isDone(item: number): boolean { return this.#done.has(item); }

  /** How many items are decided. */
  get done(): number { return this.#done.size; }

  refresh(): void {
    const done = new Set(this.#log.items());
    const groups = this.#groups();
    this.#records.items.forEach((item, number) => {
      const [report, other] = item.reports;
      if (other === undefined ? groups.has(this.#records.reports[report!]!.group) : this.#isSettled(number)) done.add(number);
    });
    this.#done = done;
  }

  /** Numbers of the places of which all reports were placed at once. */
  #groups(): ReadonlySet<number> {
    const placed = [...this.#log.items()].flatMap((item) => this.#records.items[item]!.reports.map((place) => this.#records.reports[place]!));
    return new Set(placed.filter((report) => this.#log.at(placeKeys(report)[1]) !== undefined && report.same > 1).map(({ group }) => group));
  }

  /** True where all pairs of an item were decided, in whichever item. */
  #isSettled(number: number): boolean {
    return mergeLines(this.#records.items[number]!, this.#records.reports).every((line) => this.#log.at(keyOf(line)) !== undefined);
  }
}
