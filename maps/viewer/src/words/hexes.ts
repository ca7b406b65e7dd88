/** What a map of hexagons says of itself. */

import { type HexFacts, type HexSums, NEITHER } from "../drawers/hexcells";
import { clauses, listed, say } from "./catalogue";
import { digits, incidents, length, percent } from "./numbers";

/** How sure each step towards hot or cold is, in per cent. */
const SURE = [95, 99, 99.9] as const;

/** "Hot, 99 % sure"; `loosest` is the greatest q of what is called hot or cold, where that is above the usual. */
export function hotspotLevel(level: number, loosest: number | null): string {
  if (level === NEITHER) return say("hex.neither");
  const step = Math.abs(level - NEITHER) - 1;
  const sure = step === 0 && loosest !== null ? Math.round(100 * (1 - loosest)) : SURE[step] ?? 0;
  return say(level > NEITHER ? "hex.hot" : "hex.cold", { share: say("unit.percent", { value: String(sure) }) });
}

/** "12 incidents", "Hot, 99 % sure (z 3.1, q 0.004); stays so in 83 % of the draws; 12 of 40 incidents shown". */
export function hexSentence(
  { count: all, level, z, q, share }: HexFacts, shown: number, judged: boolean, counted: boolean, loosest: number | null,
): string {
  const number = counted && all !== null && all !== shown ? say("hex.shown", { shown, n: all }) : incidents(shown);
  if (!judged) return number;
  const figures = [
    ...(z === null ? [] : [say("hex.z", { value: digits(z) })]),
    ...(q === null ? [] : [q < 0.001 ? say("hex.q.tiny") : say("hex.q", { value: digits(q) })]),
  ];
  const name = level === NEITHER ? say("hex.neither.says") : hotspotLevel(level, loosest);
  return clauses([
    figures.length === 0 ? name : say("hex.figures", { level: name, figures: listed(figures) }),
    ...(share === null || level === NEITHER ? [] : [say("hex.share", { share: percent(share) })]),
    number,
  ]);
}

function sized(meta: Readonly<Record<string, unknown>>): string[] {
  const width = meta["width_m"];
  return typeof width === "number" ? [say("hex.width", { width: length(width) })] : [];
}

function leftOut(n: number): string[] {
  return n > 0 ? [say("hex.coarse", { n })] : [];
}

/** What counts leave out, or that they do not follow the clock. */
export function hexNotes(meta: Readonly<Record<string, unknown>>, found: HexSums | null): string[] {
  if (found === null) return [...sized(meta), say("hex.still")];
  const { counted, shown, coarse } = found;
  return [say("area.counted", { counted, shown }), ...sized(meta), ...leftOut(coarse)];
}

/** What hot and cold rest on: all dates, whatever the window shows. */
export function hotspotNotes(meta: Readonly<Record<string, unknown>>, found: HexSums | null): string[] {
  const total = meta["total"];
  const coarse = meta["coarse"];
  return [
    typeof total === "number" && total > 0 ? say("hex.method", { n: total }) : say("hex.method.all"),
    say("hex.sure"),
    ...(found === null ? [] : [say("hex.inside", { counted: found.counted, shown: found.shown })]),
    ...sized(meta), ...leftOut(typeof coarse === "number" ? coarse : 0),
  ];
}
