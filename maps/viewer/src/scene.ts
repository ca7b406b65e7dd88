/** What the layers of one map share: two canvases, one redraw per frame, one clock. */

import L from "leaflet";
import type { Box } from "./boxes";
import { Clock, type Ref } from "./clock";
import type { Line } from "./arcs";
import type { Dispute } from "./disputes";
import type { Drawer, Frame, Hit } from "./frame";
import { applyTheme, KIND_COLOURS, type Theme, TOKENS } from "./tokens";
import { moved, type Viewport, worldCopies } from "./trace";

/** The canvases reach this far beyond the map, so that a short drag shows no edge. */
const PAD_PX = 96;

type Surface = Drawer["surface"];

export class Scene {
  readonly map: L.Map;
  readonly clock = new Clock();
  theme: Theme = "light";
  frame: Frame | null = null;
  /** True when the page's shell shows cards; else incidents open in popups. */
  onOpen: ((refs: readonly Ref[]) => void) | null = null;
  /** One sentence on the first data that could not be read. */
  failure: string | null = null;
  /** True once a shell shows failures in the page; else they go to the console. */
  showsFailures = false;
  /** The rings of a province in the level now drawn; null where no layer of the map knows it. */
  faces: (code: string) => readonly Line[] | null = () => null;
  /** The lines of a border in the level now drawn. */
  borders: (pair: string) => readonly Line[] = () => [];
  /** The disputed areas of the base map that are in sight. */
  disputes: (frame: Frame) => readonly Dispute[] = () => [];
  /** Boxes of the shell over the map, in container pixels. */
  panels: () => readonly Box[] = () => [];
  readonly afterDraw = new Set<() => void>();
  readonly afterTheme = new Set<() => void>();
  readonly #canvases: Record<Surface, HTMLCanvasElement>;
  readonly #drawers = new Set<Drawer>();
  readonly #dirty = new Set<Surface>();
  #topLeft = L.point(0, 0);
  #corner: L.LatLng | null = null;
  #zooming = false;
  #scheduled = 0;
  #waiting = 0;
  #opened = false;

  constructor(map: L.Map) {
    this.map = map;
    map.getContainer().classList.add("im-map");
    this.#canvases = { base: this.#canvas("im-base", 150), top: this.#canvas("im-top", 450) };
    map.on("moveend zoomend viewreset resize", this.#settle);
    map.on("move", this.#move);
    map.on("zoom", this.#zoom);
    map.on("zoomanim", this.#animateZoom as L.LeafletEventHandlerFn);
    for (const change of ["data", "filter", "select", "hover"] as const) {
      this.clock.on(change, () => {
        this.request("top");
      });
    }
    // Pages with their own Leaflet are light; the shell follows what the reader prefers.
    this.setTheme("light");
  }

  add(drawer: Drawer): void {
    this.#drawers.add(drawer);
    this.request(drawer.surface);
  }

  remove(drawer: Drawer): void {
    this.#drawers.delete(drawer);
    this.request(drawer.surface);
  }

  /** Marks data as on its way; the map counts as ready when nothing is. */
  async wait(opening: Promise<void>): Promise<void> {
    this.#waiting++;
    try {
      await opening;
    } catch (error) {
      if (this.failure === null && !this.showsFailures) console.error(error);
      this.failure ??= error instanceof Error ? error.message : String(error);
    }
    this.#waiting--;
    this.#opened = true;
    this.request("top");
  }

  get ready(): boolean {
    return this.#waiting === 0 && this.#dirty.size === 0 && this.frame !== null;
  }

  /** Asks for a redraw in the next frame. */
  request(surface: Surface): void {
    this.#dirty.add(surface);
    if (this.#scheduled === 0) this.#scheduled = requestAnimationFrame(this.#paint);
  }

  /** Draws what is due now, without waiting for the next frame: before printing. */
  flush(): void {
    cancelAnimationFrame(this.#scheduled);
    this.#paint();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    applyTheme(this.map.getContainer(), theme);
    this.request("base");
    this.request("top");
    for (const listener of this.afterTheme) listener();
  }

  /** The topmost hit at a point of the map's container. */
  hitAt(point: L.Point): Hit | null {
    const at = this.map.containerPointToLayerPoint(point).subtract(this.#topLeft);
    const hits = this.frame?.hits ?? [];
    for (let i = hits.length - 1; i >= 0; i--) {
      const hit = hits[i]!;
      if (Math.abs(at.x - hit.x) <= hit.halfWidth && Math.abs(at.y - hit.y) <= hit.halfHeight) return hit;
    }
    return null;
  }

  /** From canvas to container pixels. */
  toContainer(x: number, y: number): L.Point {
    return this.map.layerPointToContainerPoint(L.point(x, y).add(this.#topLeft));
  }

  /** A box in container pixels as a box of the canvas. */
  toCanvas(box: Box): Box {
    const shift = this.map.containerPointToLayerPoint([0, 0]).subtract(this.#topLeft);
    return {
      left: box.left + shift.x, top: box.top + shift.y, right: box.right + shift.x, bottom: box.bottom + shift.y,
    };
  }

  #canvas(name: string, zIndex: number): HTMLCanvasElement {
    const pane = this.map.getPane(name) ?? this.map.createPane(name);
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

  readonly #settle = (): void => {
    this.#zooming = false;
    this.request("base");
    this.request("top");
  };

  readonly #move = (): void => {
    if (this.#zooming) return;
    const shift = this.map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]).subtract(this.#topLeft);
    if (Math.max(Math.abs(shift.x), Math.abs(shift.y)) > PAD_PX * 0.75) this.#settle();
  };

  readonly #zoom = (): void => {
    this.#transform(this.map.getCenter(), this.map.getZoom());
  };

  readonly #animateZoom = (event: L.ZoomAnimEvent): void => {
    this.#zooming = true;
    this.#transform(event.center, event.zoom);
  };

  /** Stretches the drawn canvases to another zoom until they are redrawn. */
  #transform(center: L.LatLng, zoom: number): void {
    if (this.#corner === null || this.frame === null) return;
    const pane = L.DomUtil.getPosition(this.map.getPanes().mapPane);
    const origin = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2)).add(pane).round();
    const corner = this.map.project(this.#corner, zoom).subtract(origin);
    const scale = this.map.getZoomScale(zoom, this.frame.zoom);
    for (const canvas of Object.values(this.#canvases)) L.DomUtil.setTransform(canvas, corner, scale);
  }

  readonly #paint = (): void => {
    this.#scheduled = 0;
    if (this.#zooming || this.map.getSize().x === 0) return;
    const frame = this.#newFrame();
    this.frame = frame;
    const drawers = [...this.#drawers].sort((a, b) => a.order - b.order);
    for (const drawer of drawers.toReversed()) drawer.layout?.(frame);
    for (const surface of ["base", "top"] as const) {
      if (!this.#dirty.has(surface)) continue;
      const context = this.#clear(this.#canvases[surface], frame.view);
      for (const drawer of drawers) {
        if (drawer.surface !== surface || drawer.draw === undefined) continue;
        context.save();
        drawer.draw(context, frame);
        context.restore();
      }
    }
    this.#dirty.clear();
    for (const listener of this.afterDraw) listener();
    // Tests and printing wait for the first draw with data.
    if (this.#opened && this.ready) document.documentElement.dataset["ready"] = "true";
  };

  #newFrame(): Frame {
    const size = this.map.getSize();
    if (this.#dirty.has("base") || this.frame === null) {
      this.#topLeft = this.map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]);
      this.#corner = this.map.layerPointToLatLng(this.#topLeft);
      this.#dirty.add("top");
    }
    const zoom = this.map.getZoom();
    const world = this.#topLeft.add(this.map.getPixelOrigin());
    const view = {
      scale: 256 * 2 ** zoom, left: world.x, top: world.y, width: size.x + 2 * PAD_PX, height: size.y + 2 * PAD_PX,
    };
    return {
      view,
      views: worldCopies(view).map((copy) => moved(view, copy)),
      zoom,
      tokens: TOKENS[this.theme],
      theme: this.theme,
      kindColours: KIND_COLOURS[this.theme],
      sight: this.toCanvas({ left: 0, top: 0, right: size.x, bottom: size.y }),
      marks: [],
      obstacles: this.panels().map((box) => this.toCanvas(box)),
      hits: [],
      countryOnly: new Map(),
      drawn: 0,
    };
  }

  #clear(canvas: HTMLCanvasElement, { width, height }: Viewport): CanvasRenderingContext2D {
    const ratio = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    }
    L.DomUtil.setTransform(canvas, this.#topLeft, 1);
    const context = canvas.getContext("2d")!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return context;
  }
}

const scenes = new WeakMap<L.Map, Scene>();

/** The scene of a map, made on first use. */
export function sceneOf(map: L.Map): Scene {
  let scene = scenes.get(map);
  if (scene === undefined) {
    scene = new Scene(map);
    scenes.set(map, scene);
  }
  return scene;
}
