/** Hatching of areas on the canvas. */

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
