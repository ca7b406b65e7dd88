/** Arcs of a coverage: faces, countries and any union of faces are stitched from them, without slivers. */

import { type Line, lineOf, Part, project, UNITS_PER_DEGREE } from "./lines";
import type { Block, Numbers } from "../data/payload";

export interface Arc extends Line {
  /** Number of a face; the lines of a face close. */
  readonly left: number;
  /** Number of a face, or SEA. */
  readonly right: number;
  readonly kind: string;
  readonly pair: string | null;
  readonly status: string | null;
  /** Numbers of the nodes at both ends: arcs that meet share them. */
  readonly start: number;
  readonly end: number;
}

export const SEA = -1;

class ArcPart extends Part implements Arc {
  readonly left: number;
  readonly right: number;
  readonly kind: string;
  readonly pair: string | null;
  readonly status: string | null;
  readonly start: number;
  readonly end: number;

  constructor(all: Float64Array, from: number, to: number, facts: Omit<Arc, keyof Line>) {
    super(all, from, to);
    this.left = facts.left;
    this.right = facts.right;
    this.kind = facts.kind;
    this.pair = facts.pair;
    this.status = facts.status;
    this.start = facts.start;
    this.end = facts.end;
  }
}

/** Tells the number of a place: equal coordinates have an equal one. A table of places with open addresses. */
function nodeNumbers(x: Numbers, y: Numbers, places: number): (place: number) => number {
  const size = 2 ** Math.ceil(Math.log2(2 * places + 2));
  const found = new Int32Array(size).fill(-1);
  return (place) => {
    const placeX = x[place]!;
    const placeY = y[place]!;
    let node = (Math.imul(placeX, 73_856_093) ^ Math.imul(placeY, 19_349_663)) >>> 0;
    for (node = (node ^ (node >>> 15)) & (size - 1); ; node = (node + 1) & (size - 1)) {
      const other = found[node]!;
      if (other < 0) found[node] = place;
      else if (x[other] !== placeX || y[other] !== placeY) continue;
      return node;
    }
  };
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
  const [x, y, left, right, lengths] = ["x", "y", "left", "right", "arc_length"].map((name) => block.numbers(name)) as
    [Numbers, Numbers, Numbers, Numbers, Numbers];
  const [kind, pair, status] = ["kind", "border_pair", "status"].map((name) => wordsOf(block, name)) as [WordOf, WordOf, WordOf];
  const points = project(x, y, UNITS_PER_DEGREE);
  const nodeOf = nodeNumbers(x, y, 2 * lengths.length);
  const arcs: Arc[] = [];
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const next = at + lengths[i]!;
    arcs.push(new ArcPart(points, 2 * at, 2 * next, {
      left: left[i]!, right: right[i]!, kind: kind(i) ?? "province", pair: pair(i), status: status(i),
      start: nodeOf(at), end: nodeOf(next - 1),
    }));
    at = next;
  }
  return arcs;
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
  const note = (code: Code | null, arc: Arc): void => {
    if (code === null) return;
    const own = edges.get(code);
    if (own === undefined) edges.set(code, [arc]);
    else own.push(arc);
  };
  for (const arc of arcs) {
    const left = arc.left === SEA ? null : codeOf(arc.left);
    const right = arc.right === SEA ? null : codeOf(arc.right);
    if (left === right) continue;
    note(left, arc);
    note(right, arc);
  }
  return edges;
}

/** Joins arcs end to end into closed rings. */
export function stitch(arcs: readonly Arc[]): readonly Line[] {
  // Of each node the first of its ends of arcs, and of each end the next one: 2i begins arc i, 2i + 1 ends it.
  const first = new Map<number, number>();
  const next = new Int32Array(2 * arcs.length);
  for (let end = next.length - 1; end >= 0; end--) {
    const arc = arcs[end >> 1]!;
    const node = end % 2 === 0 ? arc.start : arc.end;
    next[end] = first.get(node) ?? -1;
    first.set(node, end);
  }
  const used = new Uint8Array(arcs.length);
  const rings: Line[] = [];
  for (let i = 0; i < arcs.length; i++) {
    if (used[i] === 1) continue;
    const chain: Arc[] = [];
    const begin = arcs[i]!.start;
    for (let [at, node] = [i, begin]; at >= 0;) {
      used[at] = 1;
      const arc = arcs[at]!;
      chain.push(arc);
      node = arc.start === node ? arc.end : arc.start;
      let end = node === begin ? -1 : first.get(node)!;
      while (end >= 0 && used[end >> 1] === 1) end = next[end]!;
      at = end >= 0 ? end >> 1 : -1;
    }
    rings.push(ringOf(chain));
  }
  return rings;
}

/** The ring of some arcs end to end, from the start of the first one. */
function ringOf(chain: readonly Arc[]): Line {
  const parts = chain.map(({ points }) => points);
  const ring = new Float64Array(parts.reduce((sum, { length }) => sum + length - 2, 0));
  let [to, node] = [0, chain[0]!.start];
  parts.forEach((points, i) => {
    const { start, end } = chain[i]!;
    const last = points.length - 2;
    // Each arc leaves out its last point, which is the first of the next arc.
    if (start === node) ring.set(points.subarray(0, last), to);
    else {
      for (let from = last, at = to; from > 0; from -= 2, at += 2) {
        ring[at] = points[from]!;
        ring[at + 1] = points[from + 1]!;
      }
    }
    node = start === node ? end : start;
    to += last;
  });
  return lineOf(ring);
}
