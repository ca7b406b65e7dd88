/** Disputed land: which of it is in sight, and who holds and claims it. */

import type { ArcLevel } from "./arcs";
import { contains, type Line } from "./lines";
import type { Frame } from "../canvas/frame";
import { clipRing } from "../canvas/trace";

/** As the page has it: disputed areas by number of their face, one entry for each set of claims. */
export interface DisputeData {
  readonly holder: string | null;
  readonly claimants: readonly string[];
  readonly areas: Readonly<Record<string, string>>;
}

export interface Dispute {
  readonly holder: string | null;
  readonly claimants: readonly string[];
  /** Names of the areas, each once. */
  readonly names: readonly string[];
}

/** What is smaller nobody can see hatched. */
const LEAST_PX2 = 100;

export class Disputes {
  readonly #data: readonly DisputeData[];
  readonly #rings = new Map<ArcLevel, Map<number, readonly Line[]>>();

  #view = "";
  #version = -1;
  /** What the view shows of each dispute, and in which order it is told. */
  #shown: readonly Shown[] = [];
  #seen: readonly Dispute[] = [];

  constructor(data: readonly DisputeData[]) {
    this.#data = data;
  }

  /** The faces of each dispute. */
  get faces(): ReadonlySet<number>[] {
    return this.#data.map(({ areas }) => new Set(Object.keys(areas).map(Number)));
  }

  /**
   * The disputes with an area in sight, each with the names of those areas: first those where marks stand, then the
   * largest. Areas are cut to the view once for each view and level; only their order follows what is shown, which has
   * the version.
   */
  inSight(frame: Frame, level: ArcLevel | null, version: number): readonly Dispute[] {
    if (level === null) return [];
    const { scale, left, top, width, height } = frame.view;
    const view = [level.minZoom, scale, left, top, width, height].join();
    const moved = view !== this.#view;
    if (moved) this.#shown = this.#seek(frame, level);
    if (moved || version !== this.#version) this.#seen = inOrder(this.#shown, marksInSight(frame));
    [this.#view, this.#version] = [view, version];
    return this.#seen;
  }

  #seek(frame: Frame, level: ArcLevel): Shown[] {
    return this.#data.map(({ holder, claimants, areas }) => {
      const sizes = Object.entries(areas).map(([face, name]) => {
        const rings = this.#ringsOf(level, Number(face));
        return { name, rings, size: sizeInSight(rings, frame) };
      });
      return { holder, claimants, areas: sizes.filter(({ size }) => size >= LEAST_PX2) };
    }).filter(({ areas }) => areas.length > 0);
  }

  /** The dispute at a place of the unit square, with the name of the area there. */
  at(x: number, y: number, level: ArcLevel | null): Dispute | null {
    if (level === null) return null;
    for (const { holder, claimants, areas } of this.#data) {
      for (const [face, name] of Object.entries(areas)) {
        if (contains(this.#ringsOf(level, Number(face)), x, y)) return { holder, claimants, names: [name] };
      }
    }
    return null;
  }

  #ringsOf(level: ArcLevel, face: number): readonly Line[] {
    let byFace = this.#rings.get(level);
    if (byFace === undefined) {
      byFace = new Map();
      this.#rings.set(level, byFace);
    }
    let rings = byFace.get(face);
    if (rings === undefined) {
      rings = level.outlineOf(new Set([face]));
      byFace.set(face, rings);
    }
    return rings;
  }
}

/** A dispute with its areas in sight, and how large they are there. */
interface Shown {
  readonly holder: string | null;
  readonly claimants: readonly string[];
  readonly areas: readonly { readonly name: string; readonly rings: readonly Line[]; readonly size: number }[];
}

/** The disputes, and the names in each: first those with marks, then the largest. */
function inOrder(shown: readonly Shown[], places: readonly (readonly [number, number])[]): Dispute[] {
  const found = shown.map(({ holder, claimants, areas }) => {
    const told = areas.map(({ name, rings, size }) => ({ name, size, marked: places.some(([x, y]) => contains(rings, x, y)) })).sort(markedThenLargest);
    return {
      dispute: { holder, claimants, names: [...new Set(told.map(({ name }) => name))] },
      size: told.reduce((sum, { size }) => sum + size, 0),
      marked: told.some(({ marked }) => marked),
    };
  });
  return found.sort(markedThenLargest).map(({ dispute }) => dispute);
}

interface Seen {
  readonly size: number;
  readonly marked: boolean;
}

function markedThenLargest(one: Seen, other: Seen): number {
  return Number(other.marked) - Number(one.marked) || other.size - one.size;
}

/** Middles of the marks that are in sight, in the unit square. */
function marksInSight({ marks, sight, view }: Frame): (readonly [number, number])[] {
  const middles = marks.map(({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2] as const);
  return middles
    .filter(([x, y]) => x >= sight.left && x <= sight.right && y >= sight.top && y <= sight.bottom)
    .map(([x, y]) => {
      const across = (x + view.left) / view.scale;
      return [across - Math.floor(across), (y + view.top) / view.scale] as const;
    });
}

/** Square pixels of the window that the rings cover. */
function sizeInSight(rings: readonly Line[], { sight, views }: Frame): number {
  const [width, height] = [sight.right - sight.left, sight.bottom - sight.top];
  return views.reduce((sum, { scale, left, top }) => {
    const [west, north] = [(sight.left + left) / scale, (sight.top + top) / scale];
    const [east, south] = [west + width / scale, north + height / scale];
    const near = rings.filter((ring) => ring.east >= west && ring.west <= east && ring.south >= north && ring.north <= south);
    const sizes = near.map(({ points }) => areaOf(clipRing(
      Array.from(points, (value, i) => (i % 2 === 0 ? value - west : value - north) * scale), width, height, 0,
    )));
    // A ring that holds the whole window may be a hole.
    const parts = sizes.filter((size) => size < 0.999 * width * height);
    if (parts.length === sizes.length) return sum + parts.reduce((all, size) => all + size, 0);
    return sum + (contains(rings, (west + east) / 2, (north + south) / 2) ? width * height : 0);
  }, 0);
}

function areaOf(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!;
  }
  return Math.abs(sum) / 2;
}
