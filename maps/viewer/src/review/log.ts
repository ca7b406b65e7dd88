/** What the reviewer has decided, step by step, so that each step can be undone. */

import { keyOf, type Line } from "./lines";

/** A line, and in which item it was decided. */
interface Decision {
  readonly line: Line;
  readonly item: number;
}

interface Change {
  readonly key: string;
  readonly before: Decision | null;
  readonly after: Decision | null;
}

interface Step {
  readonly item: number;
  readonly changes: readonly Change[];
}

export class Log {
  readonly #decisions = new Map<string, Decision>();
  readonly #steps: Step[] = [];
  readonly #undone: Step[] = [];
  /** How many steps were done when the file was last saved. */
  #saved: Step | undefined = undefined;

  /** Lines decided here, in the order of the first decision on each. */
  get lines(): readonly Line[] {
    return [...this.#decisions.values()].map(({ line }) => line);
  }

  /** What has been decided on a question; undefined where nothing was. */
  at(key: string): Line | undefined {
    return this.#decisions.get(key)?.line;
  }

  /** Lines that would stand if these were decided too. */
  with(lines: readonly Line[]): Line[] {
    const found = new Map([...this.#decisions].map(([key, { line }]) => [key, line]));
    for (const line of lines) found.set(keyOf(line), line);
    return [...found.values()];
  }

  /** Decides in an item: lines that hold from now on, and keys of what holds no longer. */
  decide(item: number, lines: readonly Line[], dropped: readonly string[] = []): void {
    const gone = dropped.filter((key) => this.#decisions.has(key)).map((key) => ({ key, before: this.#decisions.get(key)!, after: null }));
    const made = lines.map((line) => {
      const key = keyOf(line);
      return { key, before: this.#decisions.get(key) ?? null, after: { line, item } };
    });
    const step = { item, changes: [...gone, ...made] };
    if (step.changes.length === 0) return;
    this.#undone.length = 0;
    this.#steps.push(step);
    for (const { key, after } of step.changes) this.#set(key, after);
  }

  /** Takes the last step back; the item that it was made in, or null. */
  undo(): number | null {
    const step = this.#steps.pop();
    if (step === undefined) return null;
    this.#undone.push(step);
    for (const { key, before } of step.changes.toReversed()) this.#set(key, before);
    return step.item;
  }

  redo(): number | null {
    const step = this.#undone.pop();
    if (step === undefined) return null;
    this.#steps.push(step);
    for (const { key, after } of step.changes) this.#set(key, after);
    return step.item;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  /** True while something has been decided, or taken back, since the file was last saved. */
  get unsaved(): boolean {
    return this.#steps.at(-1) !== this.#saved;
  }

  saved(): void {
    this.#saved = this.#steps.at(-1);
  }

  /** Lines decided in one item. */
  of(item: number): readonly Line[] {
    return [...this.#decisions.values()].filter((each) => each.item === item).map(({ line }) => line);
  }

  /** Items in which something is decided. */
  items(): ReadonlySet<number> {
    return new Set([...this.#decisions.values()].map(({ item }) => item));
  }

  #set(key: string, decision: Decision | null): void {
    if (decision === null) this.#decisions.delete(key);
    else this.#decisions.set(key, decision);
  }
}
