/** The distance to the nearest border, as text. */

import { km, NBSP, roundKm } from "./numbers";

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

const WINDS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"] as const;

/** One of eight winds. */
export function wind(azimuthDeg: number): string {
  return WINDS[((Math.round(azimuthDeg / 45) % 8) + 8) % 8]!;
}

function lineName({ names, status }: BorderFacts): string {
  if (status === "line_of_control") return `the ${names} line of control, which is disputed`;
  if (status === "disputed") return `the ${names} line, which is disputed`;
  if (status === "indefinite") return `the ${names} border, which is not fixed here`;
  return `the ${names} border`;
}

/** The interval rounded outwards: "0 to 2.8". */
export function interval(minM: number, maxM: number): string {
  return `${km(minM, "down")} to ${km(maxM, "up")}`;
}

/** "About 1.3 km (0 to 2.8) south-east of the Jordan–Syria border". */
export function borderSentence(facts: BorderFacts): string {
  const { distanceM, minM, maxM, uncertaintyM, bearingDeg } = facts;
  const line = lineName(facts);
  if (uncertaintyM !== null && uncertaintyM > distanceM) {
    return `On or near ${line}: within ${km(maxM, "up")}${NBSP}km, side unknown`;
  }
  const oneFigure = maxM - minM < 0.1 * distanceM;
  const range = oneFigure ? "" : ` (${interval(minM, maxM)})`;
  const side = bearingDeg === null ? "from" : `${wind(bearingDeg)} of`;
  return `About ${km(distanceM)}${NBSP}km${range} ${side} ${line}`;
}

/** The chip on the map: "1.3 km (0 to 2.8)". */
export function borderChip(distanceM: number, minM: number, maxM: number): string {
  return maxM - minM < 0.1 * distanceM
    ? `${km(distanceM)}${NBSP}km`
    : `${km(distanceM)}${NBSP}km (${interval(minM, maxM)})`;
}

/** A round end for the axis of the interval bar, and its tick step, in kilometres. */
export function axisOf(maxM: number): { end: number; step: number } {
  const least = Math.max(roundKm(maxM, "up"), 0.1);
  const power = 10 ** Math.floor(Math.log10(least / 5));
  const step = power * ([1, 2, 5, 10].find((factor) => power * factor * 5 >= least - 1e-9) ?? 10);
  const ticks = Math.ceil(least / step - 1e-9);
  return { end: Number((ticks * step).toPrecision(6)), step: Number(step.toPrecision(6)) };
}

/** Where no distance can be given. */
export function areaSentence(area: string): string {
  return `In ${area}; distance to the border cannot be given`;
}
