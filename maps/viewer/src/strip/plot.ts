/** The bars of the time strip, drawn on a canvas. */

import type { Window } from "../time/tally";
import { kindColoursOf, SANS, type Theme, tokensOf } from "../canvas/tokens";
import { shortCount } from "../words/numbers";
import { type Bin, binTotal, niceTop, ticks } from "./histogram";
import { directionOf } from "../words/plaintext";

export interface PlotScale {
  readonly first: number;
  /** Last day, inclusive. */
  readonly last: number;
  readonly width: number;
  /** Time runs right to left. */
  readonly mirrored: boolean;
}

export const AXIS_PX = 20;
/** Room beside the plot for the number of its count axis. */
export const NUMBER_PX = 34;
const TOP_PX = 8;
const LEAST_SPREAD_PX = 2.5;

/** Where a day begins, in pixels from the plot's left edge. */
export function xOfDay({ first, last, width, mirrored }: PlotScale, day: number): number {
  const x = ((day - first) / (last - first + 1)) * width;
  return mirrored ? width - x : x;
}

/** The day edge nearest to a pixel. */
export function dayOfX({ first, last, width, mirrored }: PlotScale, x: number): number {
  return Math.round(first + ((mirrored ? width - x : x) / width) * (last - first + 1));
}

export interface Plot {
  readonly scale: PlotScale;
  readonly bins: readonly Bin[];
  /** The window, and that which it is compared with. */
  readonly windows: readonly Window[];
  readonly height: number;
  readonly theme: Theme;
}

export function drawPlot(canvas: HTMLCanvasElement, plot: Plot): void {
  const { scale, height } = plot;
  const ratio = window.devicePixelRatio || 1;
  const [across, down] = [Math.round((scale.width + NUMBER_PX) * ratio), Math.round(height * ratio)];
  if (canvas.width !== across || canvas.height !== down) [canvas.width, canvas.height] = [across, down];
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, scale.width + NUMBER_PX, height);
  const top = niceTop(Math.max(...plot.bins.map(binTotal), 1));
  drawGrid(context, plot, top);
  drawBars(context, plot, top);
  drawAxis(context, plot);
}

function drawGrid(context: CanvasRenderingContext2D, { scale, windows: [window], height, theme }: Plot, top: number): void {
  const tokens = tokensOf(theme);
  const ground = height - AXIS_PX;
  const [a, b] = [xOfDay(scale, window![0]), xOfDay(scale, window![1] + 1)];
  context.fillStyle = tokens.surface2;
  context.fillRect(Math.min(a, b), 0, Math.abs(b - a), ground);
  context.strokeStyle = tokens.line;
  context.lineWidth = 1;
  context.beginPath();
  for (const y of [TOP_PX, (TOP_PX + ground) / 2]) {
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(scale.width, Math.round(y) + 0.5);
  }
  context.stroke();
  context.strokeStyle = tokens.line2;
  context.beginPath();
  context.moveTo(0, ground + 0.5);
  context.lineTo(scale.width, ground + 0.5);
  context.stroke();
  context.font = `11px ${SANS}`;
  context.fillStyle = tokens.ink3;
  context.textBaseline = "top";
  context.textAlign = "left";
  context.fillText(shortCount(top), scale.width + 6, TOP_PX - 4);
}

function drawBars(context: CanvasRenderingContext2D, { scale, bins, windows, height, theme }: Plot, top: number): void {
  const tokens = tokensOf(theme);
  const kindColours = kindColoursOf(theme);
  const ground = height - AXIS_PX;
  const perIncident = (ground - TOP_PX) / top;
  const gap = perIncident >= 3 ? 0.75 : 0;
  for (const bin of bins) {
    const [a, b] = [xOfDay(scale, Math.max(bin.from, scale.first)), xOfDay(scale, Math.min(bin.to, scale.last + 1))];
    const space = Math.abs(b - a);
    const left = Math.min(a, b) + Math.min(1, space * 0.12);
    const width = Math.max(1, space - 2 * Math.min(1, space * 0.12));
    const within = windows.some(([start, end]) => bin.to > start && bin.from <= end);
    context.globalAlpha = within ? 1 : 0.26;
    let y = ground;
    bin.bySlot.forEach((count, slot) => {
      if (count === 0) return;
      const tall = count * perIncident;
      context.fillStyle = kindColours[slot]!;
      context.fillRect(left, y - tall, width, Math.max(0.5, tall - gap));
      y -= tall;
    });
    if (bin.spread === 0) continue;
    context.globalAlpha *= 0.4;
    context.fillStyle = tokens.ink3;
    // A year spread over its days would be a thread.
    const tall = Math.max(LEAST_SPREAD_PX, bin.spread * perIncident - gap);
    context.fillRect(left, Math.min(y - bin.spread * perIncident, y - tall), width, tall);
  }
  context.globalAlpha = 1;
}

function drawAxis(context: CanvasRenderingContext2D, { scale, height, theme }: Plot): void {
  const tokens = tokensOf(theme);
  const ground = height - AXIS_PX;
  context.font = `11px ${SANS}`;
  context.textBaseline = "middle";
  context.textAlign = scale.mirrored ? "right" : "left";
  context.strokeStyle = tokens.ink3;
  context.fillStyle = tokens.ink2;
  for (const { day, label } of ticks(scale.first, scale.last, scale.width)) {
    const x = Math.round(xOfDay(scale, day)) + (scale.mirrored ? -0.5 : 0.5);
    context.globalAlpha = label === "" ? 0.4 : 1;
    context.beginPath();
    context.moveTo(x, ground + 1);
    context.lineTo(x, ground + (label === "" ? 4 : 6));
    context.stroke();
    context.globalAlpha = 1;
    const room = scale.mirrored ? x : scale.width - x;
    if (label !== "" && context.measureText(label).width + 6 < room) {
      context.direction = directionOf(label);
      context.fillText(label, x + (scale.mirrored ? -4 : 4), ground + 12);
    }
  }
}
