/** What the layers of one map share: two canvases, one redraw per frame, one clock. */

import L from "leaflet";
import type { Box } from "./boxes";
import { Clock, type Ref } from "./clock";
import type { Line } from "./arcs";
import type { Dispute } from "./disputes";
import type { Drawer, Frame, Hit } from "./frame";
import type { LegendPart } from "./legend";
import { applyTheme, KIND_COLOURS, type Theme, TOKENS } from "./tokens";
import { type Surface, Surfaces } from "./surfaces";
import { moved, worldCopies } from "./trace";

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
  /** Boxes of the shell over the map, in container pixels. */
  panels: () => readonly Box[] = () => [];
  readonly afterDraw = new Set<() => void>();
  readonly afterTheme = new Set<() => void>();
  readonly #surfaces: Surfaces;
  readonly #drawers = new Set<Drawer>();
  readonly #dirty = new Set<Surface>();
  #topLeft = L.point(0, 0);
  #origin = L.point(0, 0);
  #corner: L.LatLng | null = null;
  #zooming = false;
  /** The view has moved since the last picture. */
  #moved = true;
  #scheduled = 0;
  #waiting = 0;
  #opened = false;
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
    const pane = L.DomUtil.getPosition(this.map.getPanes().mapPane);
    const origin = this.map.project(center, zoom).subtract(this.map.getSize().divideBy(2)).add(pane).round();
    const corner = this.map.project(this.#corner, zoom).subtract(origin);
    const scale = this.map.getZoomScale(zoom, this.frame.zoom);
    this.#surfaces.transform(corner, scale);
  }

  readonly #paint = (): void => {
    this.#scheduled = 0;
    if (this.#zooming || this.map.getSize().x === 0) return;
    const slide = this.#follow();
    const frame = this.#newFrame();
    this.frame = frame;
    const drawers = [...this.#drawers].sort((a, b) => a.order - b.order);
    for (const drawer of drawers.toReversed()) drawer.layout?.(frame);
    if (slide !== null && !this.#surfaces.slide(slide, frame, this.#topLeft, drawers)) this.#dirty.add("base");
    for (const surface of ["base", "summary", "top"] as const) {
      if (this.#dirty.has(surface)) this.#surfaces.draw(surface, frame, this.#topLeft, drawers);
    }
    this.#dirty.clear();
    for (const listener of this.afterDraw) listener();
    // Tests and printing wait for the first draw with data.
    if (this.#opened && this.ready) document.documentElement.dataset["ready"] = "true";
  };

  /** Puts the canvases where the view is, and says by how much they slid; null where all is drawn anew. */
  #follow(): L.Point | null {
    const { map, frame } = this;
    const [origin, size] = [map.getPixelOrigin(), map.getSize()];
    const fits = frame?.zoom === map.getZoom() && origin.equals(this.#origin) &&
      frame.view.width === size.x + 2 * PAD_PX && frame.view.height === size.y + 2 * PAD_PX;
    if (!fits) this.#dirty.add("base");
    const before = this.#topLeft;
    // A short way needs no new ground: the canvases reach beyond the window.
    if (!this.#dirty.has("base") && (!this.#moved || this.#shift(before) <= PAD_PX / 2)) return null;
    this.#moved = false;
    this.#origin = origin;
    this.#topLeft = map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]);
    this.#corner = map.layerPointToLatLng(this.#topLeft);
    const slid = this.#dirty.has("base") ? null : this.#topLeft.subtract(before);
    this.#dirty.add("summary").add("top");
    return slid;
  }

  #newFrame(): Frame {
    const size = this.map.getSize();
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
      labels: [],
      countryOnly: new Map(),
      drawn: 0,
    };
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
