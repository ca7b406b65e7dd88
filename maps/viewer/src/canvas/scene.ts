/** What the layers of one map share: two canvases, one redraw per frame, one clock. */

import type L from "leaflet";
import { type Box, sameBoxes } from "./boxes";
import { Clock, type Ref } from "../time/clock";
import type { Line } from "../ground/lines";
import type { Dispute } from "../ground/disputes";
import { type Drawer, type Frame, type Ground, type Hit, newFrame } from "./frame";
import type { LegendPart } from "../reading/legend";
import { PAD_PX, Placement } from "./placement";
import { applyTheme, type Theme } from "./tokens";
import { type Surface, Surfaces } from "./surfaces";


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
  /** What speaks of the incidents outside the canvases; it may change the boxes of the shell. */
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

  constructor(map: L.Map) {
    this.map = map;
    this.#placement = new Placement(map);
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
    const done = this.#surfaces.slide(this.frame, this.#placement.topLeft, this.#drawers);
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

  /** Calls back before the first picture after each change of the data, the window or the filters. */
  followClock(run: () => void): void {
    let { version } = this.clock;
    this.beforeLayout.add(() => {
      if (version === this.clock.version) return;
      ({ version } = this.clock);
      run();
    });
  }

  /** True if the boxes of the shell are no longer those that names and marks were laid out with. */
  get panelsMoved(): boolean {
    return !sameBoxes(this.#panels, this.panels());
  }

  /** The topmost hit at a point of the map's container. */
  hitAt(point: L.Point): Hit | null {
    const at = this.#placement.toCanvas(point);
    const hits = this.frame?.hits ?? [];
    for (let i = hits.length - 1; i >= 0; i--) {
      const hit = hits[i]!;
      if (Math.abs(at.x - hit.x) <= hit.halfWidth && Math.abs(at.y - hit.y) <= hit.halfHeight) return hit;
    }
    return null;
  }

  /** From canvas to container pixels. */
  toContainer(x: number, y: number): L.Point {
    return this.#placement.toContainer(x, y);
  }

  readonly #settle = (): void => {
    this.#zooming = false;
    this.#moved = true;
    this.request("top");
  };

  readonly #move = (): void => {
    if (!this.#zooming && this.#placement.shift > PAD_PX * 0.75) this.#settle();
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
      if (this.#dirty.size > 0) this.#schedule();
      return;
    }
    this.#sliding = this.#follow();
    for (const listener of this.beforeLayout) listener();
    const drawers = this.#drawers;
    this.#complete ||= this.#opened && this.#waiting === 0;
    if (!this.#complete && this.#waiting > 0) {
      // The ground needs no incidents; names and marks are laid out once, when all are there.
      const frame = (this.frame = this.#newFrame());
      if (this.#dirty.delete("base")) this.#surfaces.draw("base", frame, this.#placement.topLeft, drawers);
      return;
    }
    this.#layOut();
    for (const listener of this.afterLayout) listener();
    const frame = this.panelsMoved ? this.#layOut() : this.frame!;
    for (const surface of ["base", "summary", "top"] as const) {
      if (this.#dirty.has(surface)) this.#surfaces.draw(surface, frame, this.#placement.topLeft, drawers);
    }
    this.#dirty.clear();
    if (this.#sliding) this.#schedule();
    for (const listener of this.afterDraw) listener();
    // Tests and printing wait for the first draw with data.
    if (this.#opened && this.ready) document.documentElement.dataset["ready"] = "true";
  };

  #layOut(): Frame {
    const frame = (this.frame = this.#newFrame());
    for (const drawer of this.#drawers.toReversed()) drawer.layout?.(frame);
    return frame;
  }

  /** Finds where the canvases belong, and says whether the ground has to slide there. */
  #follow(): boolean {
    if (!this.#placement.fits(this.frame)) this.#dirty.add("base");
    // A short way needs no new ground: the canvases reach beyond the window.
    if (!this.#dirty.has("base") && (!this.#moved || this.#placement.shift <= PAD_PX / 2)) return this.#sliding;
    this.#moved = false;
    this.#placement.moveHere();
    this.#dirty.add("summary").add("top");
    return !this.#dirty.has("base");
  }

  #newFrame(): Frame {
    const size = this.map.getSize();
    const zoom = this.map.getZoom();
    const world = this.#placement.topLeft.add(this.map.getPixelOrigin());
    const view = {
      scale: 256 * 2 ** zoom, left: world.x, top: world.y, width: size.x + 2 * PAD_PX, height: size.y + 2 * PAD_PX,
      middle: world.x + PAD_PX + (this.middle() ?? size.x / 2),
    };
    const sight = this.#placement.boxToCanvas({ left: 0, top: 0, right: size.x, bottom: size.y });
    this.#panels = this.panels();
    return newFrame(view, zoom, this.theme, sight, this.#panels.map((box) => this.#placement.boxToCanvas(box)));
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
