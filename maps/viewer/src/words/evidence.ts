/** What stands behind an incident: other places of its name, claims on the ground, lines, quotes. */

import type { Candidate } from "../data/texts";
import { listed, say } from "./catalogue";
import { conjoined } from "./disputes";

/** Texts as sentences that follow each other. */
export function sentences(...texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null && text !== "").map((text) => (/[.!?…؟]$/.test(text!) ? text : `${text!}.`)).join(" ");
}

/** The zone in which a date is civil, where that is not everybody's. */
export function zoneNote(zone: string | null): string | null {
  return zone === null || zone === "UTC" ? null : say("card.zone", { zone: zone.replaceAll("_", " ") });
}

export function claimNote(claimants: readonly string[]): string {
  return say("card.claimed", { names: conjoined(claimants) });
}

export function candidatesTitle(n: number, placed: boolean): string {
  return placed ? say("card.others", { n }) : say("card.could");
}

/** "Springfield, United States, 37.22, -93.30". */
export function candidateWords({ name, country, lat, lon }: Candidate): string {
  const where = lat === null || lon === null ? null : `${lat.toFixed(2)}, ${lon.toFixed(2)}`;
  return listed([name, country, where].filter((part) => part !== null));
}

/** Where three countries meet within reach. */
export function meetingNote(countries: readonly string[]): string | null {
  return countries.length < 3 ? null : say("card.meeting", { names: conjoined(countries) });
}

export function linesNote(lines: string | null): string | null {
  return lines === null ? null : say("card.lines", { lines });
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
