/** Links from incidents to others, or to sites: which are shown, and the lines that they run along. */

import type { Line } from "../ground/lines";
import type { Clock } from "../time/clock";
import { direct } from "../canvas/geodesic";
import type { IncidentSet } from "../data/incidents";
import { type Block, MISSING } from "../data/payload";
import { shownFlags } from "../time/shown";
import { wrappedLine } from "../canvas/wrapped";

/** On a longer stretch a straight line on the map leaves the geodesic by pixels. */
const STRETCH_M = 10_000;
const MOST_STRETCHES = 96;
/** Of a link as it lies on the ground. */
export interface LinkEnds {
  readonly lon: number;
  readonly lat: number;
  readonly bearingDeg: number;
  readonly distanceM: number;
  /** The other incident's own place; null where the link ends at a site. */
  readonly end: { readonly lon: number; readonly lat: number } | null;
}

/** The geodesic from one end of a link to the other. */
export function linkLine({ lon, lat, bearingDeg, distanceM, end }: LinkEnds): readonly Line[] {
  const stretches = Math.max(1, Math.min(MOST_STRETCHES, Math.ceil(distanceM / STRETCH_M)));
  const places = Array.from({ length: stretches + 1 }, (_, i) =>
    i === 0 ? { lon, lat } : i === stretches && end !== null ? end : direct(lon, lat, bearingDeg, (distanceM * i) / stretches));
  return wrappedLine(places.map((each) => each.lon), places.map((each) => each.lat));
}

function numbers(block: Block, name: string): (i: number) => number | null {
  if (!block.has(name)) return () => null;
  const column = block.numbers(name);
  return (i) => {
    const value = column[i]!;
    return Number.isNaN(value) || value === MISSING ? null : value;
  };
}

export interface LinkFacts {
  readonly distanceM: number;
  readonly minM: number | null;
  readonly maxM: number | null;
  readonly daysMin: number | null;
  readonly daysMax: number | null;
  /** Share of the uncertainty in which it is one; 1 where it surely is. */
  readonly share: number;
  readonly name: string | null;
}

/** All links of a layer. */
export class LinkTable {
  readonly size: number;
  /** True where links end at sites, not at other incidents. */
  readonly toSites: boolean;
  readonly facts: (i: number) => LinkFacts;
  readonly #set: IncidentSet;
  readonly #from: ArrayLike<number>;
  readonly #to: ArrayLike<number> | null;
  readonly #bearing: ArrayLike<number>;
  readonly #distance: ArrayLike<number>;
  readonly #lines: (readonly Line[] | undefined)[] = [];

  constructor(block: Block, set: IncidentSet) {
    this.#set = set;
    this.#from = block.numbers("row");
    this.size = this.#from.length;
    this.toSites = !block.has("other");
    this.#to = this.toSites ? null : block.numbers("other");
    this.#bearing = block.numbers("bearing_deg");
    this.#distance = block.numbers("distance_m");
    const [min, max, daysMin, daysMax, share] =
      ["distance_min_m", "distance_max_m", "days_min", "days_max", "share"].map((name) => numbers(block, name)) as [Fact, Fact, Fact, Fact, Fact];
    const codes = block.has("name") ? block.numbers("name") : [];
    const words = block.has("name") ? block.values("name") : [];
    this.facts = (i) => ({
      distanceM: this.#distance[i]!, minM: min(i), maxM: max(i), daysMin: daysMin(i), daysMax: daysMax(i),
      share: share(i) ?? 1, name: words[codes[i]!] ?? null,
    });
  }

  /** The links whose incidents all pass the window and the filters. */
  shown(clock: Clock): Int32Array {
    const flags = shownFlags(clock, this.#set);
    const found: number[] = [];
    for (let i = 0; i < this.size; i++) {
      if (flags[this.#from[i]!] === 1 && (this.#to === null || flags[this.#to[i]!] === 1)) found.push(i);
    }
    return Int32Array.from(found);
  }

  line(i: number): readonly Line[] {
    const set = this.#set;
    const [row, to] = [this.#from[i]!, this.#to?.[i]];
    return (this.#lines[i] ??= linkLine({
      lon: set.lon(row), lat: set.lat(row), bearingDeg: this.#bearing[i]!, distanceM: this.#distance[i]!,
      end: to === undefined ? null : { lon: set.lon(to), lat: set.lat(to) },
    }));
  }
}

type Fact = (i: number) => number | null;
