/** Where an incident lies and how sure that is, as text. */

import { listed, say } from "./catalogue";
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

function provinceWord(province: string): string {
  return /province|governorate|district|region|state|county/i.test(province) ? province : say("place.province", { name: province });
}

/** "near the Syrian border" holds its preposition already. */
const SAYS_WHERE = /^(?:near|along|around|close to|between|in|on|at|by|from|off|north|south|east|west)\b/i;

function somewhere(key: "place.near" | "place.along", name: string): string {
  return SAYS_WHERE.test(name) ? say("place.said", { text: name }) : say(key, { name });
}

function within(place: string, uncertaintyM: number | null): string {
  return uncertaintyM === null ? place : say("place.within", { place, distance: length(uncertaintyM) });
}

/** "A site, within 1 km", "Somewhere in Anbar province". */
export function howSure(facts: PlaceFacts): string {
  const { precision, uncertaintyM } = facts;
  const name = facts.place ?? facts.placeText;
  if (precision === "country") return facts.country === null ? say("place.country") : say("place.somewhere", { name: facts.country });
  if (!facts.placed) return say("place.unplaced");
  switch (precision) {
    case "exact":
      return within(say("place.exact"), uncertaintyM);
    case "site":
      return within(say("place.site"), uncertaintyM);
    case "settlement":
      return within(say("place.settlement"), uncertaintyM);
    case "vicinity":
      return within(name === null ? say("place.vicinity") : somewhere("place.near", name), uncertaintyM);
    case "line":
      return within(name === null ? say("place.line") : somewhere("place.along", name), uncertaintyM);
    case "water":
      return within(name === null ? say("place.water") : say("place.water.name", { name }), uncertaintyM);
    case "admin2":
      return name === null ? say("place.district") : say("place.somewhere", { name });
    case "admin1": {
      const area = facts.province ?? name;
      return area === null ? say("place.someprovince") : say("place.somewhere", { name: provinceWord(area) });
    }
    default:
      return within(say("place.placed"), uncertaintyM);
  }
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
  for (const name of [facts.place ?? facts.placeText, facts.province, facts.country]) {
    if (name === null || name === "") continue;
    if (!names.some((earlier) => earlier.toLowerCase().includes(name.toLowerCase()))) names.push(name);
  }
  return names.length === 0 ? [say("place.none")] : names;
}

export function placeLine(facts: PlaceFacts): string {
  return listed(placeNames(facts));
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
