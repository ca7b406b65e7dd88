/** Which visible incidents have a place on the map, and a list of those that have none. */

import type { Clock, Ref } from "../time/clock";
import { h } from "../reading/dom";
import { listRows, MOST_LISTED } from "../reading/listing";
import { type Members, refsOf } from "../data/members";
import { PRECISION_CLASSES, type PrecisionClass } from "../data/precision";
import { say } from "../words/catalogue";

const COUNTRY = PRECISION_CLASSES.indexOf("country");

/** The visible incidents with a place, however vague. */
export function placedMembers(clock: Clock): Members[] {
  return visible(clock, (precision) => precision < COUNTRY);
}

/** The visible incidents of some classes of precision. */
function visible(clock: Clock, wanted: (precision: number) => boolean): Members[] {
  return clock.sets.map((set) => ({ set, rows: clock.rows(set).filter((row) => wanted(set.precisionClass[row]!)) }));
}

export async function unplacedContent(clock: Clock, onOpen: (ref: Ref) => void): Promise<HTMLElement> {
  const inClass = (wanted: PrecisionClass): Ref[] =>
    refsOf(visible(clock, (precision) => PRECISION_CLASSES[precision] === wanted), MOST_LISTED);
  const [none, country] = [inClass("none"), inClass("country")];
  const { byPrecision } = clock.tally();
  const body = h("div", { class: "im-card-body im-list-body" }, h("h2", { class: "im-headline" }, say("unplaced.title")));
  if (none.length > 0) {
    body.append(h("h3", {}, say("unplaced.none", { n: byPrecision.none })), await listRows(clock, none, onOpen, byPrecision.none, true));
  }
  if (country.length > 0) {
    body.append(h("h3", {}, say("unplaced.country", { n: byPrecision.country })), await listRows(clock, country, onOpen, byPrecision.country));
  }
  return body;
}

