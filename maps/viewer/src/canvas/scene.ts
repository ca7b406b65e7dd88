/** What the layers of one map share: two canvases, one redraw per frame, one clock. */

import type L from "leaflet";
import { type Box, sameBoxes } from "./boxes";
import { Clock, type Ref } from "../time/clock";
import type { Line } from "../ground/lines";
import type { Dispute } from "../ground/disputes";
import { type Drawer, type Frame, type Ground, type Hit, newFrame } from "./frame";
import type { LegendPart } from "../reading/legend";
import { PAD_PX, Placement } from "./placement";
import { Speech } from "./speech";
import { applyTheme, type Theme } from "./tokens";
import { type Surface, Surfaces } from "./surfaces";

const SURFACES = ["base", "summary", "top"] as const;
/** Of a window that moves, a picture whose layout takes longer is drawn in the frame after it, so that neither frame is long. */
const LONG_LAYOUT_MS = 4;

export class Scene {
  readonly map: L.Map;
  readonly clock = new Clock();
  theme: Theme = "light";
  frame: Frame | null = null;
  /** Shows one incident. */
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
  /** What moves with the window outside the canvases of the map. */
  readonly beforeLayout = new Set<() => void>();
  /** What speaks of the marks that will be drawn; where it changes the boxes of the shell, all is laid out again. */
  readonly afterLayout = new Set<() => void>();
  readonly afterDraw = new Set<() => void>();
  readonly afterTheme = new Set<() => void>();
  readonly #surfaces: Surfaces;
  /** In the order that they draw in. */
  #drawers: readonly Drawer[] = [];
  readonly #dirty = new Set<Surface>();
  /** The boxes of the shell that the frame was laid out with. */
  #panels: readonly Box[] = [];
  readonly #placement: Placement;
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
  /** What speaks of the incidents in words; it may change the boxes of the shell. */
  readonly #speech = new Speech(this.clock, () => { this.request("top"); });
  /** This picture shows another part of the world than the last one. */
  #moving = false;
  /** Filters of the last picture. */
  #drawnFor = -1;
  /** What is laid out and still to be drawn, and on which canvases. */
  #next: { readonly frame: Frame; readonly surfaces: readonly Surface[] } | null = null;

  constructor(map: L.Map) {
    this.map = map;
    this.#placement = new Placement(map);
    map.getContainer().classList.add("im-map");
    this.#surfaces = new Surfaces(map);
    map.on("moveend zoomend viewreset resize", this.#settle);
    map.on("move", this.#move);
    map.on("zoom", this.#zoom);
    map.on("zoomanim", this.#animateZoom as L.LeafletEventHandlerFn);
    // A map that is taken away draws no more.
    map.on("unload", () => { cancelAnimationFrame(this.#scheduled); this.#scheduled = -1; });
    for (const change of ["data", "filter", "select", "hover", "size"] as const) this.clock.on(change, () => { this.request("top"); });
    for (const change of ["data", "filter"] as const) this.clock.on(change, () => { this.request("summary"); });
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
    await opening.catch(this.fail);
    this.#waiting--;
    this.#opened = true;
    this.request("top");
  }

  /** Says that some data cannot be read. */
  readonly fail = (error: unknown): void => {
    if (this.failure === null && !this.showsFailures) console.error(error);
    this.failure ??= error instanceof Error ? error.message : String(error);
    this.request("top");
  };

  get ready(): boolean {
    return this.#waiting === 0 && this.#dirty.size === 0 && this.#next === null && this.frame !== null && this.#speech.done;
  }

  /** Asks for a redraw in the next frame. */
  request(surface: Surface): void {
    this.#dirty.add(surface);
    this.#schedule();
  }

  #schedule(): void { if (this.#scheduled === 0) this.#scheduled = requestAnimationFrame(this.#paint); }

  /** Lets the ground follow the view; false if it must be drawn anew. */
  #slide(): boolean {
    if (!this.#sliding || this.frame === null) return true;
    this.#sliding = false;
    const done = this.#surfaces.slide(this.frame, this.#placement.topLeft, this.#drawers);
    if (!done) this.request("base");
    return done;
  }

  /** Draws everything from empty canvases on, without waiting for the next frame: before printing. */
  flush(): void {
    cancelAnimationFrame(this.#scheduled);
    this.#surfaces.forget();
    this.#next = null;
    for (const surface of SURFACES) this.#dirty.add(surface);
    this.#paint();
  }

  /** True where tiles stand for the drawn land; then its lines lie above them. */
  get overTiles(): boolean { return this.#overTiles; }

  set overTiles(over: boolean) {
    this.#overTiles = over;
    this.#surfaces.putOverTiles(over);
    this.request("base");
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    applyTheme(this.map.getContainer(), theme);
    for (const surface of SURFACES) this.request(surface);
    for (const listener of this.afterTheme) listener();
  }

  /** Calls back before a picture after changes of the data, the window or the filters; while a window moves, not before each. */
  followClock(run: () => void): void { this.#speech.add(run); }

  /** True if the boxes of the shell are no longer those that names and marks were laid out with. */
  get panelsMoved(): boolean {
    return !sameBoxes(this.#panels, this.panels());
  }

  /** The topmost hit at a point of the map's container. */
  hitAt(point: L.Point): Hit | null {
    const { x, y } = this.#placement.toCanvas(point);
    return this.frame?.hits.findLast((hit) => Math.abs(x - hit.x) <= hit.halfWidth && Math.abs(y - hit.y) <= hit.halfHeight) ?? null;
  }

  /** From canvas to container pixels. */
  toContainer(x: number, y: number): L.Point { return this.#placement.toContainer(x, y); }

  readonly #settle = (): void => {
    this.#zooming = false;
    this.#moved = true;
    this.request("top");
  };

  readonly #move = (): void => { if (!this.#zooming && this.#placement.shift > PAD_PX * 0.75) this.#settle(); };

  readonly #zoom = (): void => { this.#transform(this.map.getCenter(), this.map.getZoom()); };

  readonly #animateZoom = (event: L.ZoomAnimEvent): void => {
    this.#zooming = true;
    this.#transform(event.center, event.zoom);
  };

  /** Stretches the drawn canvases to another zoom until they are redrawn. */
  #transform(center: L.LatLng, zoom: number): void {
    if (this.frame === null) return;
    this.#slide();
    const corner = this.#placement.cornerAt(center, zoom);
    if (corner !== null) this.#surfaces.transform(corner, this.map.getZoomScale(zoom, this.frame.zoom));
  }

  readonly #paint = (): void => {
    this.#scheduled = 0;
    if (this.#zooming || this.map.getSize().x === 0) return;
    // The marks move in one frame and the ground in the next, as both together take too long for one.
    if (this.#sliding && !this.#dirty.has("base") && this.#slide()) {
      if (this.#dirty.size > 0 || this.#next !== null) this.#schedule();
      return;
    }
    this.#sliding = this.#follow();
    if (this.#next !== null && this.#drawNext()) return;
    const still = !this.#moving && !this.#dirty.has("base");
    const started = performance.now();
    this.#speech.speak();
    for (const listener of this.beforeLayout) listener();
    this.#complete ||= this.#opened && this.#waiting === 0;
    if (!this.#complete && this.#waiting > 0) {
      // The ground needs no incidents; names and marks are laid out once, when all are there.
      const frame = (this.frame = this.#newFrame());
      if (this.#dirty.delete("base")) this.#surfaces.draw("base", frame, this.#placement.topLeft, this.#drawers);
      return;
    }
    this.#layOut();
    for (const listener of this.afterLayout) listener();
    const frame = this.panelsMoved ? this.#layOut() : this.frame!;
    const surfaces = SURFACES.filter((surface) => this.#dirty.has(surface));
    this.#dirty.clear();
    if (still && this.#drawnFor === this.clock.filterVersion && performance.now() - started > LONG_LAYOUT_MS) {
      this.#next = { frame, surfaces };
      this.#schedule();
      return;
    }
    this.#draw(frame, surfaces);
  };

  #draw(frame: Frame, surfaces: readonly Surface[]): void {
    this.#drawnFor = this.clock.filterVersion;
    for (const surface of surfaces) this.#surfaces.draw(surface, frame, this.#placement.topLeft, this.#drawers);
    if (this.#sliding || this.#dirty.size > 0) this.#schedule();
    for (const listener of this.afterDraw) listener();
    // Tests and printing wait for the first draw with data.
    if (this.#opened && this.ready) document.documentElement.dataset["ready"] = "true";
  }

  /** Draws what was laid out in the frame before; not if the map has moved since. */
  #drawNext(): boolean {
    const { frame, surfaces } = this.#next!;
    this.#next = null;
    if (this.#moving || this.#dirty.has("base")) {
      for (const surface of surfaces) this.#dirty.add(surface);
      return false;
    }
    this.#draw(frame, surfaces);
    return true;
  }

  #layOut(): Frame {
    const frame = (this.frame = this.#newFrame());
    for (const drawer of this.#drawers.toReversed()) drawer.layout?.(frame);
    return frame;
  }

  /** Finds where the canvases belong, and says whether the ground has to slide there. */
  #follow(): boolean {
    this.#moving = false;
    if (!this.#placement.fits(this.frame)) this.#dirty.add("base");
    // A short way needs no new ground: the canvases reach beyond the window.
    if (!this.#dirty.has("base") && (!this.#moved || this.#placement.shift <= PAD_PX / 2)) return this.#sliding;
    this.#moved = false;
    this.#moving = true;
    this.#placement.moveHere();
    this.#dirty.add("summary").add("top");
    return !this.#dirty.has("base");
  }

  #newFrame(): Frame {
    this.#panels = this.panels();
    const place = this.#placement;
    return newFrame(place.view(this.middle()), this.map.getZoom(), this.theme, place.sight, this.#panels.map((box) => place.boxToCanvas(box)));
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
