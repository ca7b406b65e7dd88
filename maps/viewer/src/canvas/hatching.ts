/** Hatching of areas on the canvas. */

import type { Frame } from "./frame";

/** From this zoom on an area can fill the window; then only its edge is hatched. */
const EDGE_ZOOM = 9;
const EDGE_PX = 22;
const DISPUTED_STEP_PX = 7;

interface Origin {
  readonly left: number;
  readonly top: number;
}

/** An area under lines at 45 degrees that keep their place while panning; `step` is how far they lie apart across. */
export function hatch(context: CanvasRenderingContext2D, area: Path2D, view: Origin, step: number, colour: string): void {
  const pattern = linesPattern(context, view, { step, colour, width: 1, rising: true });
  if (pattern === null) return;
  context.fillStyle = pattern;
  context.fill(area, "evenodd");
}

/** Disputed land: quiet lines that lean the other way than those of incidents. */
export function hatchDisputed(context: CanvasRenderingContext2D, areas: readonly Path2D[], frame: Frame): void {
  const pattern = linesPattern(context, frame.view, { step: DISPUTED_STEP_PX, colour: frame.tokens.border, width: 0.9, rising: false });
  if (pattern === null) return;
  for (const area of areas) {
    context.save();
    context.globalAlpha = 0.3;
    context.fillStyle = context.strokeStyle = pattern;
    context.lineWidth = 2 * EDGE_PX;
    context.clip(area, "evenodd");
    if (frame.zoom < EDGE_ZOOM) context.fill(area, "evenodd");
    else context.stroke(area);
    context.restore();
  }
}

interface Lines {
  readonly step: number;
  readonly colour: string;
  readonly width: number;
  readonly rising: boolean;
}

/** Patterns with the place that they stand at now. */
const patterns = new Map<string, { readonly pattern: CanvasPattern; left: number; top: number }>();

/** Lines as sharp as the canvas, repeated from one tile: a fill is drawn much faster than a clip. */
function linesPattern(context: CanvasRenderingContext2D, view: Origin, lines: Lines): CanvasPattern | null {
  const ratio = context.getTransform().a;
  const side = Math.round(lines.step * ratio);
  const key = `${side} ${ratio} ${lines.colour} ${lines.width} ${lines.rising}`;
  const step = side / ratio;
  const [left, top] = [-(view.left % step), -(view.top % step)];
  let kept = patterns.get(key);
  if (kept === undefined) {
    const pattern = context.createPattern(drawTile(side, ratio, lines), "repeat");
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

function drawTile(side: number, ratio: number, { colour, width, rising }: Lines): HTMLCanvasElement {
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const pen = tile.getContext("2d")!;
  if (rising) pen.setTransform(1, 0, 0, -1, 0, side);
  pen.strokeStyle = colour;
  pen.lineWidth = width * ratio;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - 1, -1);
    pen.lineTo(shift + side + 1, side + 1);
  }
  pen.stroke();
  return tile;
}
