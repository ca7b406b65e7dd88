/** A sentence where the pointer rests on the ground, such as who claims an area. */

import L from "leaflet";
import { data, h } from "./dom";
import { worldX, worldY } from "../canvas/geodesic";
import type { Scene } from "../canvas/scene";

const REST_MS = 450;
const ABOVE_PX = 10;

/** The tips of a map, the topmost last: of several that know a place that one speaks for all. */
const tips = new WeakMap<Scene, RestTip[]>();

export class RestTip {
  readonly #scene: Scene;
  readonly #find: (x: number, y: number) => string | null;
  readonly #tip = h("div", { class: "leaflet-tooltip leaflet-tooltip-top im-tip", role: "tooltip" });
  #timer = 0;

  /** `find` is asked with a place of the unit square. */
  constructor(scene: Scene, find: (x: number, y: number) => string | null) {
    this.#scene = scene;
    this.#find = find;
    tips.set(scene, [...(tips.get(scene) ?? []), this]);
    scene.map.on("mousemove", this.#wait);
    scene.map.on("mouseout movestart zoomstart click", this.#hide);
  }

  remove(): void {
    this.#hide();
    tips.set(this.#scene, (tips.get(this.#scene) ?? []).filter((each) => each !== this));
    this.#scene.map.off("mousemove", this.#wait);
    this.#scene.map.off("mouseout movestart zoomstart click", this.#hide);
  }

  readonly #wait = (event: L.LeafletMouseEvent): void => {
    this.#hide();
    this.#timer = window.setTimeout(() => {
      this.#show(event);
    }, REST_MS);
  };

  readonly #hide = (): void => {
    window.clearTimeout(this.#timer);
    this.#tip.remove();
  };

  #show({ latlng, containerPoint }: L.LeafletMouseEvent): void {
    if (this.#scene.hitAt(containerPoint) !== null) return;
    const { lat, lng } = latlng.wrap();
    const [x, y] = [worldX(lng), worldY(lat)];
    const known = (tips.get(this.#scene) ?? []).toReversed().map((tip) => ({ tip, text: tip.#find(x, y) })).filter(({ text }) => text !== null);
    if (known[0]?.tip !== this) return;
    this.#tip.replaceChildren(...known.map(({ text }) => h("div", {}, data(text!))));
    const { map } = this.#scene;
    map.getPane("tooltipPane")!.append(this.#tip);
    const { offsetWidth, offsetHeight } = this.#tip;
    L.DomUtil.setPosition(this.#tip, map.latLngToLayerPoint(latlng).subtract([offsetWidth / 2, offsetHeight + ABOVE_PX]).round());
  }
}
