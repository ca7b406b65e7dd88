/** How each class of precision is drawn on the canvas. Halo first, then the mark in its kind's colour. */

import { shortCount } from "../words/numbers";
import { SANS } from "../canvas/tokens";
import type { Frame } from "../canvas/frame";
import type { TollSize } from "./tollsize";

type Context = CanvasRenderingContext2D;

const HALO_PX = 1.5;
const TURN = 2 * Math.PI;

function disc(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, TURN);
}

/** A crisp disc: the spot is known. */
export function drawPoint(context: Context, frame: Frame, x: number, y: number, colour: string): void {
  context.fillStyle = frame.tokens.halo;
  disc(context, x, y, 5 + HALO_PX);
  context.fill();
  context.fillStyle = colour;
  disc(context, x, y, 5);
  context.fill();
}

/** A core in a ring: somewhere in this town. */
export function drawSettlement(context: Context, frame: Frame, x: number, y: number, colour: string): void {
  context.fillStyle = frame.tokens.halo;
  disc(context, x, y, 7.25 + HALO_PX);
  context.fill();
  context.fillStyle = colour;
  disc(context, x, y, 3);
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  disc(context, x, y, 6.5);
  context.stroke();
}

/** An open dashed ring: within some kilometres, nobody knows the spot. */
export function drawVicinity(context: Context, frame: Frame, x: number, y: number, colour: string): void {
  context.fillStyle = frame.tokens.halo;
  disc(context, x, y, 7.5 + HALO_PX);
  context.fill();
  context.fillStyle = colour;
  context.globalAlpha = 0.16;
  disc(context, x, y, 6.5);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.setLineDash([3.4, 2.4]);
  disc(context, x, y, 6.5);
  context.stroke();
  context.setLineDash([]);
}

/** A hatched square: anywhere in the hatched area. */
export function drawArea(context: Context, frame: Frame, x: number, y: number, colour: string): void {
  const box = (grow: number): Path2D => {
    const path = new Path2D();
    path.roundRect(x - 6 - grow, y - 6 - grow, 12 + 2 * grow, 12 + 2 * grow, 2.5 + grow);
    return path;
  };
  context.fillStyle = frame.tokens.halo;
  context.fill(box(0.75 + HALO_PX));
  context.save();
  context.clip(box(0));
  context.strokeStyle = colour;
  context.lineWidth = 1.4;
  context.beginPath();
  for (let shift = -12; shift <= 12; shift += 4) {
    context.moveTo(x - 6 + shift, y + 6);
    context.lineTo(x + 6 + shift, y - 6);
  }
  context.stroke();
  context.restore();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke(box(0));
}

/** The number beside a square that stands for several incidents of one area. */
export function drawBeside(context: Context, frame: Frame, x: number, y: number, count: number): void {
  const text = shortCount(count);
  context.font = `600 11px ${SANS}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = frame.tokens.halo;
  context.strokeText(text, x + 4, y + 0.5);
  context.fillStyle = frame.tokens.ink;
  context.fillText(text, x + 4, y + 0.5);
}

export interface Donut {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Incidents per kind slot. */
  readonly bySlot: readonly number[];
  readonly count: number;
  /** More than half of the members are known only to a vicinity. */
  readonly vague: boolean;
}

/** Width of the ring of a donut. */
export function ringWidth(count: number): number {
  return count < 4 ? 3.5 : 4.5;
}

/** What a donut stands on: its halo, and the ground of its ring. */
export function drawDonutGround(context: Context, frame: Frame, radius: number): void {
  drawDisc(context, frame.tokens.halo, radius + HALO_PX);
  drawDisc(context, frame.tokens.surface, radius);
}

export function drawDisc(context: Context, colour: string, radius: number): void {
  context.fillStyle = colour;
  disc(context, 0, 0, radius);
  context.fill();
}

/** The shares of the kinds, clockwise from the top in legend order; the hole is left to its own disc, as strokes of arcs take much longer. */
export function drawShares(context: Context, frame: Frame, { x, y, radius, bySlot, count }: Donut): void {
  const gap = bySlot.filter((share) => share > 0).length > 1 ? 1.1 / (radius - ringWidth(count) / 2) : 0;
  let angle = -TURN / 4;
  bySlot.forEach((share, slot) => {
    if (share === 0) return;
    const end = angle + (share / count) * TURN;
    const [from, to] = [angle + gap / 2, Math.max(end - gap / 2, angle + gap / 2 + 0.02)];
    context.fillStyle = frame.kindColours[slot]!;
    context.beginPath();
    if (to - from < TURN) context.moveTo(x, y);
    context.arc(x, y, radius, from, to);
    context.fill();
    angle = end;
  });
}

/** More than half of the members are known only to a vicinity. */
export function drawVagueRing(context: Context, frame: Frame, { x, y, radius }: Donut): void {
  context.strokeStyle = frame.tokens.ink2;
  context.lineWidth = 1;
  context.setLineDash([3, 2]);
  disc(context, x, y, radius + 2.5);
  context.stroke();
  context.setLineDash([]);
}

/** The number in a donut. */
export function donutDigits(count: number): { readonly text: string; readonly size: number } {
  return { text: shortCount(count), size: count < 1000 ? 12 : 11 };
}

/** The high estimate as a pale disc with an edge, the low one in it. */
export function drawSized(
  context: Context, frame: Frame, x: number, y: number, colour: string, { outer, inner }: TollSize,
): void {
  context.fillStyle = frame.tokens.halo;
  disc(context, x, y, outer + HALO_PX);
  context.fill();
  context.fillStyle = colour;
  context.globalAlpha = 0.35;
  disc(context, x, y, outer);
  context.fill();
  context.globalAlpha = 1;
  disc(context, x, y, inner);
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  disc(context, x, y, outer - 0.5);
  context.stroke();
}

/** From a spot to one of the incidents that lie on it. */
export function drawLeg(context: Context, frame: Frame, from: { x: number; y: number }, x: number, y: number): void {
  context.strokeStyle = frame.tokens.ink3;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(x, y);
  context.stroke();
}

/** What was reported and taken back. */
export function drawStrike(context: Context, frame: Frame, x: number, y: number, radius: number): void {
  const reach = radius + 1.5;
  for (const [colour, width] of [[frame.tokens.halo, 4], [frame.tokens.ink2, 1.5]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - reach, y + reach);
    context.lineTo(x + reach, y - reach);
    context.stroke();
  }
}

export function drawHoverRing(context: Context, frame: Frame, x: number, y: number, radius: number): void {
  context.strokeStyle = frame.tokens.ink;
  context.lineWidth = 1.5;
  disc(context, x, y, radius);
  context.stroke();
}

/** An ink ring outside the mark; selection never changes hue. */
export function drawSelectedRing(context: Context, frame: Frame, x: number, y: number, radius: number): void {
  context.strokeStyle = frame.tokens.surface;
  context.lineWidth = 4;
  disc(context, x, y, radius);
  context.stroke();
  context.strokeStyle = frame.tokens.ink;
  context.lineWidth = 2;
  context.stroke();
}
