/** Arcs of a coverage: faces, countries and any union of faces are stitched from them, without slivers. */

import { worldX, worldY } from "./geodesic";
import type { Block } from "./payload";

/** Points as x0, y0, x1, y1, ... in the unit square of Web Mercator, with their box. */
export interface Line {
  readonly points: Float64Array;
  readonly west: number;
  readonly north: number;
  readonly east: number;
  readonly south: number;
}

export interface Arc extends Line {
  /** Number of a face; the lines of a face close. */
  readonly left: number;
  /** Number of a face, or SEA. */
  readonly right: number;
  readonly kind: string;
  readonly pair: string | null;
  readonly status: string | null;
  /** Integer coordinates of both ends: arcs that meet share them exactly. */
  readonly startKey: string;
  readonly endKey: string;
}

export const SEA = -1;

const UNITS_PER_DEGREE = 1e6;

export function lineOf(points: Float64Array): Line {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < north) north = y;
    if (y > south) south = y;
  }
  return { points, west, north, east, south };
}

/** Splits concatenated delta columns of parts of a degree into lines of the given lengths. */
export function readLines(
  block: Block, lengths: ArrayLike<number>, unitsPerDegree = UNITS_PER_DEGREE,
): { line: Line; startKey: string; endKey: string }[] {
  const x = block.numbers("x");
  const y = block.numbers("y");
  let at = 0;
  return Array.from(lengths, (length) => {
    const points = new Float64Array(2 * length);
    for (let i = 0; i < length; i++) {
      points[2 * i] = worldX(x[at + i]! / unitsPerDegree);
      points[2 * i + 1] = worldY(y[at + i]! / unitsPerDegree);
    }
    const last = at + length - 1;
    const read = { line: lineOf(points), startKey: `${x[at]!},${y[at]!}`, endKey: `${x[last]!},${y[last]!}` };
    at += length;
    return read;
  });
}

/** One level of the base map: a complete world of arcs, drawn between two zooms. */
export class ArcLevel {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Country code of a face; null where nobody holds it. */
  readonly countryOf: (face: number) => string | null;
  readonly #provinceOf: (face: number) => string | null;
  readonly #block: Block;
  #arcs: readonly Arc[] | null = null;
  readonly #provinces = new Map<string, readonly Line[]>();
  #byProvince: ReadonlyMap<string, readonly Arc[]> | null = null;
  #byCountry: ReadonlyMap<string, readonly Arc[]> | null = null;
  #byFace: ReadonlyMap<number, readonly Arc[]> | null = null;
  #land: readonly Line[] | null = null;
  readonly #countries = new Map<string, readonly Line[]>();

  /** `faces` tells what the numbers of faces mean, for all levels alike. */
  constructor(block: Block, faces: Block) {
    this.#block = block;
    this.minZoom = Number(block.meta["min_zoom"] ?? 0);
    this.maxZoom = Number(block.meta["max_zoom"] ?? 99);
    this.countryOf = wordsOf(faces, "country_a3");
    this.#provinceOf = wordsOf(faces, "admin1_code");
  }

  /** All arcs, read when the level is first drawn. */
  get arcs(): readonly Arc[] {
    this.#arcs ??= readArcs(this.#block);
    return this.#arcs;
  }

  /** The outline of the union of some faces, as rings for an even-odd fill. */
  outlineOf(faces: ReadonlySet<number>): readonly Line[] {
    this.#byFace ??= edgesBy(this.arcs, (face) => face);
    const edges = [...faces].flatMap((face) => this.#byFace!.get(face) ?? []);
    return stitch(edges.filter((arc) => faces.has(arc.left) !== faces.has(arc.right)));
  }

  /** The outline of the union of all faces for which `inside` holds, as rings for an even-odd fill. */
  outline(inside: (face: number) => boolean): readonly Line[] {
    const has = (face: number): boolean => face !== SEA && inside(face);
    return stitch(this.arcs.filter((arc) => has(arc.left) !== has(arc.right)));
  }

  /** The rings of one province, which may have several faces. */
  province(code: string): readonly Line[] {
    let rings = this.#provinces.get(code);
    if (rings === undefined) {
      this.#byProvince ??= edgesBy(this.arcs, this.#provinceOf);
      rings = stitch(this.#byProvince.get(code) ?? []);
      this.#provinces.set(code, rings);
    }
    return rings;
  }

  /** The rings of all land. */
  land(): readonly Line[] {
    this.#land ??= this.outline(() => true);
    return this.#land;
  }

  /** The arcs that bound a country. */
  edges(code: string): readonly Arc[] {
    this.#byCountry ??= edgesBy(this.arcs, this.countryOf);
    return this.#byCountry.get(code) ?? [];
  }

  /** The rings of one country. */
  country(code: string): readonly Line[] {
    let rings = this.#countries.get(code);
    if (rings === undefined) {
      rings = stitch(this.edges(code));
      this.#countries.set(code, rings);
    }
    return rings;
  }
}

function readArcs(block: Block): readonly Arc[] {
  const [left, right] = [block.numbers("left"), block.numbers("right")];
  const words = ["kind", "border_pair", "status"].map((name) => wordsOf(block, name));
  const [kind, pair, status] = words as [WordOf, WordOf, WordOf];
  return readLines(block, block.numbers("arc_length")).map(({ line, startKey, endKey }, i) => ({
    ...line, startKey, endKey, left: left[i]!, right: right[i]!, kind: kind(i) ?? "province", pair: pair(i), status: status(i),
  }));
}

type WordOf = (i: number) => string | null;

function wordsOf(block: Block, name: string): WordOf {
  const codes = block.numbers(name);
  const values = block.values(name);
  return (i) => values[codes[i]!] ?? null;
}

/** The arcs that have a face, a province or a country on one side only, by its code. */
function edgesBy<Code>(arcs: readonly Arc[], codeOf: (face: number) => Code | null): ReadonlyMap<Code, readonly Arc[]> {
  const edges = new Map<Code, Arc[]>();
  for (const arc of arcs) {
    const [left, right] = [arc.left, arc.right].map((face) => (face === SEA ? null : codeOf(face)));
    if (left === right) continue;
    for (const code of [left, right]) {
      if (code == null) continue;
      const own = edges.get(code);
      if (own === undefined) edges.set(code, [arc]);
      else own.push(arc);
    }
  }
  return edges;
}

/** Joins arcs end to end into closed rings. */
export function stitch(arcs: readonly Arc[]): readonly Line[] {
  const at = new Map<string, Arc[]>();
  const note = (key: string, arc: Arc): void => {
    const here = at.get(key);
    if (here === undefined) at.set(key, [arc]);
    else here.push(arc);
  };
  for (const arc of arcs) {
    note(arc.startKey, arc);
    note(arc.endKey, arc);
  }
  const used = new Set<Arc>();
  const rings: Line[] = [];
  for (const first of arcs) {
    if (used.has(first)) continue;
    const chain: { arc: Arc; forward: boolean }[] = [];
    let next: Arc | undefined = first;
    let key = first.startKey;
    while (next !== undefined) {
      used.add(next);
      const forward: boolean = next.startKey === key;
      chain.push({ arc: next, forward });
      key = forward ? next.endKey : next.startKey;
      next = key === first.startKey ? undefined : at.get(key)?.find((arc) => !used.has(arc));
    }
    rings.push(ringOf(chain));
  }
  return rings;
}

function ringOf(chain: readonly { arc: Arc; forward: boolean }[]): Line {
  const size = chain.reduce((sum, { arc }) => sum + arc.points.length - 2, 0);
  const points = new Float64Array(size);
  let to = 0;
  for (const { arc, forward } of chain) {
    const from = arc.points;
    const count = from.length / 2;
    // Each arc leaves out its last point, which is the first of the next arc.
    for (let i = 0; i < count - 1; i++) {
      const j = 2 * (forward ? i : count - 1 - i);
      points[to++] = from[j]!;
      points[to++] = from[j + 1]!;
    }
  }
  return lineOf(points);
}

/** True if the point lies inside the rings, by the even-odd rule. */
export function contains(rings: readonly Line[], x: number, y: number): boolean {
  let inside = false;
  for (const { points, west, east, north, south } of rings) {
    if (x < west || x > east || y < north || y > south) continue;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const yi = points[i + 1]!;
      const yj = points[j + 1]!;
      if (yi > y === yj > y) continue;
      if (x < points[i]! + ((y - yi) * (points[j]! - points[i]!)) / (yj - yi)) inside = !inside;
    }
  }
  return inside;
}
