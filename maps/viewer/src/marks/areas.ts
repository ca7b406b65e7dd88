/** Hatched provinces: where incidents are known only to the province. */

import type { Line } from "../ground/lines";
import type { Clock } from "../time/clock";
import { hatch } from "../canvas/hatching";
import type { IncidentSet } from "../data/incidents";
import { OWN_MARK_ZOOM } from "./marklayout";
import type { Drawer, Frame } from "../canvas/frame";
import type { Scene } from "../canvas/scene";
import { traceRings } from "../canvas/trace";

const DENSE_FROM = 3;

export class Areas implements Drawer {
  readonly surface = "top";
  readonly order = 10;
  readonly #scene: Scene;
  readonly #sets: () => readonly IncidentSet[];
  readonly #paths = new Map<string, Path2D>();
  #view = "";
  #counted = "";
  #counts: ReadonlyMap<string, number> = new Map();

  constructor(scene: Scene, sets: () => readonly IncidentSet[]) {
    this.#scene = scene;
    this.#sets = sets;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { clock } = this.#scene;
    if (frame.zoom < OWN_MARK_ZOOM) {
      for (const [code, count] of this.#provinceCounts()) {
        this.#hatch(context, frame, code, count >= DENSE_FROM ? 8 : 13, frame.tokens.hatch);
      }
    }
    const { marked: selected } = clock;
    if (selected?.set.word(selected.set.precision, selected.row) !== "admin1") return;
    const code = selected.set.word(selected.set.province, selected.row);
    if (code === null) return;
    context.globalAlpha = 0.55;
    this.#hatch(context, frame, code, 10, frame.kindColours[clock.slot(selected)]!);
  }

  #provinceCounts(): ReadonlyMap<string, number> {
    const { clock } = this.#scene;
    const sets = this.#sets();
    const key = `${clock.version} ${sets.length}`;
    if (key !== this.#counted) [this.#counted, this.#counts] = [key, provinceCounts(clock, sets)];
    return this.#counts;
  }

  #hatch(context: CanvasRenderingContext2D, frame: Frame, code: string, step: number, colour: string): void {
    const path = this.#path(code, frame);
    if (path !== null) hatch(context, path, frame.view, step, colour);
  }

  /** The area of a province, traced once for a view. */
  #path(code: string, frame: Frame): Path2D | null {
    const { scale, left, top, width, height } = frame.view;
    const view = [scale, left, top, width, height].join();
    if (view !== this.#view) {
      this.#view = view;
      this.#paths.clear();
    }
    const known = this.#paths.get(code);
    if (known !== undefined) return known;
    const rings = this.#scene.faces(code);
    if (rings === null) return null;
    const path = areaPath(rings, frame);
    this.#paths.set(code, path);
    return path;
  }
}

/** The rings in every copy of the world that is in sight. */
export function areaPath(rings: readonly Line[], frame: Frame): Path2D {
  const path = new Path2D();
  for (const view of frame.views) traceRings(path, rings, view);
  return path;
}

function provinceCounts(clock: Clock, sets: readonly IncidentSet[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const set of sets) {
    const admin1 = set.precision.values.indexOf("admin1");
    if (admin1 < 0) continue;
    const sums = new Float64Array(set.province.values.length);
    for (const row of clock.broadRows(set)) {
      if (set.precision.codes[row] === admin1) sums[set.province.codes[row]!]! += set.weights?.[row] ?? 1;
    }
    sums.forEach((sum, i) => {
      const code = set.province.values[i];
      if (sum > 0 && code != null) counts.set(code, (counts.get(code) ?? 0) + sum);
    });
  }
  return counts;
}
