/** Ways to look at a place so that nothing lies over it. */

import type L from "leaflet";

/** What stands over the edges of a map, in pixels. */
export interface Padding {
  readonly topLeft: L.Point;
  readonly bottomRight: L.Point;
}

export function fitClear(map: L.Map, bounds: L.LatLngBoundsExpression, { topLeft, bottomRight }: Padding, options: L.FitBoundsOptions = {}): void {
  map.fitBounds(bounds, { paddingTopLeft: topLeft, paddingBottomRight: bottomRight, ...options });
}

/** A box that is drawn with Shift and the mouse is seen whole: to Leaflet the map goes on behind the panels. */
export function fitBoxes(map: L.Map, padding: () => Padding): void {
  map.on("boxzoomend", (event) => {
    fitClear(map, (event as L.LeafletEvent & { readonly boxZoomBounds: L.LatLngBounds }).boxZoomBounds, padding());
  });
}
