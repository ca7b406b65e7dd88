/** What a map of counts or rates says of itself. */

import type { Unit, UnitCounts } from "../time/unitcounts";
import { count } from "./numbers";

const UNITS: Readonly<Record<Unit, string>> = { country: "country", province: "province" };

/** "Incidents by province"; `per` is null where no rate is drawn. */
export function choroplethTitle(by: Unit, per: number | null): string {
  return per === null ? `Incidents by ${UNITS[by]}` : `Incidents per ${count(per)} people, by ${UNITS[by]}`;
}

/** The same for the key bar. */
export function choroplethKey(by: Unit, rated: boolean): string {
  return `${rated ? "Rate" : "Incidents"} by ${UNITS[by]}`;
}

export function rateWords(value: number, per: number): string {
  return `${value.toLocaleString("en-GB", { maximumSignificantDigits: 2 })} per ${count(per)} people`;
}

/** What the colours leave out or take for surer than it is. */
export function choroplethNotes(counts: UnitCounts, by: Unit, unknown: number): string[] {
  const { shown, counted, countryOnly, outside, vague } = counts;
  const notes = [`${count(counted)} of ${count(shown)} are counted here.`];
  if (countryOnly > 0) notes.push(`${count(countryOnly)} known only to a country: in no province.`);
  if (outside > 0) notes.push(`${count(outside)} lie in no ${UNITS[by]}, or have no place.`);
  if (unknown > 0) notes.push(`${count(unknown)} lie where the number of people is not known: hatched.`);
  if (vague > 0) notes.push(`${count(vague)} known only to a vicinity: some may lie in the next ${UNITS[by]}.`);
  return notes;
}
