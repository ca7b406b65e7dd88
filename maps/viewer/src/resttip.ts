/** A sentence where the pointer rests on the ground, such as who claims an area. */

import L from "leaflet";
import { data } from "./dom";
import { worldX, worldY } from "./geodesic";
import type { Scene } from "./scene";

const REST_MS = 450;

export class RestTip {
  readonly #scene: Scene;
  readonly #find: (x: number, y: number) => string | null;
  readonly #tip = L.tooltip({ direction: "top", offset: [0, -10], className: "im-tip" });
  #timer = 0;

  /** `find` is asked with a place of the unit square. */
  constructor(scene: Scene, find: (x: number, y: number) => string | null) {
    this.#scene = scene;
    this.#find = find;
    scene.map.on("mousemove", this.#wait);
    scene.map.on("mouseout movestart zoomstart click", this.#hide);
  }

  remove(): void {
    this.#hide();
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
    const found = this.#find(worldX(lng), worldY(lat));
    if (found !== null) this.#tip.setLatLng(latlng).setContent(data(found)).addTo(this.#scene.map);
  }
}
