/** Numbers and lengths as text. */

import { LOCALE, say, whole } from "./catalogue";

export const NBSP = "\u00a0";

const oneDecimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 2 });
/** Whether a small number is written as JavaScript does. */
const ownDigits = whole.format(1234567890) !== "1,234,567,890";

export function count(value: number): string {
  return whole.format(value);
}

/** "2.4": about as exact as such a number can be. */
export function digits(value: number): string {
  return twoDigits.format(value);
}

/** "45 %" of a share of 0.45. */
export function percent(share: number): string {
  return say("unit.percent", { value: Math.round(100 * share) });
}

/** Counts inside a donut: from 10,000 in thousands. */
export function shortCount(value: number): string {
  if (ownDigits) return value < 10_000 ? count(value) : say("count.thousands", { value: Math.floor(value / 1000) });
  // A frame asks for a thousand of them, and the formatter is slow.
  if (value < 1000) return String(value);
  const thousands = Math.floor(value / 1000);
  return value < 10_000
    ? `${thousands},${String(value % 1000).padStart(3, "0")}` : say("count.thousands", { value: thousands });
}

export type Rounding = "nearest" | "down" | "up";

/** Kilometres as a number with the digits that a reader should see: one decimal below 10, else none. */
export function roundKm(metres: number, rounding: Rounding = "nearest"): number {
  const km = metres / 1000;
  const scale = km < 10 ? 10 : 1;
  // A hair of tolerance, so that 2.8 stored as a 32-bit float does not round up to 2.9.
  const scaled = km * scale;
  if (rounding === "up") return Math.ceil(scaled - 1e-4) / scale;
  if (rounding === "down") return Math.floor(scaled + 1e-4) / scale;
  return Math.round(scaled) / scale;
}

/** A number of kilometres, without their unit. */
export function km(metres: number, rounding: Rounding = "nearest"): string {
  return oneDecimal.format(roundKm(metres, rounding));
}

/** "350 m", "1.5 km", "12 km". */
export function length(metres: number): string {
  if (metres < 1000) {
    const step = metres < 100 ? 1 : 10;
    const rounded = Math.max(1, Math.round(metres / step) * step);
    if (rounded < 1000) return say("unit.m", { value: rounded });
  }
  return say("unit.km", { value: km(metres) });
}

/** "174 incidents". */
export function incidents(n: number): string {
  return say("count.incidents", { n });
}

export function days(n: number): string {
  return say("count.days", { n });
}
