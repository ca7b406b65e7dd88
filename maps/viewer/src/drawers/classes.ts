/** Round classes for a map of counts or rates: few, and with limits that are easy to say. */

import { LOCALE, say } from "../words/catalogue";

export const CLASS_COUNT = 5;

/** Powers of ten times 1, 2 and 5, downwards from a value. */
function* roundBelow(value: number): Generator<number> {
  let power = 10 ** Math.floor(Math.log10(value));
  for (;;) {
    // Divided, not multiplied by 0.1 and the like, so that 0.2 reads as 0.2.
    for (const step of [5, 2, 1]) {
      const round = power >= 1 ? step * power : step / Math.round(1 / power);
      if (round <= value * (1 + 1e-12)) yield round;
    }
    power /= 10;
  }
}

/**
 * The least value of each class, rising; at most five classes.
 *
 * The upper four begin at 1, 2 or 5 times a power of ten; the first one begins at `least`.
 */
export function roundClasses(largest: number, least: number, whole: boolean): readonly number[] {
  if (!(largest > 0)) return [least];
  if (whole && largest - least < CLASS_COUNT) {
    return Array.from({ length: Math.max(1, largest - least + 1) }, (_, i) => least + i);
  }
  const limits: number[] = [];
  for (const round of roundBelow(largest)) {
    if (limits.length === CLASS_COUNT - 1 || round <= least || (whole && round < 1)) break;
    limits.unshift(round);
  }
  return [least, ...limits];
}

/** So many round numbers in a row up to a value; the first is the least that has a class. */
export function roundLimits(largest: number, size: number): readonly number[] {
  const limits: number[] = [];
  if (largest > 0) for (const round of roundBelow(largest)) if (limits.unshift(round) === size) break;
  return limits;
}

/** Which class a value falls into; -1 below the first one. */
export function classOf(limits: readonly number[], value: number): number {
  return limits.findLastIndex((limit) => value >= limit);
}

/** "5–9", "50 or more", "under 0.2": what the classes say. */
export function classNames(limits: readonly number[], whole: boolean): readonly string[] {
  const number = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 6 });
  return limits.map((limit, i) => {
    const next = limits[i + 1];
    const from = number.format(limit);
    if (next === undefined) return whole && limits.length === 1 ? from : say("range.more", { from });
    if (!whole) return limit === 0 ? say("range.under", { to: number.format(next) }) : say("range.to", { from, to: number.format(next) });
    return next - 1 === limit ? from : say("range.dash", { from, to: number.format(next - 1) });
  });
}
