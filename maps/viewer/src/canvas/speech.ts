/** Words about the incidents, outside the canvases: they follow the clock, but while a window moves not from picture to picture. */

import type { Clock } from "../time/clock";

/** While a window moves, it is spoken of at most so often; and at its end. */
const PAUSE_MS = 80;

export class Speech {
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #speakers = new Set<() => void>();
  /** What was last said: the version of the clock, that of its filters, and when. */
  #said = { version: -1, filters: -1, at: 0 };
  #timer = 0;

  /** `again` asks for a picture, before which there is something to say. */
  constructor(clock: Clock, again: () => void) {
    this.#clock = clock;
    this.#again = again;
  }

  add(speaker: () => void): void {
    this.#speakers.add(speaker);
  }

  /** All is said. */
  get done(): boolean {
    return this.#said.version === this.#clock.version;
  }

  /** Says what is new, or sees to it that it is said soon where only the window has moved. */
  speak(): void {
    if (this.done) return;
    const { version, filterVersion: filters } = this.#clock;
    const left = this.#said.at + PAUSE_MS - performance.now();
    if (filters === this.#said.filters && left > 0) {
      // A timer may ring a part of a millisecond early; then another one is set.
      if (this.#timer === 0) this.#timer = window.setTimeout(() => { this.#timer = 0; this.#again(); }, left);
      return;
    }
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#said = { version, filters, at: performance.now() };
    for (const speaker of this.#speakers) speaker();
  }
}
