/** Where a sea's name may stand: over water alone, within the circle that fits into the sea. */

import type { ArcLevel } from "../ground/arcs";
import { contains } from "../ground/lines";
import type { BaseMap } from "../ground/basemap";
import type { Frame } from "../canvas/frame";
import { onCanvas } from "../marks/marklayout";

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A name may be somewhat wider than the circle: seas are longer than they are wide. */
const WIDEST = 1.25;
/** From the middle outwards, in shares of the radius. */
const SHARES = [0, 0.3, 0.55] as const;
const WAYS = 8;

export class SeaRoom {
  readonly #base: BaseMap;
  readonly #spots = new Map<string, readonly Spot[]>();
  #view = "";

  constructor(base: BaseMap) {
    this.#base = base;
  }

  /** Spots for a name of this half width, best first; sought again only when the view changes. */
  spots(frame: Frame, name: string, home: { readonly x: number; readonly y: number; readonly radiusDeg: number }, half: number): readonly Spot[] {
    const { scale, left, top, width, height } = frame.view;
    const view = [scale, left, top, width, height].join();
    if (view !== this.#view) {
      this.#view = view;
      this.#spots.clear();
    }
    let spots = this.#spots.get(name);
    if (spots === undefined) {
      const level = this.#base.levelAt(frame.zoom);
      spots = level === null ? [] : search(frame, level, home, half);
      this.#spots.set(name, spots);
    }
    return spots;
  }
}

function search(
  frame: Frame, level: ArcLevel, home: { readonly x: number; readonly y: number; readonly radiusDeg: number }, half: number,
): Spot[] {
  const { view, sight } = frame;
  const radius = (home.radiusDeg / 360) * view.scale;
  if (half > WIDEST * radius) return [];
  const at = onCanvas(view, home.x, home.y);
  const around = SHARES.flatMap((share) =>
    share === 0 ? [at] : Array.from({ length: WAYS }, (_, i) => {
      const turn = (2 * Math.PI * i) / WAYS;
      return { x: at.x + share * radius * Math.cos(turn), y: at.y + share * radius * Math.sin(turn) };
    }),
  );
  return around
    .filter(({ x, y }) => x - half > sight.left + 4 && x + half < sight.right - 4 && y > sight.top + 10 && y < sight.bottom - 10)
    .filter(({ x, y }) => [-1, -0.5, 0, 0.5, 1].every((share) => {
      const column = (x + share * half + view.left) / view.scale;
      return !contains(level.land(), column - Math.floor(column), (y + view.top) / view.scale);
    }));
}
