/** The canvases of a map: the ground, what summarises the incidents on it, and the marks. */

import L from "leaflet";
import type { Box } from "./boxes";
import type { Drawer, Frame } from "./frame";
import { moved, type Viewport, worldCopies } from "./trace";

export type Surface = Drawer["surface"];

/** Panes of the ground with their place below and above tiles, which lie at 200. */
const GROUND_PANES = [["im-base", 150, 250], ["im-summary", 160, 260]] as const;

export class Surfaces {
  readonly #map: L.Map;
  readonly #canvases: Record<Surface, HTMLCanvasElement>;
  /** Where the drawn ground lies. */
  #ground = L.point(0, 0);

  constructor(map: L.Map) {
    this.#map = map;
    this.#canvases = {
      base: this.#canvas("im-base", 150), summary: this.#canvas("im-summary", 160), top: this.#canvas("im-top", 450),
    };
  }

  putOverTiles(over: boolean): void {
    for (const [name, below, above] of GROUND_PANES) this.#map.getPane(name)!.style.zIndex = String(over ? above : below);
  }

  /** Forgets all pictures. Paper gets the strokes, not the pixels: a clearing among them would cover what lies below. */
  forget(): void {
    for (const canvas of Object.values(this.#canvases)) canvas.width = canvas.height = 1;
  }

  /** Stretches what is drawn until it is drawn anew. */
  transform(corner: L.Point, scale: number): void {
    for (const canvas of Object.values(this.#canvases)) L.DomUtil.setTransform(canvas, corner, scale);
  }

  draw(surface: Surface, frame: Frame, topLeft: L.Point, drawers: readonly Drawer[]): void {
    const canvas = this.#canvases[surface];
    const own = drawers.filter((drawer) => drawer.surface === surface && drawer.draw !== undefined);
    // The browser lays canvases over each other for every frame, empty ones too.
    canvas.hidden = own.length === 0;
    if (surface === "base") this.#ground = topLeft;
    if (canvas.hidden) {
      canvas.width = canvas.height = 1;
      return;
    }
    const context = clear(canvas, frame.view);
    L.DomUtil.setTransform(canvas, topLeft, 1);
    paint(context, frame, own);
  }

  /** Moves the drawn ground and draws the edges that came into view; false if it must be drawn anew. */
  slide(frame: Frame, topLeft: L.Point, drawers: readonly Drawer[]): boolean {
    const { x, y } = topLeft.subtract(this.#ground);
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = frame.view;
    if (!Number.isInteger(x * ratio) || !Number.isInteger(y * ratio) || Math.abs(x) >= width || Math.abs(y) >= height) return false;
    const canvas = this.#canvases.base;
    if (canvas.hidden) return true;
    const context = canvas.getContext("2d")!;
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = "copy";
    context.drawImage(canvas, -x * ratio, -y * ratio);
    context.restore();
    L.DomUtil.setTransform(canvas, topLeft, 1);
    this.#ground = topLeft;
    const side = { left: x > 0 ? width - x : 0, right: x > 0 ? width : -x, top: 0, bottom: height };
    const across = {
      left: x > 0 ? 0 : -x, right: x > 0 ? width - x : width, top: y > 0 ? height - y : 0, bottom: y > 0 ? height : -y,
    };
    const own = drawers.filter(({ surface }) => surface === "base");
    for (const box of [side, across]) if (box.right > box.left && box.bottom > box.top) paintPart(context, frame, box, own);
    return true;
  }

  #canvas(name: string, zIndex: number): HTMLCanvasElement {
    const pane = this.#map.getPane(name) ?? this.#map.createPane(name);
    pane.style.zIndex = String(zIndex);
    pane.style.pointerEvents = "none";
    const canvas = document.createElement("canvas");
    canvas.className = "leaflet-zoom-animated";
    canvas.setAttribute("aria-hidden", "true");
    // Names bring their own direction; a mirrored page must not turn the numbers in them.
    canvas.dir = "ltr";
    pane.append(canvas);
    return canvas;
  }
}

function clear(canvas: HTMLCanvasElement, { width, height }: Viewport): CanvasRenderingContext2D {
  const ratio = window.devicePixelRatio || 1;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  const fresh = canvas.width !== across || canvas.height !== down;
  if (fresh) {
    canvas.width = across;
    canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  if (!fresh) context.clearRect(0, 0, width, height);
  return context;
}

function paint(context: CanvasRenderingContext2D, frame: Frame, drawers: readonly Drawer[]): void {
  for (const drawer of drawers) {
    context.save();
    drawer.draw?.(context, frame);
    context.restore();
  }
}

/** Paints one box of the canvas. */
function paintPart(context: CanvasRenderingContext2D, frame: Frame, box: Box, drawers: readonly Drawer[]): void {
  const view = {
    ...frame.view, left: frame.view.left + box.left, top: frame.view.top + box.top,
    width: box.right - box.left, height: box.bottom - box.top,
  };
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, view.width, view.height);
  context.clip();
  context.translate(box.left, box.top);
  paint(context, { ...frame, view, views: worldCopies(view).map((copy) => moved(view, copy)) }, drawers);
  context.restore();
}
