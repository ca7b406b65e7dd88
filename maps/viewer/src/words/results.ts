/** What the layers of results say of themselves. */

import type { LinkFacts } from "../drawers/pairs";
import { interval } from "./border";
import { count, km, length, NBSP, plural } from "./numbers";

/** "within 5 km", "5 to 25 km": from an inner radius, which is left out, to an outer one. */
export function ringName(innerM: number, outerM: number): string {
  if (innerM === 0) return `within ${length(outerM)}`;
  return innerM < 1000 ? `${length(innerM)} to ${length(outerM)}` : `${km(innerM)} to ${length(outerM)}`;
}

/** "18 of 120 shown lie within 100 km of one of 3 sites." */
export function nearSentence(near: number, shown: number, reachM: number, sites: number): string {
  const of = sites === 1 ? "the site" : `one of ${count(sites)} sites`;
  return `${count(near)} of ${count(shown)} shown lie within ${length(reachM)} of ${of}.`;
}

/** What is known too vaguely to count; null where nothing is. */
export function coarseSentence(coarse: number, where: string): string | null {
  return coarse === 0 ? null : `${count(coarse)} known only to a province or a country, or not placed: ${where}.`;
}

/** "2 days", "0 to 2 days"; no days where they are not known. */
function daysApart(least: number | null, most: number | null): string {
  if (most === null) return "";
  return least === null || least === most ? plural(most, "day") : `${count(least)} to ${plural(most, "day")}`;
}

/** "3.2 km and 0 to 2 days apart; possible, share 45 %", "Tower 22: 3.2 km (0 to 5.1)". */
export function linkSentence({ distanceM, minM, maxM, daysMin, daysMax, share, name }: LinkFacts): string {
  const range = minM === null || maxM === null || maxM - minM < 0.1 * distanceM ? "" : ` (${interval(minM, maxM)}${NBSP}km)`;
  const possible = share < 1 ? `; possible, share ${count(100 * share)}${NBSP}%` : "";
  if (name !== null) return `${name}: ${length(distanceM)}${range}${possible}`;
  const days = daysApart(daysMin, daysMax);
  return `${length(distanceM)}${range}${days === "" ? "" : ` and ${days}`} apart${possible}`;
}

/** "12 of 40 pairs are shown: those with both incidents in sight of the clock." */
export function linksShown(shown: number, size: number, toSites: boolean): string {
  return toSites
    ? `${count(shown)} of ${count(size)} links: those whose incident is shown.`
    : `${count(shown)} of ${count(size)} pairs: those of which both incidents are shown.`;
}
