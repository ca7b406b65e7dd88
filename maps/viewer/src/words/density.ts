/** What a map of density says of itself. */

import { count, length, NBSP, plural } from "./numbers";

/** "per km²", "per 100 km²". */
export function densityArea(areaKm2: number): string {
  return areaKm2 === 1 ? `per${NBSP}km²` : `per ${count(areaKm2)}${NBSP}km²`;
}

/** "About 2.4 incidents per 100 km²". */
export function densitySentence(perKm2: number, areaKm2: number): string {
  const number = (perKm2 * areaKm2).toLocaleString("en-GB", { maximumSignificantDigits: 2 });
  return `About ${number} incidents ${densityArea(areaKm2)}`;
}

/** How the surface is made, and what is left out of it. */
export function densityNotes(radiusM: number, counted: number, shown: number): string[] {
  const notes = [
    `${count(counted)} of ${count(shown)} are in it, each spread over ${length(radiusM)} round its point.`,
    "The classes follow the densest place in this view.",
  ];
  if (counted < shown) {
    notes.push(`${plural(shown - counted, "incident")} not known well enough, or not placed: left out.`);
  }
  return notes;
}
