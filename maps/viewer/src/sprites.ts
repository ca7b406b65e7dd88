/** Marks that were drawn before, kept as small pictures: a frame of a thousand donuts draws few of them anew. */

import type { Frame } from "./frame";
import { type Donut, donutDigits, drawDonutRing } from "./marks";
import { SANS } from "./tokens";

/** Donuts of so few look alike often enough to be kept; a picture costs more than the ring of one that does not. */
const MOST_ALIKE = 4;
const MOST_KEPT = 1500;

interface Sprite {
  readonly picture: HTMLCanvasElement;
  /** From the middle to the edges, in CSS pixels. */
  readonly half: number;
  /** How far the next digit stands, in CSS pixels. */
  readonly advance: number;
}

const kept = new Map<string, Sprite>();

function sprite(key: string, half: number, ratio: number, draw: (context: CanvasRenderingContext2D) => number): Sprite {
  let found = kept.get(key);
  if (found === undefined) {
    const picture = document.createElement("canvas");
    const size = Math.ceil(half * ratio);
    picture.width = picture.height = 2 * size;
    const context = picture.getContext("2d")!;
    context.scale(ratio, ratio);
    context.translate(size / ratio, size / ratio);
    found = { picture, half: size / ratio, advance: draw(context) };
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

export function drawDonut(context: CanvasRenderingContext2D, frame: Frame, donut: Donut): void {
  const ratio = window.devicePixelRatio || 1;
  const look = `${frame.theme} ${ratio}`;
  if (donut.count > MOST_ALIKE) drawDonutRing(context, frame, donut);
  else {
    const ring = sprite(`${look} ${donut.vague} ${donut.bySlot.join()}`, donut.radius + 5, ratio, (to) => {
      drawDonutRing(to, frame, { ...donut, x: 0, y: 0 });
      return 0;
    });
    put(context, ring, donut.x, donut.y, ratio);
  }
  const { text, size } = donutDigits(donut.count);
  const digits = Array.from(text, (digit) => sprite(`${look} ${size} ${digit}`, 9, ratio, (to) => drawDigit(to, frame, digit, size)));
  let x = donut.x - digits.reduce((sum, { advance }) => sum + advance, 0) / 2;
  for (const digit of digits) {
    put(context, digit, x + digit.advance / 2, donut.y, ratio);
    x += digit.advance;
  }
}

function drawDigit(to: CanvasRenderingContext2D, frame: Frame, digit: string, size: number): number {
  to.font = `600 ${size}px ${SANS}`;
  to.textAlign = "center";
  to.textBaseline = "middle";
  to.fillStyle = frame.tokens.ink;
  to.fillText(digit, 0, 0.75);
  return to.measureText(digit).width;
}
