/** One incident block as columns, and the facts of one row. */

import type { Footprints } from "./footprints";
import { worldX, worldY } from "./geodesic";
import { type Block, MISSING, openBlock } from "./payload";
import { PRECISION_CLASSES, precisionClass } from "./precision";
import type { Actor, Toll } from "./words/reports";

/** A dictionary column: one code per row, and what the codes stand for. */
export interface Coded {
  readonly codes: ArrayLike<number>;
  readonly values: readonly (string | null)[];
}

export interface Source {
  readonly publisher?: string | null;
  readonly url?: string | null;
  readonly published?: string | null;
  readonly quote?: string | null;
}

/** The texts of one row; what is missing is null. */
export interface Texts {
  readonly id: string;
  readonly title: string | null;
  readonly placeText: string | null;
  readonly place: string | null;
  readonly reason: string | null;
  readonly method: string | null;
  readonly timeUtc: string | null;
  readonly dateNote: string | null;
  readonly sources: readonly Source[];
  readonly actors: readonly Actor[];
}

export interface Border {
  readonly pair: string;
  readonly distanceM: number;
  readonly minM: number;
  readonly maxM: number;
  /** Azimuth at the incident towards the nearest border point. */
  readonly bearingDeg: number | null;
  readonly status: string | null;
}

/** Beyond this nobody asks for the border. */
const FARTHEST_BORDER_M = 500_000;

const NO_CODES: Coded = { codes: new Uint8Array(0), values: [] };

function coded(block: Block, name: string): Coded {
  return block.has(name) ? { codes: block.numbers(name), values: block.values(name) } : NO_CODES;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf(value: unknown): readonly object[] {
  return Array.isArray(value) ? value.filter((entry): entry is object => typeof entry === "object" && entry !== null) : [];
}

function namesOf(meta: Readonly<Record<string, unknown>>, key: string): ReadonlyMap<string, string> {
  const record = meta[key];
  return new Map(Object.entries(typeof record === "object" && record !== null ? (record as Record<string, string>) : {}));
}

export class IncidentSet {
  readonly size: number;
  /** Position in the unit square of Web Mercator. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Index into PRECISION_CLASSES. */
  readonly precisionClass: Uint8Array;
  readonly kind: Coded;
  readonly precision: Coded;
  readonly verification: Coded;
  readonly datePrecision: Coded;
  readonly country: Coded;
  readonly province: Coded;
  readonly uncertaintyM: ArrayLike<number>;
  readonly kindLabels: ReadonlyMap<string, string>;
  readonly countryNames: ReadonlyMap<string, string>;
  readonly provinceNames: ReadonlyMap<string, string>;
  /** The longest span of a row in days: how far before a window a row may start and still reach it. */
  readonly longestSpan: number;
  /** Rows from here on have no date. */
  readonly undatedFrom: number;
  textsId: string | null = null;
  /** Where a layer of the map brings them. */
  footprints: Footprints | null = null;
  readonly #block: Block;
  readonly #lon: ArrayLike<number>;
  readonly #lat: ArrayLike<number>;
  readonly #numbers = new Map<string, ArrayLike<number>>();
  readonly #borderPair: Coded;
  readonly #borderStatus: Coded;
  #texts: Promise<readonly Texts[]> | null = null;

  constructor(block: Block) {
    this.#block = block;
    this.#lon = block.numbers("lon");
    this.#lat = block.numbers("lat");
    this.size = this.#lon.length;
    this.start = block.numbers("day_start") as Int32Array;
    this.end = block.numbers("day_end") as Int32Array;
    this.kind = coded(block, "kind");
    this.precision = coded(block, "precision");
    this.verification = coded(block, "verification");
    this.datePrecision = coded(block, "date_precision");
    this.country = coded(block, "country_a3");
    this.province = coded(block, "admin1_code");
    this.#borderPair = coded(block, "border_pair");
    this.#borderStatus = coded(block, "border_status");
    this.uncertaintyM = block.numbers("uncertainty_m");
    this.kindLabels = namesOf(block.meta, "kinds");
    this.countryNames = namesOf(block.meta, "countries");
    this.provinceNames = namesOf(block.meta, "provinces");
    this.x = Float64Array.from(this.#lon, (value) => worldX(value / 1e5));
    this.y = Float64Array.from(this.#lat, (value) => worldY(value / 1e5));
    const placed = block.numbers("placed");
    this.precisionClass = Uint8Array.from(placed, (flag, row) =>
      PRECISION_CLASSES.indexOf(precisionClass(this.word(this.precision, row), flag === 1)),
    );
    let dated = this.size;
    while (dated > 0 && this.start[dated - 1] === MISSING) dated--;
    this.undatedFrom = dated;
    let longest = 0;
    for (let row = 0; row < dated; row++) longest = Math.max(longest, this.lastDay(row) - this.start[row]!);
    this.longestSpan = longest;
  }

  /** The value of a dictionary column in one row. */
  word(column: Coded, row: number): string | null {
    const code = column.codes[row];
    return code === undefined ? null : (column.values[code] ?? null);
  }

  lastDay(row: number): number {
    const end = this.end[row]!;
    return end === MISSING ? this.start[row]! : end;
  }

  lon(row: number): number {
    return this.#lon[row]! / 1e5;
  }

  lat(row: number): number {
    return this.#lat[row]! / 1e5;
  }

  uncertainty(row: number): number | null {
    return this.#number("uncertainty_m", row);
  }

  toll(row: number): Toll {
    return {
      best: this.#number("fatalities_best", row),
      low: this.#number("fatalities_low", row),
      high: this.#number("fatalities_high", row),
      injured: this.#number("injured", row),
    };
  }

  /** The nearest border; null where it is not known or too far to matter. */
  border(row: number): Border | null {
    const pair = this.word(this.#borderPair, row);
    const distanceM = this.#number("border_distance_m", row);
    if (pair === null || distanceM === null || distanceM > FARTHEST_BORDER_M) return null;
    return {
      pair,
      distanceM,
      minM: this.#number("border_distance_min_m", row) ?? distanceM,
      maxM: this.#number("border_distance_max_m", row) ?? distanceM,
      bearingDeg: this.#number("border_bearing_deg", row),
      status: this.word(this.#borderStatus, row),
    };
  }

  /** "Jordan–Syria" for "JOR-SYR". */
  pairName(pair: string): string {
    return pair
      .split("-")
      .map((code) => this.countryNames.get(code) ?? code)
      .join("–");
  }

  countryName(row: number): string | null {
    const code = this.word(this.country, row);
    return code === null ? null : (this.countryNames.get(code) ?? code);
  }

  provinceName(row: number): string | null {
    const code = this.word(this.province, row);
    return code === null ? null : (this.provinceNames.get(code) ?? null);
  }

  kindLabel(row: number): string {
    const kind = this.word(this.kind, row) ?? "other";
    return this.kindLabels.get(kind) ?? kind.replaceAll("_", " ");
  }

  /** All texts; the block is opened on the first call. */
  texts(): Promise<readonly Texts[]> {
    this.#texts ??= this.textsId === null ? Promise.resolve([]) : openBlock(this.textsId).then(readTexts);
    return this.#texts;
  }

  #number(name: string, row: number): number | null {
    let column = this.#numbers.get(name);
    if (column === undefined) {
      column = this.#block.has(name) ? this.#block.numbers(name) : [];
      this.#numbers.set(name, column);
    }
    const value = column[row];
    return value === undefined || value === MISSING || Number.isNaN(value) ? null : value;
  }
}

function readTexts(block: Block): readonly Texts[] {
  const column = (name: string): readonly unknown[] => (block.has(name) ? block.json(name) : []);
  const [title, placeText, place, reason] = [column("title"), column("place_text"), column("place"), column("reason")];
  const [method, timeUtc, dateNote] = [column("method"), column("time_utc"), column("date_note")];
  const [sources, actors] = [column("sources"), column("actors")];
  return column("incident_id").map((id, row) => ({
    id: String(id),
    title: textOf(title[row]),
    placeText: textOf(placeText[row]),
    place: textOf(place[row]),
    reason: textOf(reason[row]),
    method: textOf(method[row]),
    timeUtc: textOf(timeUtc[row]),
    dateNote: textOf(dateNote[row]),
    sources: listOf(sources[row]),
    actors: listOf(actors[row]),
  }));
}

const sets = new Map<string, Promise<IncidentSet>>();

/** The incidents of a block, shared by all layers that draw it. */
export function openIncidents(blockId: string): Promise<IncidentSet> {
  let set = sets.get(blockId);
  if (set === undefined) {
    set = openBlock(blockId).then((block) => new IncidentSet(block));
    sets.set(blockId, set);
  }
  return set;
}
