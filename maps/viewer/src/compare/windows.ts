/** Which window another one is compared with, and the words for both. Pure. */

import { shift, startOf, type Unit } from "../data/civil";
import type { Window } from "../time/tally";
import { type Key, say } from "../words/catalogue";
import { count } from "../words/numbers";

/** The two windows that a comparison begins with: the reader's own, and the one before it. */
export function beginning([start, end]: Window, [first, last]: Window): readonly [own: Window, other: Window] {
  const all = last - first + 1;
  if (end - start + 1 > all / 2) {
    // Nothing as long is left beside it: the later half of all days against the half before.
    const half = Math.max(1, Math.floor(all / 2));
    return [[last - half + 1, last], [last - 2 * half + 1, last - half]];
  }
  const own: Window = [start, end];
  const before = besides(own, -1);
  if (before[0] >= first) return [own, before];
  const after = besides(own, 1);
  return [own, after[1] <= last ? after : start - first > last - end ? [first, start - 1] : [end + 1, last]];
}

/** The window as long as this one just before or after it: so many months where it holds whole months. */
function besides([start, end]: Window, way: -1 | 1): Window {
  const unit: Unit = startOf("month", start) === start && startOf("month", end + 1) === end + 1 ? "month" : "day";
  let units = 0;
  while (shift(unit, start, units) <= end) units++;
  return way < 0 ? [shift(unit, start, -units), start - 1] : [end + 1, shift(unit, end + 1, units) - 1];
}

/** "31, before 18": the counts of two windows in the order of time. */
export function countWords(own: number, [start, end]: Window, other: number, [from, to]: Window): string {
  const key: Key = to < start ? "compare.before" : from > end ? "compare.after" : "compare.other";
  return say(key, { own: count(own), other: count(other) });
}
