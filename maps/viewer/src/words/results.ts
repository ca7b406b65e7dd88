/** What the layers of results say of themselves. */

import type { LinkFacts } from "../drawers/pairs";
import { interval } from "./border";
import { clauses, say } from "./catalogue";
import { days, km, length, percent } from "./numbers";

/** "within 5 km", "5 to 25 km": from an inner radius, which is left out, to an outer one. */
export function ringName(innerM: number, outerM: number): string {
  if (innerM === 0) return say("ring.within", { distance: length(outerM) });
  return say("range.to", { from: innerM < 1000 ? length(innerM) : km(innerM), to: length(outerM) });
}

/** "18 of 120 shown lie within 100 km of one of 3 sites." */
export function nearSentence(near: number, shown: number, reachM: number, sites: number): string {
  return say("ring.near", { near, shown, distance: length(reachM), sites: say("count.sites", { n: sites }) });
}

/** What is known too vaguely to count; null where nothing is. */
export function coarseSentence(coarse: number): string | null {
  return coarse === 0 ? null : say("ring.coarse", { n: coarse });
}

/** "2 days", "0 to 2 days"; null where they are not known. */
function daysApart(least: number | null, most: number | null): string | null {
  if (most === null) return null;
  return least === null || least === most ? days(most) : say("link.days", { from: least, n: most });
}

/** "3.2 km and 0 to 2 days apart; possible, share 45 %", "Tower 22: 3.2 km (0 to 5.1)". */
export function linkSentence({ distanceM, minM, maxM, daysMin, daysMax, share, name }: LinkFacts): string {
  const metres = length(distanceM);
  const distance = minM === null || maxM === null || maxM - minM < 0.1 * distanceM
    ? metres : say("link.range", { distance: metres, range: interval(minM, maxM) });
  return clauses([apart(distance, name, daysApart(daysMin, daysMax)), ...(share < 1 ? [say("link.possible", { share: percent(share) })] : [])]);
}

function apart(distance: string, name: string | null, days: string | null): string {
  if (name !== null) return say("link.site", { name, distance });
  return days === null ? say("link.apart", { distance }) : say("link.apart.days", { distance, days });
}

/** "12 of 40 pairs are shown: those with both incidents in sight of the clock." */
export function linksShown(shown: number, size: number, toSites: boolean): string {
  return toSites
    ? say("link.shown.sites", { shown, total: size }) : say("link.shown.pairs", { shown, total: size });
}
