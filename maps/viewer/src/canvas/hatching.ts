/** Lines and dots on areas of the canvas. */

import type { Frame } from "./frame";

/** From this zoom on an area can fill the window; then only its edge is hatched. */
const EDGE_ZOOM = 9;
const EDGE_PX = 22;
const DISPUTED_STEP_PX = 10;
const DOT_PX = 0.9;

interface Origin {
  readonly left: number;
  readonly top: number;
}

/** An area under lines at 45 degrees that keep their place while panning; `step` is how far they lie apart across. */
export function hatch(context: CanvasRenderingContext2D, area: Path2D, view: Origin, step: number, colour: string): void {
  const pattern = patternOf(context, view, { name: "lines", step, colour, draw: drawLines });
  if (pattern === null) return;
  context.fillStyle = pattern;
  context.fill(area, "evenodd");
}

/** Disputed land: quiet dots, which nobody takes for the lines of incidents. */
export function dotDisputed(context: CanvasRenderingContext2D, areas: readonly Path2D[], frame: Frame): void {
  const pattern = patternOf(context, frame.view, { name: "dots", step: DISPUTED_STEP_PX, colour: frame.tokens.border, draw: drawDots });
  if (pattern === null) return;
  for (const area of areas) {
    context.save();
    context.globalAlpha = 0.5;
    context.fillStyle = context.strokeStyle = pattern;
    context.lineWidth = 2 * EDGE_PX;
    context.clip(area, "evenodd");
    if (frame.zoom < EDGE_ZOOM) context.fill(area, "evenodd");
    else context.stroke(area);
    context.restore();
  }
}

interface Texture {
  readonly name: string;
  readonly step: number;
  readonly colour: string;
  /** Draws one tile in device pixels, which then repeats. */
  readonly draw: (pen: CanvasRenderingContext2D, side: number, ratio: number) => void;
}

/** Patterns with the place that they stand at now. */
const patterns = new Map<string, { readonly pattern: CanvasPattern; left: number; top: number }>();

/** A texture as sharp as the canvas, repeated from one tile: a fill is drawn much faster than a clip. */
function patternOf(context: CanvasRenderingContext2D, view: Origin, { name, step: wanted, colour, draw }: Texture): CanvasPattern | null {
  const ratio = context.getTransform().a;
  const side = Math.round(wanted * ratio);
  const key = `${side} ${ratio} ${colour} ${name}`;
  const step = side / ratio;
  const [left, top] = [-(view.left % step), -(view.top % step)];
  let kept = patterns.get(key);
  if (kept === undefined) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = side;
    const pen = tile.getContext("2d")!;
    pen.strokeStyle = pen.fillStyle = colour;
    draw(pen, side, ratio);
    const pattern = context.createPattern(tile, "repeat");
    if (pattern === null) return null;
    kept = { pattern, left: NaN, top: NaN };
    patterns.set(key, kept);
  }
  if (kept.left !== left || kept.top !== top) {
    kept.pattern.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, left, top]));
    [kept.left, kept.top] = [left, top];
  }
  return kept.pattern;
}

function drawLines(pen: CanvasRenderingContext2D, side: number, ratio: number): void {
  pen.lineWidth = ratio;
  for (const shift of [0, side, 2 * side]) {
    pen.moveTo(shift + 1, -1);
    pen.lineTo(shift - side - 1, side + 1);
  }
  pen.stroke();
}

function drawDots(pen: CanvasRenderingContext2D, side: number, ratio: number): void {
  for (const middle of [side / 4, (3 * side) / 4]) {
    pen.beginPath();
    pen.arc(middle, middle, DOT_PX * ratio, 0, 2 * Math.PI);
    pen.fill();
  }
}
