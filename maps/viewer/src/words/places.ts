/** Where an incident lies and how sure that is, as text. */

import { named, say, type Tell } from "./catalogue";
import { length } from "./numbers";

export interface PlaceFacts {
  readonly precision: string | null;
  /** In metres; null where nothing is known. */
  readonly uncertaintyM: number | null;
  readonly place: string | null;
  readonly placeText: string | null;
  readonly province: string | null;
  readonly country: string | null;
  readonly placed: boolean;
}

function provinceWord<T>(province: string, tell: Tell<T>): string | T {
  return /province|governorate|district|region|state|county|محافظة|ولاية|مقاطعة|إقليم|منطقة/i.test(province) ? province : tell("place.province", { name: province });
}

/** "near the Syrian border" holds its preposition already. */
const SAYS_WHERE = /^(?:near|along|around|close to|between|in|on|at|by|from|off|north|south|east|west)\b/i;

function somewhere<T>(key: "place.near" | "place.along", name: string, tell: Tell<T>): T {
  return SAYS_WHERE.test(name) ? tell("place.said", { text: name }) : tell(key, { name });
}

/** "Near Rukban". */
function around<T>({ precision, place, placeText, province }: PlaceFacts, tell: Tell<T>): string | T {
  const name = place ?? placeText;
  switch (precision) {
    case "exact":
      return say("place.exact");
    case "site":
      return say("place.site");
    case "settlement":
      return say("place.settlement");
    case "vicinity":
      return name === null ? say("place.vicinity") : somewhere("place.near", name, tell);
    case "line":
      return name === null ? say("place.line") : somewhere("place.along", name, tell);
    case "water":
      return name === null ? say("place.water") : tell("place.water.name", { name });
    case "admin2":
      return name === null ? say("place.district") : tell("place.somewhere", { name });
    case "admin1": {
      const area = province ?? name;
      return area === null ? say("place.someprovince") : tell("place.somewhere", { name: provinceWord(area, tell) });
    }
    default:
      return say("place.placed");
  }
}

/** "A site, within 1 km", "Somewhere in Anbar province". */
export function howSure<T>(facts: PlaceFacts, tell: Tell<T>): string | T {
  const { precision, uncertaintyM, country } = facts;
  if (precision === "country") return country === null ? say("place.country") : tell("place.somewhere", { name: country });
  if (!facts.placed) return say("place.unplaced");
  const place = around(facts, tell);
  // An area has its own shape, and no radius.
  if (uncertaintyM === null || precision === "admin1" || precision === "admin2") return place;
  return tell("place.within", { place, distance: length(uncertaintyM) });
}

/** True where the uncertainty is a disc round the point, and not an area of its own shape. */
export function hasDisc(precision: string | null): boolean {
  return precision !== null && ["exact", "site", "settlement", "vicinity", "line", "water"].includes(precision);
}

export function probability(ground: "circle" | "area"): string {
  return say(ground === "circle" ? "place.probability.circle" : "place.probability.area");
}

/** "Tower 22", "Mafraq", "Jordan": each name once, from the smallest to the largest; at least one text. */
export function placeNames(facts: PlaceFacts): readonly string[] {
  const names: string[] = [];
  const own = facts.place ?? facts.placeText;
  // An area may have its name in the language of the page beside the one that Python gave.
  const same = facts.precision === "country" ? facts.country : facts.precision === "admin1" ? facts.province : null;
  for (const name of [own !== null && named(own) === same ? same : own, facts.province, facts.country]) {
    if (name === null || name === "") continue;
    if (!names.some((earlier) => earlier.toLowerCase().includes(name.toLowerCase()))) names.push(name);
  }
  return names.length === 0 ? [say("place.none")] : names;
}

const DEGREE_M = 111_320;
const MOST_DIGITS = 5;

/** "33.31, 38.70" as lat, lon, with as many decimals as the uncertainty allows. */
export function coordinates(lon: number, lat: number, uncertaintyM: number | null, asGiven: boolean): string {
  if (asGiven) return [lat, lon].map((value) => String(Number(value.toFixed(MOST_DIGITS)))).join(", ");
  const digits =
    uncertaintyM === null || uncertaintyM <= 0
      ? 2
      : Math.max(0, Math.min(MOST_DIGITS, Math.round(Math.log10(DEGREE_M / uncertaintyM))));
  return `${lat.toFixed(digits)}, ${lon.toFixed(digits)}`;
}
