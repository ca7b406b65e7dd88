/** The view of a map that gives half of its room away, and takes it back. */

import L from "leaflet";
import type { Box } from "../canvas/boxes";

export function middleOf({ left, right, top, bottom }: Box): L.Point {
  return L.point((left + right) / 2, (top + bottom) / 2).round();
}

/** Shows in one box of the map what another one shows, so many zooms closer; the view takes the place of `from`. */
export function look(map: L.Map, from: Box, to: Box, closer: number): void {
  const zoom = map.getZoom() + closer;
  const middle = map.project(map.containerPointToLatLng(middleOf(from)), zoom);
  map.setView(map.unproject(middle.subtract(middleOf(to)).add(map.getSize().divideBy(2)), zoom), zoom, { animate: false });
}

/** By how many zooms less a box shows what another one shows. */
export function shrinks(from: Box, to: Box): number {
  const share = Math.min((to.right - to.left) / (from.right - from.left), (to.bottom - to.top) / (from.bottom - from.top));
  return Math.floor(4 * Math.log2(share)) / 4;
}
