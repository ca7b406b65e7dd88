/** Where the canvases of a map lie: beyond its edges, and where they are while it moves a little. */

import L from "leaflet";
import type { Box } from "./boxes";
import type { Frame } from "./frame";
import type { Viewport } from "./trace";

/** The canvases reach this far beyond the map, so that a short drag shows no edge. */
export const PAD_PX = 96;

export class Placement {
  /** Top left corner of the canvases, in pixels of Leaflet's layers. */
  topLeft = L.point(0, 0);
  readonly #map: L.Map;
  #origin = L.point(0, 0);
  #corner: L.LatLng | null = null;

  constructor(map: L.Map) {
    this.#map = map;
  }

  /** How far the view has moved over what is drawn, in pixels. */
  get shift(): number {
    const { x, y } = this.#here().subtract(this.topLeft);
    return Math.max(Math.abs(x), Math.abs(y));
  }

  /** True if a picture has the zoom and the size of the view. */
  fits(frame: Frame | null): boolean {
    const size = this.#map.getSize();
    return frame?.zoom === this.#map.getZoom() && this.#map.getPixelOrigin().equals(this.#origin) &&
      frame.view.width === size.x + 2 * PAD_PX && frame.view.height === size.y + 2 * PAD_PX;
  }

  /** Follows the view. */
  moveHere(): void {
    this.#origin = this.#map.getPixelOrigin();
    this.topLeft = this.#here();
    this.#corner = this.#map.layerPointToLatLng(this.topLeft);
  }

  #here(): L.Point {
    return this.#map.containerPointToLayerPoint([-PAD_PX, -PAD_PX]);
  }

  /** Where the corner of the canvases goes when the map has another view; null before the first picture. */
  cornerAt(center: L.LatLng, zoom: number): L.Point | null {
    if (this.#corner === null) return null;
    const pane = L.DomUtil.getPosition(this.#map.getPanes().mapPane);
    const origin = this.#map.project(center, zoom).subtract(this.#map.getSize().divideBy(2)).add(pane).round();
    return this.#map.project(this.#corner, zoom).subtract(origin);
  }

  /** From canvas to container pixels. */
  /** What the canvases show; `middle` is where the free part of the container has its middle, in its pixels. */
  view(middle: number | null): Viewport {
    const size = this.#map.getSize();
    const world = this.topLeft.add(this.#map.getPixelOrigin());
    return {
      scale: 256 * 2 ** this.#map.getZoom(), left: world.x, top: world.y,
      width: size.x + 2 * PAD_PX, height: size.y + 2 * PAD_PX, middle: world.x + PAD_PX + (middle ?? size.x / 2),
    };
  }

  /** The part of the canvases that is in sight. */
  get sight(): Box {
    const { x, y } = this.#map.getSize();
    return this.boxToCanvas({ left: 0, top: 0, right: x, bottom: y });
  }

  toContainer(x: number, y: number): L.Point {
    return this.#map.layerPointToContainerPoint(L.point(x, y).add(this.topLeft));
  }

  /** From container to canvas pixels. */
  toCanvas(point: L.PointExpression): L.Point {
    return this.#map.containerPointToLayerPoint(point).subtract(this.topLeft);
  }

  /** A box in container pixels as a box of the canvas. */
  boxToCanvas(box: Box): Box {
    const { x, y } = this.toCanvas([0, 0]);
    return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
  }
}
