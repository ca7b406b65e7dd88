/** What the layers of one map share: two canvases, one redraw per frame, one clock. */

import L from "leaflet";
import type { Box } from "./boxes";
import { Clock, type Ref } from "./clock";
import type { Line } from "./arcs";
import type { Dispute } from "./disputes";
import { type Drawer, type Frame, type Hit, newFrame } from "./frame";
import type { LegendPart } from "./legend";
import { applyTheme, type Theme } from "./tokens";
import { type Surface, Surfaces } from "./surfaces";

/** The canvases reach this far beyond the map, so that a short drag shows no edge. */
const PAD_PX = 96;
/** Paints the lines of the ground again, for what has been painted over them. */
export interface Ground {
  lines: (context: CanvasRenderingContext2D, frame: Frame) => void;
}

export class Scene {
  readonly map: L.Map;
  readonly clock = new Clock();
  theme: Theme = "light";
  frame: Frame | null = null;
  /** True when the page's shell shows cards; else incidents open in popups. */
  onOpen: ((ref: Ref) => void) | null = null;
  /** Shows some of so many incidents as a list. */
  onList: ((refs: readonly Ref[], total: number) => void) | null = null;
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
  /** The drawn base map; null where the map has none. */
  ground: Ground | null = null;
  /** What the layers add to the legend. */
  readonly legends = new Set<LegendPart>();
  /** Middle of what the shell leaves free, in pixels from the left of the container; null for the container's own. */
  middle: () => number | null = () => null;
  /** Boxes of the shell over the map, in container pixels. */
  panels: () => readonly Box[] = () => [];
  readonly afterDraw = new Set<() => void>();
  readonly afterTheme = new Set<() => void>();
  readonly #surfaces: Surfaces;
  /** In the order that they draw in. */
  #drawers: readonly Drawer[] = [];
  readonly #dirty = new Set<Surface>();
  #topLeft = L.point(0, 0);
  #origin = L.point(0, 0);
  #corner: L.LatLng | null = null;
  #zooming = false;
  /** The view has moved, and the ground has still to follow. */
  #sliding = false;
  /** The view has moved since the last picture. */
  #moved = true;
  #scheduled = 0;
  #waiting = 0;
  #opened = false;
  /** All that the page opens with is there. */
  #complete = false;
  #overTiles = false;

  constructor(map: L.Map) {
    this.map = map;
    map.getContainer().classList.add("im-map");
    this.#surfaces = new Surfaces(map);
    map.on("moveend zoomend viewreset resize", this.#settle);
    map.on("move", this.#move);
    map.on("zoom", this.#zoom);
    map.on("zoomanim", this.#animateZoom as L.LeafletEventHandlerFn);
    for (const change of ["data", "filter", "select", "hover", "size"] as const) {
      this.clock.on(change, () => {
        this.request("top");
      });
    }
    for (const change of ["data", "filter"] as const) {
      this.clock.on(change, () => {
        this.request("summary");
      });
    }
    // Pages with their own Leaflet are light; the shell follows what the reader prefers.
    this.setTheme("light");
  }

  add(drawer: Drawer): void {
    this.remove(drawer);
    this.#drawers = [...this.#drawers, drawer].sort((a, b) => a.order - b.order);
    this.request(drawer.surface);
  }

  remove(drawer: Drawer): void {
    this.#drawers = this.#drawers.filter((each) => each !== drawer);
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
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled === 0) this.#scheduled = requestAnimationFrame(this.#paint);
  }

  /** Lets the ground follow the view; false if it must be drawn anew. */
  #slide(): boolean {
    if (!this.#sliding || this.frame === null) return true;
    this.#sliding = false;
    const done = this.#surfaces.slide(this.frame, this.#topLeft, this.#drawers);
    if (!done) this.request("base");
    return done;
  }

  /** Draws everything from empty canvases on, without waiting for the next frame: before printing. */
  flush(): void {
    cancelAnimationFrame(this.#scheduled);
    this.#surfaces.forget();
    this.#dirty.add("base").add("summary").add("top");
    this.#paint();
  }

  /** True where tiles stand for the drawn land; then its lines lie above them. */
  get overTiles(): boolean {
    return this.#overTiles;
  }

  set overTiles(over: boolean) {
    this.#overTiles = over;
    this.#surfaces.putOverTiles(over);
    this.request("base");
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    applyTheme(this.map.getContainer(), theme);
    this.request("base");
    this.request("summary");
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

  readonly #settle = (): void => {
    this.#zooming = false;
    this.#moved = true;
    this.request("top");
  };

  readonly #move = (): void => {
    if (!this.#zooming && this.#shift(this.#topLeft) > PAD_PX * 0.75) this.#settle();
  };

  /** How far the view has moved over what is drawn. */
  #shift(topLeft: L.Point): number {
    const { x, y } = this.map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]).subtract(topLeft);
    return Math.max(Math.abs(x), Math.abs(y));
  }

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
    this.#slide();
    const pane = L.DomUtil.getPosition(this.map.getPanes().mapPane);
    const origin = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2)).add(pane).round();
    const corner = this.map.project(this.#corner, zoom).subtract(origin);
    const scale = this.map.getZoomScale(zoom, this.frame.zoom);
    this.#surfaces.transform(corner, scale);
  }

  readonly #paint = (): void => {
    this.#scheduled = 0;
    if (this.#zooming || this.map.getSize().x === 0) return;
    // The marks move in one frame and the ground in the next, as both together take too long for one.
    if (this.#sliding && !this.#dirty.has("base") && this.#slide()) {
      if (this.#dirty.size > 0) this.#schedule();
      return;
    }
    this.#sliding = this.#follow();
    const frame = this.#newFrame();
    this.frame = frame;
    const drawers = this.#drawers;
    this.#complete ||= this.#opened && this.#waiting === 0;
    if (!this.#complete && this.#waiting > 0) {
      // The ground needs no incidents; names and marks are laid out once, when all are there.
      if (this.#dirty.delete("base")) this.#surfaces.draw("base", frame, this.#topLeft, drawers);
      return;
    }
    for (const drawer of drawers.toReversed()) drawer.layout?.(frame);
    for (const surface of ["base", "summary", "top"] as const) {
      if (this.#dirty.has(surface)) this.#surfaces.draw(surface, frame, this.#topLeft, drawers);
    }
    this.#dirty.clear();
    if (this.#sliding) this.#schedule();
    for (const listener of this.afterDraw) listener();
    // Tests and printing wait for the first draw with data.
    if (this.#opened && this.ready) document.documentElement.dataset["ready"] = "true";
  };

  /** Finds where the canvases belong, and says whether the ground has to slide there. */
  #follow(): boolean {
    const { map, frame } = this;
    const [origin, size] = [map.getPixelOrigin(), map.getSize()];
    const fits = frame?.zoom === map.getZoom() && origin.equals(this.#origin) &&
      frame.view.width === size.x + 2 * PAD_PX && frame.view.height === size.y + 2 * PAD_PX;
    if (!fits) this.#dirty.add("base");
    // A short way needs no new ground: the canvases reach beyond the window.
    if (!this.#dirty.has("base") && (!this.#moved || this.#shift(this.#topLeft) <= PAD_PX / 2)) return this.#sliding;
    this.#moved = false;
    this.#origin = origin;
    this.#topLeft = map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]);
    this.#corner = map.layerPointToLatLng(this.#topLeft);
    this.#dirty.add("summary").add("top");
    return !this.#dirty.has("base");
  }

  #newFrame(): Frame {
    const size = this.map.getSize();
    const zoom = this.map.getZoom();
    const world = this.#topLeft.add(this.map.getPixelOrigin());
    const view = {
      scale: 256 * 2 ** zoom, left: world.x, top: world.y, width: size.x + 2 * PAD_PX, height: size.y + 2 * PAD_PX,
      middle: world.x + PAD_PX + (this.middle() ?? size.x / 2),
    };
    const sight = this.toCanvas({ left: 0, top: 0, right: size.x, bottom: size.y });
    return newFrame(view, zoom, this.theme, sight, this.panels().map((box) => this.toCanvas(box)));
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
