/** Where an incident lies and how sure that is, as text. */

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
  return /province|governorate|district|region|state|county/i.test(province) ? province : `${province} province`;
}

/** "near the Syrian border" holds its preposition already. */
const SAYS_WHERE = /^(?:near|along|around|close to|between|in|on|at|by|from|off|north|south|east|west)\b/i;

function somewhere(word: string, name: string): string {
  return SAYS_WHERE.test(name) ? `Somewhere ${name}` : `${word} ${name}`;
}

/** "A site, within 1 km", "Somewhere in Anbar province". */
export function howSure(facts: PlaceFacts): string {
  const { precision, uncertaintyM } = facts;
  const within = uncertaintyM === null ? "" : `, within ${length(uncertaintyM)}`;
  const name = facts.place ?? facts.placeText;
  if (precision === "country") return facts.country === null ? "Known only to a country" : `Somewhere in ${facts.country}`;
  if (!facts.placed) return "Could not be placed";
  switch (precision) {
    case "exact":
      return `An exact spot${within}`;
    case "site":
      return `A site${within}`;
    case "settlement":
      return `In the town${within}`;
    case "vicinity":
      return `${name === null ? "In the vicinity" : somewhere("Near", name)}${within}`;
    case "line":
      return `${name === null ? "Along a line" : somewhere("Along", name)}${within}`;
    case "water":
      return `${name === null ? "On the water" : `On the water, ${name}`}${within}`;
    case "admin2":
      return `Somewhere in ${name ?? "the district"}`;
    case "admin1": {
      const area = facts.province ?? name;
      return area === null ? "Somewhere in the province" : `Somewhere in ${provinceWord(area)}`;
    }
    default:
      return `Placed${within}`;
  }
}

/** True where the uncertainty is a disc round the point, and not an area of its own shape. */
export function hasDisc(precision: string | null): boolean {
  return precision !== null && ["exact", "site", "settlement", "vicinity", "line", "water"].includes(precision);
}

export function probability(ground: "circle" | "area"): string {
  return `The true place lies inside the ${ground} with 90\u00a0% probability.`;
}

/** "Tower 22, Mafraq, Jordan": each name once, from the smallest to the largest. */
export function placeLine(facts: PlaceFacts): string {
  const names: string[] = [];
  for (const name of [facts.place ?? facts.placeText, facts.province, facts.country]) {
    if (name === null || name === "") continue;
    if (!names.some((earlier) => earlier.toLowerCase().includes(name.toLowerCase()))) names.push(name);
  }
  return names.length === 0 ? "No place named" : names.join(", ");
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
