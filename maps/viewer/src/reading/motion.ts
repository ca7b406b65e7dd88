/** Readers who ask for less motion get cuts. */

import L from "leaflet";

/** Takes the animations from every map that is made from now on. */
export function spareMotion(): void {
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  const inside = L.Map.prototype as { panBy: (this: L.Map, offset: L.PointExpression, options?: L.PanOptions) => L.Map };
  const { panBy } = inside;
  inside.panBy = function (offset, options): L.Map {
    return panBy.call(this, offset, { ...options, animate: false });
  };
}
