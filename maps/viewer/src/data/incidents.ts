/** One incident block as columns, and the facts of one row. */

import { named } from "../words/catalogue";
import { type NamedFacet, type Names, OTHERS, UNSTATED } from "./facets";
import type { Footprints } from "./footprints";
import { worldX, worldY } from "../canvas/geodesic";
import { type Block, MISSING, openBlock } from "./payload";
import { PRECISION_CLASSES, precisionClass } from "./precision";
import { NO_TABLE, openTexts, type TextTable } from "./texts";
import type { Toll } from "../words/reports";

/** A dictionary column: one code per row, and what the codes stand for. */
export interface Coded {
  readonly codes: ArrayLike<number>;
  readonly values: readonly (string | null)[];
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

/** More verifications than this are counted as one. */
const MOST_VERIFICATIONS = 32;
const NO_VERIFICATION = "unstated";

function coded(block: Block, name: string): Coded {
  return block.has(name) ? { codes: block.numbers(name), values: block.values(name) } : NO_CODES;
}

function namesOf(meta: Readonly<Record<string, unknown>>, key: string): ReadonlyMap<string, string> {
  const record = meta[key];
  const names = Object.entries(typeof record === "object" && record !== null ? (record as Record<string, string>) : {});
  return new Map(names.map(([code, name]) => [code, named(name)]));
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
  /** How many incidents each row stands for; null where each is one. */
  readonly weights: ArrayLike<number> | null;
  /** How many incidents all rows stand for. */
  readonly total: number;
  /** Dated rows that last longer than a day, in time order. */
  readonly lasting: Int32Array;
  /** Rows known to no spot or vicinity: an area, a country, or no place at all. */
  readonly broad: Int32Array;
  /** The verifications that occur, and the place in them of each row. */
  readonly verifications: readonly string[];
  readonly verified: Uint8Array;
  readonly kind: Coded;
  readonly precision: Coded;
  readonly verification: Coded;
  readonly datePrecision: Coded;
  readonly status: Coded;
  readonly country: Coded;
  readonly province: Coded;
  readonly uncertaintyM: ArrayLike<number>;
  readonly kindLabels: ReadonlyMap<string, string>;
  readonly countryNames: ReadonlyMap<string, string>;
  readonly provinceNames: ReadonlyMap<string, string>;
  /** Rows from here on have no date. */
  readonly undatedFrom: number;
  textsId: string | null = null;
  /** Where a layer of the map brings them. */
  footprints: Footprints | null = null;
  readonly #block: Block;
  readonly #lon: ArrayLike<number>;
  readonly #lat: ArrayLike<number>;
  readonly #placed: ArrayLike<number>;
  readonly #numbers = new Map<string, ArrayLike<number>>();
  readonly #borderPair: Coded;
  readonly #borderStatus: Coded;
  #texts: Promise<TextTable> | null = null;

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
    this.status = coded(block, "status");
    this.country = coded(block, "country_a3");
    this.province = coded(block, "admin1_code");
    this.#borderPair = coded(block, "border_pair");
    this.#borderStatus = coded(block, "border_status");
    this.uncertaintyM = block.numbers("uncertainty_m");
    this.kindLabels = namesOf(block.meta, "kinds");
    this.countryNames = namesOf(block.meta, "countries");
    this.provinceNames = namesOf(block.meta, "provinces");
    this.x = new Float64Array(this.size);
    this.y = new Float64Array(this.size);
    for (let row = 0; row < this.size; row++) {
      this.x[row] = worldX(this.#lon[row]! / 1e5);
      this.y[row] = worldY(this.#lat[row]! / 1e5);
    }
    this.#placed = block.numbers("placed");
    this.precisionClass = this.#precisionClasses(this.#placed);
    this.weights = block.has("weight") ? block.numbers("weight") : null;
    this.total = this.size;
    if (this.weights !== null) {
      this.total = 0;
      for (let row = 0; row < this.size; row++) this.total += this.weights[row]!;
    }
    [this.verifications, this.verified] = this.#verifications();
    let dated = this.size;
    while (dated > 0 && this.start[dated - 1] === MISSING) dated--;
    this.undatedFrom = dated;
    this.lasting = this.#lasting();
    this.broad = this.#broad();
  }

  #broad(): Int32Array {
    const vicinity = PRECISION_CLASSES.indexOf("vicinity");
    const found: number[] = [];
    for (let row = 0; row < this.size; row++) if (this.precisionClass[row]! > vicinity) found.push(row);
    return Int32Array.from(found);
  }

  #precisionClasses(placed: ArrayLike<number>): Uint8Array {
    const { codes, values } = this.precision;
    const classes = [false, true].map((flag) => values.map((value) => PRECISION_CLASSES.indexOf(precisionClass(value, flag))));
    const none = PRECISION_CLASSES.indexOf("none");
    const found = new Uint8Array(this.size);
    for (let row = 0; row < this.size; row++) found[row] = classes[placed[row]!]?.[codes[row]!] ?? none;
    return found;
  }

  #verifications(): [readonly string[], Uint8Array] {
    const { codes, values } = this.verification;
    if (values.length === 0) return [[NO_VERIFICATION], new Uint8Array(this.size)];
    const names = values.slice(0, MOST_VERIFICATIONS).map((value) => value ?? NO_VERIFICATION);
    const verified = new Uint8Array(this.size);
    for (let row = 0; row < this.size; row++) verified[row] = Math.min(codes[row]!, MOST_VERIFICATIONS - 1);
    return [names, verified];
  }

  /** Who or what the rows name; null where the data says nothing of it. */
  names(facet: NamedFacet): Names | null {
    const { codes, values } = facet === "country" ? this.country : coded(this.#block, `${facet}_names`);
    if (values.length === 0) return null;
    if (facet === "country") return { codes, byCode: values.map((code) => [code ?? UNSTATED]) };
    // Words of actors and sources are lists of places in the names, such as "0 3"; a name of null stands for all others.
    const names = (this.#block.meta["names"] as Partial<Record<NamedFacet, readonly (string | null)[]>> | undefined)?.[facet] ?? [];
    return { codes, byCode: values.map((word) => (word ? word.split(" ").map((place) => names[Number(place)] ?? OTHERS) : [UNSTATED])) };
  }

  #lasting(): Int32Array {
    const found: number[] = [];
    for (let row = 0; row < this.undatedFrom; row++) {
      if (this.end[row] !== MISSING && this.end[row]! > this.start[row]!) found.push(row);
    }
    return Int32Array.from(found);
  }

  /** What else the block says, such as the names of its codes. */
  get meta(): Readonly<Record<string, unknown>> {
    return this.#block.meta;
  }

  /** A dictionary column, of which the block may have none. */
  column(name: string): Coded {
    return coded(this.#block, name);
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

  /** True where a row has a point, however vague. */
  isPlaced(row: number): boolean {
    return this.#placed[row] === 1;
  }

  uncertainty(row: number): number | null {
    return this.number("uncertainty_m", row);
  }

  toll(row: number): Toll {
    return {
      best: this.number("fatalities_best", row),
      low: this.number("fatalities_low", row),
      high: this.number("fatalities_high", row),
      injured: this.number("injured", row),
    };
  }

  /** The nearest border; null where it is not known or too far to matter. */
  border(row: number): Border | null {
    const pair = this.word(this.#borderPair, row);
    const distanceM = this.number("border_distance_m", row);
    if (pair === null || distanceM === null || distanceM > FARTHEST_BORDER_M) return null;
    return {
      pair,
      distanceM,
      minM: this.number("border_distance_min_m", row) ?? distanceM,
      maxM: this.number("border_distance_max_m", row) ?? distanceM,
      bearingDeg: this.number("border_bearing_deg", row),
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
  texts(): Promise<TextTable> {
    // Another layer may bring the texts later.
    return this.textsId === null ? Promise.resolve(NO_TABLE) : (this.#texts ??= openTexts(this.textsId));
  }

  /** The value of a column of numbers in one row. */
  number(name: string, row: number): number | null {
    let column = this.#numbers.get(name);
    if (column === undefined) {
      column = this.#block.has(name) ? this.#block.numbers(name) : [];
      this.#numbers.set(name, column);
    }
    const value = column[row];
    return value === undefined || value === MISSING || Number.isNaN(value) ? null : value;
  }
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
