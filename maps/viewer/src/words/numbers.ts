/** Numbers and lengths as text. */

export const NBSP = "\u00a0";

const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

export function count(value: number): string {
  return whole.format(value);
}

/** "1 incident", "2 incidents". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)}${NBSP}${value === 1 ? one : many}`;
}

/** Counts inside a donut: from 10,000 in thousands. */
export function shortCount(value: number): string {
  // A frame asks for a thousand of them, and the formatter is slow.
  if (value < 1000) return String(value);
  const thousands = Math.floor(value / 1000);
  return value < 10_000 ? `${thousands},${String(value % 1000).padStart(3, "0")}` : `${whole.format(thousands)}k`;
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

export function km(metres: number, rounding: Rounding = "nearest"): string {
  return oneDecimal.format(roundKm(metres, rounding));
}

/** "350 m", "1.5 km", "12 km". */
export function length(metres: number): string {
  if (metres < 1000) {
    const step = metres < 100 ? 1 : 10;
    const rounded = Math.max(1, Math.round(metres / step) * step);
    if (rounded < 1000) return `${count(rounded)}${NBSP}m`;
  }
  return `${km(metres)}${NBSP}km`;
}
