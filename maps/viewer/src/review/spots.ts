/** What the map of an item shows. */

import { hasDisc } from "../words/places";
import { candidateLine } from "./choices";
import type { Line } from "./lines";
import type { Spot } from "./placemap";
import type { Report } from "./records";

/** The candidate that a line chooses; -1 for none. */
export function chosenOf(report: Report, line: Line | undefined): number {
  if (line === undefined) return -1;
  return report.candidates.findIndex((each) => {
    const { place_id, lon, lat } = candidateLine(report, each, false);
    return place_id === undefined ? lon === line["lon"] && lat === line["lat"] : place_id === line["place_id"];
  });
}

/** The reports of an item by their numbers; of a single one its candidates, what was typed, and where it lies now. */
export function spotsOf(
  reports: readonly Report[], { active, chosen, placed }: { active: number; chosen: number; placed: Line | undefined }, pick: (place: number) => void,
): Spot[] {
  const several = reports.length > 1;
  const lies = reports.flatMap(({ lon, lat, uncertainty_m, precision }, place) => (lon === undefined || lat === undefined ? [] : [{
    lon, lat, radiusM: hasDisc(precision ?? null) ? (uncertainty_m ?? null) : null, label: several ? String(place + 1) : "", chosen: several && place === active,
    act: several ? (): void => { pick(place); } : null,
  }]));
  if (several) return lies;
  const could = (reports[0]?.candidates ?? []).map(({ lon, lat, uncertainty_m, is }, place) => ({
    lon, lat, radiusM: is === "country" || is === "admin1" ? null : (uncertainty_m ?? null), label: String(place + 1), chosen: place === chosen, act: () => { pick(place); },
  }));
  return [...(chosen < 0 ? typed(placed) : []), ...could, ...lies];
}

function typed(line: Line | undefined): Spot[] {
  if (line?.["lon"] === undefined || line["lat"] === undefined) return [];
  const radiusM = Number(line["uncertainty_m"] ?? 0) || null;
  return [{ lon: Number(line["lon"]), lat: Number(line["lat"]), radiusM, label: "✓", chosen: true, act: null }];
}
