/** The lines that a choice of the reviewer becomes. */

import type { Line } from "./lines";
import { keyOf, pairLine } from "./lines";
import type { Candidate, Item, Report } from "./records";

/** Which rows a line speaks of: the report alone, or all that say the same place. */
function meant(report: Report, all: boolean): Line {
  if (!all || report.place_text === undefined) return { incident_id: report.id };
  return report.stated_country === undefined
    ? { place_text: report.place_text } : { place_text: report.place_text, stated_country: report.stated_country };
}

/** Questions that a place of the report answers: its own, and that of its text. */
export function placeKeys(report: Report): readonly [own: string, text: string] {
  return [keyOf(meant(report, false)), keyOf(meant(report, true))];
}

export function candidateLine(report: Report, candidate: Candidate, all: boolean): Line {
  const { place_id, name, lon, lat, uncertainty_m } = candidate;
  if (place_id !== undefined) return { ...meant(report, all), place: name, place_id };
  const radius: Line = uncertainty_m === undefined ? {} : { uncertainty_m: String(Math.round(uncertainty_m)) };
  return { ...meant(report, all), place: name, lon: String(lon), lat: String(lat), ...radius };
}

/** What the reviewer has typed; blanks are nothing. */
export interface Typed {
  readonly place: string;
  readonly country: string;
  readonly lon: string;
  readonly lat: string;
  readonly radius: string;
  readonly note: string;
}

export type Fault = "nothing" | "half" | "lon" | "lat" | "radius";

const MOST_RADIUS_M = 20_004_000;

function within(text: string, most: number): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) && Math.abs(Number(text)) <= most;
}

/** What is wrong with it; null where it is a place. */
export function faultOf({ place, lon, lat, radius }: Typed): Fault | null {
  if (lon === "" && lat === "") {
    if (place === "") return "nothing";
  } else if (lon === "" || lat === "") return "half";
  else if (!within(lon, 180)) return "lon";
  else if (!within(lat, 90)) return "lat";
  if (radius !== "" && !(within(radius, MOST_RADIUS_M) && Number(radius) > 0)) return "radius";
  return null;
}

export function typedLine(report: Report, typed: Typed, all: boolean): Line {
  const { radius, ...cells } = typed;
  const told = Object.entries({ ...cells, uncertainty_m: radius }).filter(([, text]) => text !== "");
  return { ...meant(report, all), ...Object.fromEntries(told) };
}

function idsOf(item: Item, reports: readonly Report[]): string[] {
  return item.reports.map((place) => reports[place]!.id);
}

/** The pairs that hold an item together: those that were compared, else each report with the first. */
export function mergeLines(item: Item, reports: readonly Report[]): Line[] {
  if (item.links !== undefined && item.links.length > 0) return item.links.map(({ a, b }) => pairLine("merge", a, b));
  const [first, ...others] = idsOf(item, reports);
  return others.map((id) => pairLine("merge", first!, id));
}

/** One report apart from all others of the item. */
export function splitLines(item: Item, reports: readonly Report[], apart: number): Line[] {
  const ids = idsOf(item, reports);
  return ids.filter((_, place) => place !== apart).map((id) => pairLine("split", ids[apart]!, id));
}

/** A place that stays as it is, or a pair that stays in doubt. */
export function seenLine(item: Item, reports: readonly Report[]): Line {
  const [first, second] = idsOf(item, reports);
  const line = { action: "seen", incident_id: first!, field: item.why };
  return item.why === "doubtful" ? { ...line, other_id: second! } : line;
}
