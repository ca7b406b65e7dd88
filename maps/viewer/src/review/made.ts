/** What a decision says, in words. */

import { data } from "../reading/dom";
import { type Key, listed, say } from "../words/catalogue";
import { told } from "../words/told";
import { choiceName } from "./forms";
import type { Line } from "./lines";

const FIELDS: Readonly<Record<string, Key>> = {
  title: "review.field.title", kind: "panel.kind", subkind: "review.field.subkind", date_start: "review.field.start", date_end: "review.field.end",
  date_precision: "review.field.precision", fatalities_best: "review.field.best", fatalities_low: "review.field.low",
  fatalities_high: "review.field.high", injured: "review.field.injured", verification: "review.field.verification", sensitivity: "review.field.sensitivity",
};

/** What the words need to know beside the line. */
export interface Known {
  /** The name of a report. */
  readonly named: (id: string) => Node;
  /** The whole name of the place that the line identifies. */
  readonly place: string | null;
}

export function madeWords(line: Line, { named, place }: Known): (Node | string)[] {
  const { action = "", incident_id: id = "", other_id: other = "", field = "", value = "" } = line;
  switch (action) {
    case "merge":
      return told("review.made.merge", { a: named(id), b: named(other) });
    case "split":
      return told("review.made.split", { a: named(id), b: named(other) });
    case "seen":
      return [say("review.made.seen")];
    case "edit": {
      const words = value === "" ? say("review.made.empty") : choiceName(field, value, value);
      return told("review.made.edit", { field: say(FIELDS[field]!), value: data(words) });
    }
    default:
      return placeWords(line, place);
  }
}

function placeWords({ incident_id: id = "", place = "", country = "", lon, lat, place_text: text = "" }: Line, known: string | null): (Node | string)[] {
  const name = known ?? listed([place, country].filter((each) => each !== ""));
  const where = lon === undefined || lat === undefined ? [] : [`${lat}, ${lon}`];
  const words = told("review.made.place", { place: data(listed([...(name === "" ? [] : [name]), ...where])) });
  return id === "" ? [...words, " ", ...told("review.made.all", { text: data(text) })] : words;
}
