/** Measuring: clicks, or Enter at the middle of the map, set points; the page says how far it is. */

import type L from "leaflet";
import { legs, Way } from "../drawers/way";
import { closeButton } from "../reading/controls";
import { h } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import { LOCALE, say } from "../words/catalogue";
import type { Layout } from "./layout";

/** A pointer that moved further was dragging the map. */
const STILL_PX = 4;

const metres = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const kilometres = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** "350 m", "12.3 km", "1,204 km". */
export function distance(m: number): string {
  if (Math.round(m) < 1000) return say("unit.m", { value: metres.format(m) });
  return say("unit.km", { value: (m < 100_000 ? kilometres : metres).format(m / 1000) });
}

export class Measure {
  readonly element: HTMLElement;
  readonly #words = h("p", { role: "status" });
  /** Of a comparison, both halves. */
  readonly #scenes = new Set<Scene>();
  readonly #scene: Scene;
  readonly #layout: Layout;
  readonly #way: Way;
  #down = { x: 0, y: 0 };

  constructor(scene: Scene, layout: Layout) {
    [this.#scene, this.#layout] = [scene, layout];
    this.#way = new Way(() => {
      if (![...this.#scenes].some(({ map }) => map.getContainer().matches(":focus-visible"))) return null;
      const { lng, lat } = this.#middle();
      return { lon: lng, lat };
    });
    this.element = h("div", { class: "im-measure im-surface", hidden: true }, this.#words, closeButton(() => { this.show(false); }));
    this.follow(scene);
  }

  /** From now on this map, too, takes points and shows the way. */
  follow(scene: Scene): void {
    const container = scene.map.getContainer();
    this.#scenes.add(scene);
    if (this.isOpen) this.#ready(scene, true);
    container.addEventListener("pointerdown", ({ clientX, clientY }) => { this.#down = { x: clientX, y: clientY }; }, true);
    // Before the map hears of it: a click that measures opens no incident.
    container.addEventListener("click", (event) => {
      if (this.element.hidden || (event.target as Element).closest(".leaflet-control") !== null) return;
      event.stopPropagation();
      if (Math.hypot(event.clientX - this.#down.x, event.clientY - this.#down.y) > STILL_PX) return;
      const { left, top } = container.getBoundingClientRect();
      this.#add(scene.map.containerPointToLatLng([event.clientX - left, event.clientY - top]));
    }, true);
    container.addEventListener("keydown", (event) => {
      if (this.element.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") this.#add(this.#middle());
      else if (event.key === "Backspace") this.#takeBack();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }, true);
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  leave(scene: Scene): void {
    this.#scenes.delete(scene);
  }

  show(open: boolean): void {
    this.element.hidden = !open;
    this.#way.places.length = 0;
    for (const scene of this.#scenes) this.#ready(scene, open);
    if (open) this.#scene.map.getContainer().focus({ preventScroll: true });
    this.#refresh();
  }

  #ready(scene: Scene, open: boolean): void {
    const { map } = scene;
    map.getContainer().classList.toggle("im-measuring", open);
    if (open) {
      scene.add(this.#way);
      map.doubleClickZoom.disable();
    } else {
      scene.remove(this.#way);
      map.doubleClickZoom.enable();
    }
  }

  #add({ lng, lat }: L.LatLng): void {
    const last = this.#way.places.at(-1);
    if (last?.lon !== lng || last.lat !== lat) this.#way.places.push({ lon: lng, lat });
    this.#refresh();
  }

  #takeBack(): void {
    this.#way.places.pop();
    this.#refresh();
  }

  #refresh(): void {
    const lengths = legs(this.#way.places);
    const total = distance(lengths.reduce((sum, length) => sum + length, 0));
    this.#words.textContent = this.#way.places.length === 0 ? `${say("measure.start")} ${say("measure.keys")}`
      : lengths.length === 0 ? say("measure.first")
        : lengths.length === 1 ? total : say("measure.total", { total, last: distance(lengths.at(-1)!) });
    for (const scene of this.#scenes) scene.request("top");
  }

  /** The middle of what the shell leaves free. */
  #middle(): L.LatLng {
    const { left, right, top, bottom } = this.#layout.free();
    return this.#scene.map.containerPointToLatLng([(left + right) / 2, (top + bottom) / 2]);
  }
}
