/** Hatching of areas on the canvas. */

import type { Frame } from "./frame";

/** From this zoom on an area can fill the window; then only its edge is hatched. */
const EDGE_ZOOM = 9;
const EDGE_PX = 22;
const DISPUTED_STEP_PX = 7;

/** Lines at 45 degrees through the clip, in world pixels so that they keep their place while panning. */
export function hatch(
  context: CanvasRenderingContext2D,
  area: Path2D,
  view: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  spacing: number,
  colour: string,
): void {
  context.save();
  context.clip(area, "evenodd");
  context.strokeStyle = colour;
  context.lineWidth = 1;
  const step = spacing * Math.SQRT2;
  const phase = (view.left + view.top) % step;
  context.beginPath();
  for (let sum = -phase - step; sum < view.width + view.height; sum += step) {
    context.moveTo(sum, 0);
    context.lineTo(sum - view.height, view.height);
  }
  context.stroke();
  context.restore();
}

/** Disputed land: quiet lines that lean the other way than those of incidents. */
export function hatchDisputed(context: CanvasRenderingContext2D, areas: readonly Path2D[], frame: Frame): void {
  const pattern = disputedPattern(context, frame);
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

/** One tile of lines, as sharp as the canvas, that keeps its place while panning. */
function disputedPattern(context: CanvasRenderingContext2D, { tokens, view }: Frame): CanvasPattern | null {
  const ratio = context.getTransform().a;
  const side = Math.round(DISPUTED_STEP_PX * ratio);
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const pen = tile.getContext("2d")!;
  pen.strokeStyle = tokens.border;
  pen.lineWidth = 0.9 * ratio;
  for (const shift of [-side, 0, side]) {
    pen.moveTo(shift - 1, -1);
    pen.lineTo(shift + side + 1, side + 1);
  }
  pen.stroke();
  const pattern = context.createPattern(tile, "repeat");
  const step = side / ratio;
  pattern?.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, -(view.left % step), -(view.top % step)]));
  return pattern;
}
