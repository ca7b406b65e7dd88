/** What a map of density says of itself. */

import { say } from "./catalogue";
import { digits, length } from "./numbers";

/** "per km²", "per 100 km²". */
export function densityArea(areaKm2: number): string {
  return areaKm2 === 1 ? say("density.km2") : say("density.area", { area: areaKm2 });
}

/** "About 2.4 incidents per 100 km²". */
export function densitySentence(perKm2: number, areaKm2: number): string {
  return say("density.about", { number: digits(perKm2 * areaKm2), area: densityArea(areaKm2) });
}

/** How the surface is made, and what is left out of it. */
export function densityNotes(radiusM: number, counted: number, shown: number): string[] {
  const notes = [say("density.in", { counted, shown, distance: length(radiusM) }), say("density.classes")];
  if (counted < shown) notes.push(say("density.leftout", { n: shown - counted }));
  return notes;
}
