/** Hatched provinces: where incidents are known only to the province. */

import type { Line } from "./arcs";
import type { Clock } from "./clock";
import { hatch } from "./hatching";
import type { IncidentSet } from "./incidents";
import { OWN_MARK_ZOOM } from "./marklayout";
import type { Drawer, Frame } from "./frame";
import type { Scene } from "./scene";
import { traceRings } from "./trace";

const DENSE_FROM = 3;

export class Areas implements Drawer {
  readonly surface = "top";
  readonly order = 10;
  readonly #scene: Scene;
  readonly #sets: () => readonly IncidentSet[];
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
    const { selected } = clock;
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
    const rings = this.#scene.faces(code);
    if (rings !== null) hatch(context, areaPath(rings, frame), frame.view, step, colour);
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
