/** Who holds and who claims a disputed area, and whose borders the map draws. */

import type { Dispute } from "../ground/disputes";
import { data } from "../reading/dom";

/** A worldview: its name, and the country whose it is. */
export interface ViewName {
  readonly name: string;
  readonly country: string | null;
}

/** Of whom the drawn borders are, and of whom the countries of the incidents. */
export interface Worldviews {
  readonly borders: ViewName | null;
  readonly incidents: ViewName | null;
}

const MOST_NAMES = 3;

/** "Crimea, Sevastopol: held by Russia, claimed by Ukraine". */
export function disputeSentence({ names, holder, claimants }: Dispute): string {
  const shown = names.length > MOST_NAMES + 1 ? names.slice(0, MOST_NAMES) : names;
  const more = names.length - shown.length;
  const areas = more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
  if (claimants.length === 0) return `${areas}: status disputed`;
  const held = holder === null || areas === holder ? "" : `held by ${holder}, `;
  return `${areas}: ${held}claimed by ${listed(claimants)}`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;
}

/** "Borders: de facto"; the incidents are named where they differ. */
export function worldviewLine({ borders, incidents }: Worldviews): string {
  const parts = borders === null ? [] : [`Borders: ${viewWords(borders)}`];
  if (incidents !== null && incidents.name !== borders?.name) parts.push(`countries of incidents: ${viewWords(incidents)}`);
  return parts.join("; ");
}

function viewWords({ name, country }: ViewName): string {
  if (name === "default") return "de facto";
  return country === null ? `as in ${name}` : `as seen by ${country}`;
}

/** The line as text from the data, in its own reading direction. */
export function worldviewText(views: Worldviews): HTMLElement | null {
  const line = worldviewLine(views);
  return line === "" ? null : data(line);
}
