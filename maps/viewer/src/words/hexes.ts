/** What a map of hexagons says of itself. */

import { type HexFacts, type HexSums, NEITHER } from "../drawers/hexcells";
import { count, length, NBSP, plural } from "./numbers";

/** How sure each step towards hot or cold is, in per cent. */
const SURE = [95, 99, 99.9] as const;

/** "Hot, 99 % sure"; `loosest` is the greatest q of what is called hot or cold, where that is above the usual. */
export function hotspotLevel(level: number, loosest: number | null): string {
  if (level === NEITHER) return "neither";
  const step = Math.abs(level - NEITHER) - 1;
  const sure = step === 0 && loosest !== null ? Math.round(100 * (1 - loosest)) : SURE[step] ?? 0;
  return `${level > NEITHER ? "Hot" : "Cold"}, ${sure}${NBSP}% sure`;
}

function digits(value: number): string {
  return value.toLocaleString("en-GB", { maximumSignificantDigits: 2 });
}

/** "12 incidents", "Hot, 99 % sure (z 3.1, q 0.004); stays so in 83 % of the draws; 12 of 40 incidents shown". */
export function hexSentence(
  { count: all, level, z, q, share }: HexFacts, shown: number, judged: boolean, counted: boolean, loosest: number | null,
): string {
  const number = counted && all !== null && all !== shown ? `${count(shown)} of ${plural(all, "incident")} shown` : plural(shown, "incident");
  if (!judged) return number;
  const figures = [z === null ? null : `z${NBSP}${digits(z)}`, q === null ? null : q < 0.001 ? `q${NBSP}under${NBSP}0.001` : `q${NBSP}${digits(q)}`].filter((each) => each !== null);
  const parts = [
    `${level === NEITHER ? "Neither hot nor cold" : hotspotLevel(level, loosest)}${figures.length === 0 ? "" : ` (${figures.join(", ")})`}`,
    share === null || level === NEITHER ? null : `stays so in ${count(100 * share)}${NBSP}% of the draws`,
    number,
  ];
  return parts.filter((part) => part !== null).join("; ");
}

function sized(meta: Readonly<Record<string, unknown>>): string[] {
  const width = meta["width_m"];
  return typeof width === "number" ? [`Hexagons are about ${length(width)} wide.`] : [];
}

function leftOut(coarse: number): string[] {
  return coarse > 0 ? [`${count(coarse)} not known well enough for these hexagons: left out.`] : [];
}

/** What counts leave out, or that they do not follow the clock. */
export function hexNotes(meta: Readonly<Record<string, unknown>>, found: HexSums | null): string[] {
  if (found === null) return [...sized(meta), "Counts of all dates: they do not follow the window."];
  return [`${count(found.counted)} of ${count(found.shown)} are counted here.`, ...sized(meta), ...leftOut(found.coarse)];
}

/** What hot and cold rest on: all dates, whatever the window shows. */
export function hotspotNotes(meta: Readonly<Record<string, unknown>>, found: HexSums | null): string[] {
  const total = meta["total"];
  const from = typeof total === "number" && total > 0 ? `the ${plural(total, "incident")} of all dates` : "all dates";
  const coarse = meta["coarse"];
  return [
    `Getis–Ord Gi*, from ${from}: the window does not change the colours.`,
    "Sure: by the share of false discoveries, q.",
    ...(found === null ? [] : [`${count(found.counted)} of ${count(found.shown)} shown lie in these hexagons.`]),
    ...sized(meta), ...leftOut(typeof coarse === "number" ? coarse : 0),
  ];
}
