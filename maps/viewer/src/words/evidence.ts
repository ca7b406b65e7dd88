/** What stands behind an incident: other places of its name, claims on the ground, lines, quotes. */

import type { Candidate } from "../data/texts";
import { say, type Tell } from "./catalogue";
import { conjoined } from "./disputes";

/** Texts as sentences that follow each other. */
export function sentences(...texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null && text !== "").map((text) => (/[.!?…؟]$/.test(text!) ? text : `${text!}.`)).join(" ");
}

/** The zone in which a date is civil, where that is not everybody's. */
export function zoneNote<T>(zone: string | null, tell: Tell<T>): T | null {
  return zone === null || zone === "UTC" ? null : tell("card.zone", { zone: zone.replaceAll("_", " ") });
}

export function claimNote<T>(claimants: readonly string[], tell: Tell<T>): T | null {
  return claimants.length === 0 ? null : tell("card.claimed", { names: conjoined(claimants, tell) });
}

export function candidatesTitle(n: number, placed: boolean): string {
  return placed ? say("card.others", { n }) : say("card.could");
}

/** "Springfield", "United States", "37.22, -93.30". */
export function candidateNames({ name, country, lat, lon }: Candidate): readonly string[] {
  const where = lat === null || lon === null ? null : `${lat.toFixed(2)}, ${lon.toFixed(2)}`;
  return [name, country, where].filter((part) => part !== null);
}

/** Where three countries meet within reach. */
export function meetingNote<T>(countries: readonly string[], tell: Tell<T>): T | null {
  return countries.length < 3 ? null : tell("card.meeting", { names: conjoined(countries, tell) });
}

export function linesNote<T>(lines: string | null, tell: Tell<T>): T | null {
  return lines === null ? null : tell("card.lines", { lines });
}

/** What a reader is told before restricted texts; null where everybody may see them. */
export function sensitivityWords(value: string | null): string | null {
  if (value === null || value === "public") return null;
  return value === "graphic" ? say("card.graphic") : say("card.sensitive", { value });
}

/** Where a quote stands: "characters 385 to 523". */
export function spanWords([from, to]: readonly [number, number]): string {
  return say("card.span", { from, to });
}
