/** Discs and digits of donuts, kept as small pictures: a thousand donuts need few different ones. */

import type { Frame } from "../canvas/frame";
import { type Donut, donutDigits, drawDisc, drawDonutGround, drawShares, drawVagueRing, ringWidth } from "./marks";
import { SANS } from "../canvas/tokens";

const MOST_KEPT = 1500;

interface Sprite {
  readonly picture: ImageBitmap;
  /** From the middle to the edges, in CSS pixels. */
  readonly half: number;
  /** How far the next digit stands, in CSS pixels. */
  readonly advance: number;
}

const kept = new Map<string, Sprite>();
let pen: HTMLCanvasElement | null = null;

function sprite(key: string, half: number, ratio: number, draw: (context: CanvasRenderingContext2D) => number): Sprite {
  let found = kept.get(key);
  if (found === undefined) {
    const size = Math.ceil(half * ratio);
    pen ??= document.createElement("canvas");
    pen.width = pen.height = 2 * size;
    const context = pen.getContext("2d")!;
    context.scale(ratio, ratio);
    context.translate(size / ratio, size / ratio);
    const advance = draw(context);
    // A picture that no longer changes is drawn faster than a canvas.
    const still = new OffscreenCanvas(2 * size, 2 * size);
    still.getContext("2d")!.drawImage(pen, 0, 0);
    found = { picture: still.transferToImageBitmap(), half: size / ratio, advance };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, found);
  }
  return found;
}

/** Draws on whole pixels of the screen, as a picture between two would be blurred. */
function put(context: CanvasRenderingContext2D, { picture, half }: Sprite, x: number, y: number, ratio: number): void {
  const [left, top] = [Math.round((x - half) * ratio) / ratio, Math.round((y - half) * ratio) / ratio];
  context.drawImage(picture, left, top, 2 * half, 2 * half);
}

/** Several incidents: a ring by kind with their number. */
export function drawDonut(context: CanvasRenderingContext2D, frame: Frame, donut: Donut): void {
  const ratio = window.devicePixelRatio || 1;
  const look = `${frame.theme} ${frame.tokens.ink} ${ratio}`;
  const { vague, bySlot, count } = donut;
  // Donuts of nearly the same size share the pictures of their discs, which stand on whole pixels.
  const ring = { ...onPixels(donut, ratio), radius: Math.round(2 * donut.radius) / 2, bySlot, count, vague };
  drawRing(context, frame, ring, look, ratio);
  const { text, size } = donutDigits(count);
  const digits = Array.from(text, (digit) => sprite(`${look} ${size} ${digit}`, 9, ratio, (to) => drawDigit(to, frame, digit, size)));
  let x = donut.x - digits.reduce((sum, { advance }) => sum + advance, 0) / 2;
  for (const digit of digits) {
    put(context, digit, x + digit.advance / 2, donut.y, ratio);
    x += digit.advance;
  }
}

function onPixels({ x, y }: Donut, ratio: number): { x: number; y: number } {
  return { x: Math.round(x * ratio) / ratio, y: Math.round(y * ratio) / ratio };
}

function drawRing(context: CanvasRenderingContext2D, frame: Frame, donut: Donut, look: string, ratio: number): void {
  const { x, y, radius, count, vague } = donut;
  const hole = radius - ringWidth(count);
  put(context, sprite(`${look} ground ${radius}`, radius + 3, ratio, (to) => {
    drawDonutGround(to, frame, radius);
    return 0;
  }), x, y, ratio);
  drawShares(context, frame, donut);
  put(context, sprite(`${look} hole ${hole}`, hole + 1, ratio, (to) => {
    drawDisc(to, frame.tokens.surface, hole);
    return 0;
  }), x, y, ratio);
  if (vague) drawVagueRing(context, frame, donut);
}

function drawDigit(to: CanvasRenderingContext2D, frame: Frame, digit: string, size: number): number {
  to.font = `600 ${size}px ${SANS}`;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.fillStyle = frame.tokens.ink;
  to.fillText(digit, 0, 0.75);
  return to.measureText(digit).width;
}
