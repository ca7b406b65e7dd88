/** A way along the ground: geodesics between the points that the reader has set. */

import { direct, inverse, worldX, worldY } from "../canvas/geodesic";
import type { Drawer, Frame } from "../canvas/frame";
import { onCanvas } from "../marks/marklayout";

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** So long is one straight stroke of a geodesic at most. */
const STROKE_M = 50_000;
const MOST_STROKES = 200;

/** The lengths of the legs in metres. */
export function legs(places: readonly Place[]): number[] {
  return places.slice(1).map(({ lon, lat }, i) => inverse(places[i]!.lon, places[i]!.lat, lon, lat).distanceM);
}

/** Vertices of a leg, without its first. */
function strokes(from: Place, to: Place): Place[] {
  const { distanceM, azimuthDeg } = inverse(from.lon, from.lat, to.lon, to.lat);
  const count = Math.min(MOST_STROKES, Math.ceil(distanceM / STROKE_M));
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? nearer(to, from) : direct(from.lon, from.lat, azimuthDeg, (distanceM * (i + 1)) / count)));
}

/** The same place in the copy of the world that the way leads to. */
function nearer({ lon, lat }: Place, { lon: from }: Place): Place {
  return { lon: lon + 360 * Math.round((from - lon) / 360), lat };
}

export class Way implements Drawer {
  readonly surface = "top";
  readonly order = 60;
  readonly places: Place[] = [];
  readonly #aim: () => Place | null;

  /** `aim` is where the next point would be set by key. */
  constructor(aim: () => Place | null) {
    this.#aim = aim;
  }


  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { tokens } = frame;
    const at = ({ lon, lat }: Place): { x: number; y: number } => onCanvas(frame.view, worldX(lon), worldY(lat));
    const line = new Path2D();
    const dots = new Path2D();
    let last: Place | null = null;
    for (const place of this.places) {
      const vertices: readonly Place[] = last === null ? [place] : strokes(last, place);
      for (const vertex of vertices) {
        const { x, y } = at(vertex);
        if (last === null) line.moveTo(x, y);
        else line.lineTo(x, y);
        last = vertex;
      }
      const { x, y } = at(last ?? place);
      dots.moveTo(x + 4, y);
      dots.arc(x, y, 4, 0, 2 * Math.PI);
    }
    const aim = this.#aim();
    if (aim !== null) {
      const { x, y } = at(aim);
      line.moveTo(x - 9, y);
      line.lineTo(x + 9, y);
      line.moveTo(x, y - 9);
      line.lineTo(x, y + 9);
    }
    for (const [colour, width] of [[tokens.halo, 5], [tokens.ink, 1.5]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(line);
    }
    context.fillStyle = tokens.surface;
    context.fill(dots);
    context.stroke(dots);
  }
}
