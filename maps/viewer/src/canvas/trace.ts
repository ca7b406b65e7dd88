/** Lines and rings of the unit square as canvas paths: projected, thinned, and cut to the view. */

import type { Line } from "../ground/lines";

/** The part of the projected world that a canvas shows; all in CSS pixels. */
export interface Viewport {
  /** Pixels per unit of the unit square. */
  readonly scale: number;
  /** World pixel of the canvas' top left corner. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** World pixel from which points reach half a world to either side; without it the middle of the canvas. */
  readonly middle?: number;
}

/** West end of the one copy of the world that points are drawn in. */
export function westEnd({ scale, left, width, middle }: Viewport): number {
  return (middle ?? left + width / 2) - scale / 2;
}

const MARGIN_PX = 32;
/** Vertices closer than this to the one before are left out. */
const THIN_PX = 0.6;

/** How far to move the view for each copy of the world that it shows. */
export function worldCopies({ scale, left, width }: Viewport): number[] {
  const copies: number[] = [];
  for (let copy = Math.floor(left / scale); copy <= Math.floor((left + width) / scale); copy++) copies.push(copy);
  return copies;
}

export function moved(view: Viewport, copy: number): Viewport {
  return copy === 0 ? view : { ...view, left: view.left - copy * view.scale };
}

function visible(line: Line, { scale, left, top, width, height }: Viewport): boolean {
  return (
    line.east * scale - left >= -MARGIN_PX &&
    line.west * scale - left <= width + MARGIN_PX &&
    line.south * scale - top >= -MARGIN_PX &&
    line.north * scale - top <= height + MARGIN_PX
  );
}

/** Adds closed rings to the path, each cut to the view. */
export function traceRings(path: Path2D, rings: readonly Line[], view: Viewport): void {
  for (const ring of rings) {
    if (!visible(ring, view)) continue;
    let corners = thinned(ring.points, view);
    if (corners.length < 6) continue;
    corners = clipRing(corners, view.width, view.height);
    if (corners.length < 6) continue;
    path.moveTo(corners[0]!, corners[1]!);
    for (let i = 2; i < corners.length; i += 2) path.lineTo(corners[i]!, corners[i + 1]!);
    path.closePath();
  }
}

function thinned(points: Float64Array, { scale, left, top }: Viewport): number[] {
  const out: number[] = [];
  let lastX = Infinity;
  let lastY = Infinity;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]! * scale - left;
    const y = points[i + 1]! * scale - top;
    if (Math.abs(x - lastX) < THIN_PX && Math.abs(y - lastY) < THIN_PX && i + 2 < points.length) continue;
    out.push(x, y);
    lastX = x;
    lastY = y;
  }
  return out;
}

/** Cuts a ring to the view's box (Sutherland and Hodgman 1974). */
export function clipRing(ring: number[], width: number, height: number, margin = MARGIN_PX): number[] {
  let out = ring;
  out = clipHalf(out, 0, -margin, 1);
  out = clipHalf(out, 0, width + margin, -1);
  out = clipHalf(out, 1, -margin, 1);
  return clipHalf(out, 1, height + margin, -1);
}

function clipHalf(ring: number[], axis: 0 | 1, limit: number, sign: 1 | -1): number[] {
  const out: number[] = [];
  const size = ring.length;
  for (let i = 0; i < size; i += 2) {
    const j = (i + size - 2) % size;
    const here = sign * (ring[i + axis]! - limit);
    const before = sign * (ring[j + axis]! - limit);
    if (here >= 0 !== before >= 0) {
      const share = before / (before - here);
      out.push(ring[j]! + share * (ring[i]! - ring[j]!), ring[j + 1]! + share * (ring[i + 1]! - ring[j + 1]!));
    }
    if (here >= 0) out.push(ring[i]!, ring[i + 1]!);
  }
  return out;
}

/** About 0.004 degrees: coarse levels round their vertices. */
const EDGE = 1e-5;

/** The world's cut at 180 degrees and below 85 degrees south is no coast. */
function isCut(x1: number, x2: number, y1: number, y2: number): boolean {
  return Math.max(x1, x2) < EDGE || Math.min(x1, x2) > 1 - EDGE || Math.min(y1, y2) > 1 - EDGE;
}

/** Adds a line to the path, without the segments that lie wholly outside the view. */
export function traceLine(path: Path2D, line: Line, view: Viewport): void {
  if (!visible(line, view)) return;
  const { points } = line;
  const { scale, left, top, width, height } = view;
  let [fromX, fromY] = [points[0]! * scale - left, points[1]! * scale - top];
  let from = 0;
  let drawing = false;
  for (let i = 2; i < points.length; i += 2) {
    const x = points[i]! * scale - left;
    const y = points[i + 1]! * scale - top;
    if (Math.abs(x - fromX) < THIN_PX && Math.abs(y - fromY) < THIN_PX && i + 2 < points.length) continue;
    const outside =
      (x < -MARGIN_PX && fromX < -MARGIN_PX) ||
      (x > width + MARGIN_PX && fromX > width + MARGIN_PX) ||
      (y < -MARGIN_PX && fromY < -MARGIN_PX) ||
      (y > height + MARGIN_PX && fromY > height + MARGIN_PX);
    if (outside || isCut(points[from]!, points[i]!, points[from + 1]!, points[i + 1]!)) drawing = false;
    else {
      if (!drawing) path.moveTo(fromX, fromY);
      path.lineTo(x, y);
      drawing = true;
    }
    fromX = x;
    fromY = y;
    from = i;
  }
}
