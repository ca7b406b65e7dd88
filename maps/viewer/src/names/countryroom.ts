/** Where a country's name may stand: inside its country, as near as possible to its best point. */

import type { ArcLevel } from "../ground/arcs";
import { contains, type Line } from "../ground/lines";
import type { BaseMap } from "../ground/basemap";
import { onCanvas } from "../marks/marklayout";
import type { Box } from "../canvas/boxes";
import type { Frame } from "../canvas/frame";

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Spots, best first; whether the name fits there is looked up only for those that are asked for. */
class Spots {
  readonly #candidates: readonly Spot[];
  readonly #fits: (spot: Spot) => boolean;
  readonly #known: boolean[] = [];

  constructor(candidates: readonly Spot[], fits: (spot: Spot) => boolean) {
    [this.#candidates, this.#fits] = [candidates, fits];
  }

  find(accept: (spot: Spot) => boolean): Spot | undefined {
    return this.#candidates.find((spot, i) => (this.#known[i] ??= this.#fits(spot)) && accept(spot));
  }
}

const NO_SPOTS = new Spots([], () => false);

const STEP_PX = 26;
const MOST_STEPS = 14;
/** A country narrower than this may have its name at sea. */
const SMALL_PX = 120;
/** Of a country lower than this nobody would see whose name it is. */
const SPECK_PX = 28;
/** The name of a small coastal country in the data may lie this far out at sea. */
const SEA_PX = 34;
/** Below this zoom most names are wider than their country, and at sea nobody would see whose they are. */
const SEA_ZOOM = 4;

export class CountryRoom {
  readonly #base: BaseMap;
  readonly #spots = new Map<string, Spots>();
  #view = "";

  constructor(base: BaseMap) {
    this.#base = base;
  }

  /** Spots for a name of this half width, best first; the search is repeated only when the view changes. */
  spots(
    frame: Frame, code: string | null, home: { readonly x: number; readonly y: number }, half: number, subject: boolean,
  ): Spots {
    const { scale, left, top, width, height } = frame.view;
    const view = [scale, left, top, width, height].join();
    if (view !== this.#view) {
      this.#spots.clear();
      this.#view = view;
    }
    const level = this.#base.levelAt(frame.zoom);
    if (code === null || level === null) return NO_SPOTS;
    let spots = this.#spots.get(code);
    if (spots === undefined) {
      spots = this.#search(frame, level, code, home, half, subject);
      this.#spots.set(code, spots);
    }
    return spots;
  }

  #search(
    frame: Frame, level: ArcLevel, code: string, home: { readonly x: number; readonly y: number }, half: number, subject: boolean,
  ): Spots {
    const { view } = frame;
    const at = onCanvas(view, home.x, home.y);
    const bounds = boundsOf(level.edges(code), view, frame.sight, at.x);
    if (bounds === null) return NO_SPOTS;
    const rings = level.country(code);
    const unit = (x: number, y: number): [number, number] => {
      const column = (x + view.left) / view.scale;
      return [column - Math.floor(column), (y + view.top) / view.scale];
    };
    const inside = (x: number, y: number): boolean => contains(rings, ...unit(x, y));
    const { sight } = frame;
    const fits = ({ x, y }: Spot): boolean =>
      inSight(sight, x, y, half) && inside(x, y) &&
      inside(x - half, y - 6) && inside(x + half, y - 6) && inside(x - half, y + 6) && inside(x + half, y + 6);
    const grid = bounds.right - bounds.left < 2 * half ? [] : gridOf(bounds);
    // In sight, the country's own best point leads; else the middle of what is seen of it.
    const atHome = fits(at);
    const own = atHome ? grid : grid.filter(fits);
    const best = atHome ? at : middleOf(own, at);
    const away = ({ x, y }: Spot): number => Math.hypot(x - best.x, (y - best.y) * 1.4);
    own.sort((a, b) => away(a) - away(b));
    const spots = atHome ? [at, ...own] : own;
    // A name that fits inside may still find its spots taken by marks; then the sea will do.
    const small = bounds.right - bounds.left < SMALL_PX && bounds.bottom - bounds.top > SPECK_PX;
    const sea = subject && small && frame.zoom >= SEA_ZOOM ? this.#atSea(frame, level, rings, bounds, half, unit) : [];
    const atSea = new Set(sea);
    return new Spots([...spots, ...sea], (spot) => atSea.has(spot) || fits(spot));
  }

  /** Beside a small country: over water alone, with this country as the first land within reach. */
  #atSea(
    frame: Frame, level: ArcLevel, rings: readonly Line[], bounds: Box, half: number,
    unit: (x: number, y: number) => [number, number],
  ): Spot[] {
    const land = level.land();
    const free = (x: number, y: number): boolean => !contains(land, ...unit(x, y));
    const reaches = (x: number, y: number, side: number): boolean => {
      for (let out = 0; out <= SEA_PX; out += 4) {
        const at = x + side * (half + out);
        if (contains(rings, ...unit(at, y))) return true;
        if (!free(at, y)) return false;
      }
      return false;
    };
    const spots: Spot[] = [];
    const middle = (bounds.top + bounds.bottom) / 2;
    for (let y = bounds.top; y <= bounds.bottom; y += 8) {
      for (let x = bounds.left - SEA_PX - half; x <= bounds.right + SEA_PX + half; x += 10) {
        if (!inSight(frame.sight, x, y, half) || ![-1, -0.5, 0, 0.5, 1].every((share) => free(x + share * half, y))) continue;
        if (reaches(x, y, 1) || reaches(x, y, -1)) spots.push({ x, y });
      }
    }
    return spots.sort((a, b) => Math.abs(a.y - middle) - Math.abs(b.y - middle));
  }
}

function inSight({ left, right, top, bottom }: Box, x: number, y: number, half: number): boolean {
  return x - half > left + 4 && x + half < right - 4 && y > top + 10 && y < bottom - 10;
}

/** The part of the rings' box that is in sight, in canvas pixels; null if there is none. */
function boundsOf(
  rings: readonly Line[], view: Frame["view"], sight: Box, homeX: number,
): Box | null {
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings) {
    west = Math.min(west, ring.west);
    east = Math.max(east, ring.east);
    north = Math.min(north, ring.north);
    south = Math.max(south, ring.south);
  }
  if (west > east) return null;
  const copy = view.scale * Math.floor((homeX + view.left) / view.scale);
  const left = Math.max(sight.left, west * view.scale - view.left + copy);
  const right = Math.min(sight.right, east * view.scale - view.left + copy);
  const top = Math.max(sight.top, north * view.scale - view.top);
  const bottom = Math.min(sight.bottom, south * view.scale - view.top);
  return left < right && top < bottom ? { left, right, top, bottom } : null;
}

function middleOf(spots: readonly Spot[], fallback: Spot): Spot {
  if (spots.length === 0) return fallback;
  const sum = spots.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / spots.length, y: sum.y / spots.length };
}

function gridOf(box: Box): Spot[] {
  const across = Math.max(STEP_PX, (box.right - box.left) / MOST_STEPS);
  const down = Math.max(STEP_PX * 0.75, (box.bottom - box.top) / MOST_STEPS);
  const spots: Spot[] = [];
  for (let x = box.left + across / 2; x < box.right; x += across) {
    for (let y = box.top + down / 2; y < box.bottom; y += down) spots.push({ x, y });
  }
  return spots;
}
