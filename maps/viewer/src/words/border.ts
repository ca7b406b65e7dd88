/** The distance to the nearest border, as text. */

import { type Key, say, type Tell } from "./catalogue";
import { km, roundKm } from "./numbers";

export interface BorderFacts {
  /** "Jordan–Syria". */
  readonly names: string;
  readonly distanceM: number;
  readonly minM: number;
  readonly maxM: number;
  /** Azimuth from the border to the incident, in degrees. */
  readonly bearingDeg: number | null;
  readonly uncertaintyM: number | null;
  readonly status: string | null;
}

const WINDS = ["wind.0", "wind.1", "wind.2", "wind.3", "wind.4", "wind.5", "wind.6", "wind.7"] as const;

/** One of eight winds. */
export function wind(azimuthDeg: number): string {
  return say(WINDS[((Math.round(azimuthDeg / 45) % 8) + 8) % 8]!);
}

function lineOf(status: string | null): Key {
  switch (status) {
    case "line_of_control":
      return "border.line.control";
    case "disputed":
      return "border.line.disputed";
    case "indefinite":
      return "border.line.indefinite";
    default:
      return "border.line";
  }
}

/** The interval rounded outwards: "0 to 2.8". */
export function interval(minM: number, maxM: number): string {
  return say("range.to", ends(minM, maxM));
}

function ends(minM: number, maxM: number): { from: string; to: string } {
  return { from: km(minM, "down"), to: km(maxM, "up") };
}

/** "About 1.3 km (0 to 2.8) south-east of the Jordan–Syria border". */
export function borderSentence<T>(facts: BorderFacts, tell: Tell<T>): T {
  const { names, distanceM, minM, maxM, uncertaintyM, bearingDeg, status } = facts;
  const line = tell(lineOf(status), { names });
  if (uncertaintyM !== null && uncertaintyM > distanceM) return tell("border.near", { line, distance: km(maxM, "up") });
  const distance = borderChip(distanceM, minM, maxM);
  return bearingDeg === null
    ? tell("border.noside", { distance, line }) : tell("border.side", { distance, line, wind: wind(bearingDeg) });
}

/** The chip on the map: "1.3 km (0 to 2.8)"; one figure where the interval is a tenth of it. */
export function borderChip(distanceM: number, minM: number, maxM: number): string {
  const distance = km(distanceM);
  return maxM - minM < 0.1 * distanceM
    ? say("unit.km", { value: distance }) : say("border.distance", { distance, ...ends(minM, maxM) });
}

/** A round end for the axis of the interval bar, and its tick step, in kilometres. */
export function axisOf(maxM: number): { end: number; step: number } {
  const least = Math.max(roundKm(maxM, "up"), 0.1);
  const power = 10 ** Math.floor(Math.log10(least / 5));
  const step = power * ([1, 2, 5, 10].find((factor) => power * factor * 5 >= least - 1e-9) ?? 10);
  const ticks = Math.ceil(least / step - 1e-9);
  return { end: Number((ticks * step).toPrecision(6)), step: Number(step.toPrecision(6)) };
}
