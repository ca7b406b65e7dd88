/** Lines from incidents to the nearest border point, with the distance and its interval. */

import { type Box, overlaps } from "../canvas/boxes";
import type { Clock, Ref } from "../time/clock";
import { direct, worldX, worldY } from "../canvas/geodesic";
import type { IncidentSet } from "../data/incidents";
import { type Mark, onCanvas } from "../marks/marklayout";
import type { Drawer, Frame } from "../canvas/frame";
import { refsOf } from "../data/members";
import { SANS } from "../canvas/tokens";
import { borderChip } from "../words/border";
import { hasDisc } from "../words/places";
import { directionOf } from "../words/plaintext";

interface Link {
  readonly from: { x: number; y: number };
  readonly foot: { x: number; y: number };
  readonly text: string;
  chip: Box | null;
}

const LEAST_PX = 9;
const CHIP_FONT = `600 12px ${SANS}`;

function linkOf({ set, row }: Ref, frame: Frame): Link | null {
  const border = set.border(row);
  // For an area any one distance would claim more than is known.
  if (border?.bearingDeg == null || !hasDisc(set.word(set.precision, row))) return null;
  const end = direct(set.lon(row), set.lat(row), border.bearingDeg, border.distanceM);
  const from = onCanvas(frame.view, set.x[row]!, set.y[row]!);
  const foot = onCanvas(frame.view, worldX(end.lon), worldY(end.lat));
  const { width, height } = frame.view;
  const off = Math.max(from.x, foot.x) < 0 || Math.max(from.y, foot.y) < 0;
  if (off || Math.min(from.x, foot.x) > width || Math.min(from.y, foot.y) > height) return null;
  if (Math.hypot(from.x - foot.x, from.y - foot.y) < LEAST_PX) return null;
  return { from, foot, text: borderChip(border.distanceM, border.minM, border.maxM), chip: null };
}

/** Links of one choice of incidents; the chips claim room like labels. */
export class Links implements Drawer {
  readonly surface = "top";
  readonly order: number;
  readonly #refs: (frame: Frame) => Iterable<Ref>;
  readonly #ruler: CanvasRenderingContext2D;
  #links: Link[] = [];

  constructor(order: number, refs: (frame: Frame) => Iterable<Ref>) {
    this.order = order;
    this.#refs = refs;
    this.#ruler = document.createElement("canvas").getContext("2d")!;
  }

  /** How many ways the last frame has drawn. */
  get drawn(): number {
    return this.#links.length;
  }

  layout(frame: Frame): void {
    this.#links = [];
    this.#ruler.font = CHIP_FONT;
    for (const ref of this.#refs(frame)) {
      const link = linkOf(ref, frame);
      if (link === null) continue;
      const width = this.#ruler.measureText(link.text).width + 16;
      link.chip = chipPlaces(link, width).find((box) => !frame.obstacles.some((other) => overlaps(box, other))) ?? null;
      if (link.chip !== null) frame.obstacles.push(link.chip);
      frame.obstacles.push(...boxesAlong(link));
      this.#links.push(link);
    }
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    for (const link of this.#links) drawLink(context, frame, link);
  }
}

function drawLink(context: CanvasRenderingContext2D, frame: Frame, { from, foot, text, chip }: Link): void {
  const { tokens } = frame;
  context.lineCap = "round";
  for (const [colour, width] of [[tokens.halo, 4], [tokens.ink, 1.5]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(foot.x, foot.y);
    context.stroke();
  }
  context.beginPath();
  context.arc(foot.x, foot.y, 4, 0, 2 * Math.PI);
  context.fillStyle = tokens.surface;
  context.fill();
  context.stroke();
  if (chip === null) return;
  context.beginPath();
  context.roundRect(chip.left, chip.top, chip.right - chip.left, chip.bottom - chip.top, 6);
  context.fillStyle = tokens.surface;
  context.fill();
  context.strokeStyle = tokens.line2;
  context.lineWidth = 1;
  context.stroke();
  context.font = CHIP_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = tokens.ink;
  context.direction = directionOf(text);
  context.fillText(text, (chip.left + chip.right) / 2, (chip.top + chip.bottom) / 2 + 0.5);
}

/** Small boxes on the line, so that names keep off it. */
function boxesAlong({ from, foot }: Link): Box[] {
  const steps = Math.min(60, Math.ceil(Math.hypot(foot.x - from.x, foot.y - from.y) / 16));
  return Array.from({ length: steps + 1 }, (_, i) => {
    const [x, y] = [from.x + ((foot.x - from.x) * i) / steps, from.y + ((foot.y - from.y) * i) / steps];
    return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
  });
}

/** Beside the link's middle on either side, then round its foot. */
function chipPlaces({ from, foot }: Link, width: number): Box[] {
  const height = 22;
  const box = (x: number, y: number): Box => ({
    left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2,
  });
  const [mx, my] = [(from.x + foot.x) / 2, (from.y + foot.y) / 2];
  const length = Math.hypot(foot.x - from.x, foot.y - from.y);
  const [nx, ny] = [-(foot.y - from.y) / length, (foot.x - from.x) / length];
  const clear = Math.abs(nx) * (width / 2) + Math.abs(ny) * (height / 2) + 10;
  const [ux, uy] = [(foot.x - from.x) / length, (foot.y - from.y) / length];
  const beyond = Math.abs(ux) * (width / 2) + Math.abs(uy) * (height / 2) + 10;
  return [
    box(mx + nx * clear, my + ny * clear),
    box(mx - nx * clear, my - ny * clear),
    box(foot.x + nx * clear, foot.y + ny * clear),
    box(foot.x - nx * clear, foot.y - ny * clear),
    box(foot.x + ux * beyond, foot.y + uy * beyond),
  ];
}

/** More would hide the map, and each another. */
const MOST_LINKS = 400;

/** The incidents of the sets that have their own mark; where the marks are not shown, the first ones in time. */
export function* linkedRefs(
  clock: Clock, sets: readonly IncidentSet[], marks: readonly Mark[],
): Generator<Ref> {
  let left = MOST_LINKS;
  for (const mark of marks) {
    // Incidents that share a spot share its way to the border; a group of several spots has none.
    if (mark.shape === "donut" && mark.oneSpot !== true) continue;
    if (sets.includes(mark.ref.set) && left-- > 0) yield mark.ref;
  }
  if (marks.length > 0) return;
  for (const ref of refsOf(sets.map((set) => ({ set, rows: clock.rows(set) })), MOST_LINKS)) yield ref;
}
