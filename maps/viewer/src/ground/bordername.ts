/** The name of the nearest border, written along its line beside the selected incident. */

import type { Line } from "./lines";
import { overlaps } from "../canvas/boxes";
import { direct, worldX, worldY } from "../canvas/geodesic";
import { onCanvas } from "../marks/marklayout";
import type { Drawer, Frame } from "../canvas/frame";
import type { Scene } from "../canvas/scene";
import { SANS } from "../canvas/tokens";
import { say } from "../words/catalogue";
import { directionOf } from "../words/plaintext";

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Written {
  readonly text: string;
  readonly at: Point;
  readonly angle: number;
}

const FONT = `11.5px ${SANS}`;
/** Where along the line the name may begin, from the nearest point outwards. */
const STARTS_PX = [50, 90, 140, 200];
const ABOVE_PX = 9;
/** A line that bends more than this under its name gets none. */
const STRAIGHT = 0.985;

export class BorderName implements Drawer {
  readonly surface = "top";
  readonly order = 33;
  readonly #scene: Scene;
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  #written: Written | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  layout(frame: Frame): void {
    this.#written = null;
    const { marked: selected, sets } = this.#scene.clock;
    if (selected === null || !sets.includes(selected.set)) return;
    const { set, row } = selected;
    const border = set.border(row);
    if (border?.bearingDeg == null) return;
    const end = direct(set.lon(row), set.lat(row), border.bearingDeg, border.distanceM);
    const foot = onCanvas(frame.view, worldX(end.lon), worldY(end.lat));
    const from = onCanvas(frame.view, set.x[row]!, set.y[row]!);
    if (Math.hypot(foot.x - from.x, foot.y - from.y) < 9) return;
    const text = say("border.name", { names: set.pairName(border.pair) });
    this.#ruler.font = FONT;
    const width = this.#ruler.measureText(text).width;
    const paths = this.#scene.borders(border.pair).flatMap((line) => nearFoot(line, frame, foot));
    for (const start of STARTS_PX) {
      for (const path of paths) {
        const place = along(path, start, width);
        if (place === null || !isFree(frame, place, width)) continue;
        this.#written = { text, ...place };
        frame.obstacles.push(...boxesOf(place, width));
        return;
      }
    }
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    if (this.#written === null) return;
    const { text, at, angle } = this.#written;
    context.translate(at.x, at.y);
    context.rotate(angle);
    context.font = FONT;
    context.direction = directionOf(text);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = frame.tokens.halo;
    context.strokeText(text, 0, -ABOVE_PX);
    context.fillStyle = frame.tokens.label;
    context.fillText(text, 0, -ABOVE_PX);
  }
}

/** The line on the canvas from its point nearest to the foot, once in each direction; none if the foot is not on it. */
function nearFoot(line: Line, frame: Frame, foot: Point): Point[][] {
  const points: Point[] = [];
  let nearest = 0;
  let least = Infinity;
  for (let i = 0; i < line.points.length; i += 2) {
    const point = onCanvas(frame.view, line.points[i]!, line.points[i + 1]!);
    points.push(point);
    if (i === 0) continue;
    const away = distanceToSegment(foot, points[points.length - 2]!, point);
    if (away < least) [least, nearest] = [away, points.length - 1];
  }
  if (least > 12) return [];
  return [[foot, ...points.slice(nearest)], [foot, ...points.slice(0, nearest).reverse()]];
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square));
  return Math.hypot(p.x - a.x - share * dx, p.y - a.y - share * dy);
}

/** A straight enough piece of the path, from a distance on for the width of the name. */
function along(path: readonly Point[], start: number, width: number): { at: Point; angle: number } | null {
  const a = pointAt(path, start);
  const b = pointAt(path, start + width);
  if (a === null || b === null || Math.hypot(b.x - a.x, b.y - a.y) < STRAIGHT * width) return null;
  const angle = Math.atan2(b.y - a.y, b.x - a.x);
  const upright = angle > Math.PI / 2 ? angle - Math.PI : angle < -Math.PI / 2 ? angle + Math.PI : angle;
  return { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, angle: upright };
}

function pointAt(path: readonly Point[], distance: number): Point | null {
  let left = distance;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1]!, path[i]!];
    const step = Math.hypot(b.x - a.x, b.y - a.y);
    if (step >= left && step > 0) return { x: a.x + ((b.x - a.x) * left) / step, y: a.y + ((b.y - a.y) * left) / step };
    left -= step;
  }
  return null;
}

/** Small boxes along the slanted name. */
function boxesOf({ at, angle }: { at: Point; angle: number }, width: number): { left: number; right: number; top: number; bottom: number }[] {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [at.x + ABOVE_PX * uy, at.y - ABOVE_PX * ux];
  return [-0.45, -0.22, 0, 0.22, 0.45].map((share) => {
    const [cx, cy] = [x + share * width * ux, y + share * width * uy];
    return { left: cx - 9, right: cx + 9, top: cy - 9, bottom: cy + 9 };
  });
}

function isFree(frame: Frame, place: { at: Point; angle: number }, width: number): boolean {
  const { sight } = frame;
  return boxesOf(place, width).every((box) =>
    box.left > sight.left && box.right < sight.right && box.top > sight.top && box.bottom < sight.bottom &&
    !frame.obstacles.some((other) => overlaps(box, other)),
  );
}
