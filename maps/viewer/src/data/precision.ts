/** The classes in which places are drawn and filtered, from the crispest to the vaguest. */

import { say } from "../words/catalogue";
import { lookUp } from "./lookup";

export const PRECISION_CLASSES = ["point", "settlement", "vicinity", "area", "country", "none"] as const;
export type PrecisionClass = (typeof PRECISION_CLASSES)[number];

const CLASS_OF: Readonly<Record<string, PrecisionClass>> = {
  exact: "point",
  site: "point",
  settlement: "settlement",
  vicinity: "vicinity",
  line: "vicinity",
  water: "vicinity",
  admin2: "area",
  admin1: "area",
  country: "country",
};

/** The class of a value of the `precision` column; without geometry only a country still says where. */
export function precisionClass(precision: string | null, placed: boolean): PrecisionClass {
  const known = precision === null ? "none" : (lookUp(CLASS_OF, precision) ?? "none");
  return placed || known === "country" ? known : "none";
}

export const PRECISION_NAMES: Readonly<Record<PrecisionClass, string>> = {
  point: say("precision.point"),
  settlement: say("precision.settlement"),
  vicinity: say("precision.vicinity"),
  area: say("precision.area"),
  country: say("precision.country"),
  none: say("precision.none"),
};
