/** How each class of precision is drawn on the canvas. Halo first, then the mark in its kind's colour. */

import { shortCount } from "./words/numbers";
import { SANS } from "./tokens";
import type { Frame } from "./frame";

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

/** Several incidents: a ring by kind, clockwise from the top in legend order, with their number. */
export function drawDonut(context: Context, frame: Frame, donut: Donut): void {
  const { x, y, radius, bySlot, count } = donut;
  const width = count < 4 ? 3.5 : 4.5;
  const middle = radius - width / 2;
  context.fillStyle = frame.tokens.halo;
  disc(context, x, y, radius + HALO_PX);
  context.fill();
  context.fillStyle = frame.tokens.surface;
  disc(context, x, y, radius - 0.5);
  context.fill();
  context.lineWidth = width;
  const present = bySlot.filter((share) => share > 0).length;
  const gap = present > 1 ? 1.1 / middle : 0;
  let angle = -TURN / 4;
  bySlot.forEach((share, slot) => {
    if (share === 0) return;
    const end = angle + (share / count) * TURN;
    context.strokeStyle = frame.kindColours[slot]!;
    context.beginPath();
    context.arc(x, y, middle, angle + gap / 2, Math.max(end - gap / 2, angle + gap / 2 + 0.02));
    context.stroke();
    angle = end;
  });
  if (donut.vague) {
    context.strokeStyle = frame.tokens.ink2;
    context.lineWidth = 1;
    context.setLineDash([3, 2]);
    disc(context, x, y, radius + 2.5);
    context.stroke();
    context.setLineDash([]);
  }
  context.font = `600 ${count < 1000 ? 12 : 11}px ${SANS}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = frame.tokens.ink;
  context.fillText(shortCount(count), x, y + 0.75);
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
