/** Two maps that show the same: what one does, the other does too. */

import L from "leaflet";

/** How far a place lies from its twin, from the corner of one container to that of the other; null while nothing is known. */
export type Way = () => L.Point;

function cornerOf(map: L.Map): L.Point {
  return map.getPixelBounds().min!;
}

/** Holds two maps together; the answer lets the second one follow once more, and ends it. */
export function holdTogether(one: L.Map, other: L.Map, way: Way): { readonly follow: () => void; readonly end: () => void } {
  let leading: L.Map | null = null;
  const ends: (() => void)[] = [];
  const led = (from: L.Map, run: () => void): void => {
    if (leading !== null) return;
    leading = from;
    run();
    leading = null;
  };
  const tie = (from: L.Map, to: L.Map, apart: Way): (() => void) => {
    /** Where the other map has its middle, when this one has this middle. */
    const middle = (center: L.LatLng, zoom: number): L.LatLng => to.unproject(
      from.project(center, zoom).subtract(from.getSize().divideBy(2)).subtract(apart()).add(to.getSize().divideBy(2)), zoom,
    );
    /** Moves what is drawn, without a new picture. */
    const slide = (): void => {
      // In pixels of the world: a corner may lie beyond the poles, where there is no latitude.
      const by = apart().subtract(cornerOf(from).subtract(cornerOf(to)));
      const { mapPane } = to.getPanes();
      if (by.x !== 0 || by.y !== 0) L.DomUtil.setPosition(mapPane, L.DomUtil.getPosition(mapPane).add(by));
      to.fire("move");
    };
    const move = (): void => { led(from, () => { if (from.getZoom() === to.getZoom()) slide(); }); };
    const settle = (): void => {
      led(from, () => {
        to.getPanes().mapPane.classList.remove("leaflet-zoom-anim");
        const zoom = from.getZoom();
        if (zoom !== to.getZoom()) to.setView(middle(from.getCenter(), zoom), zoom, { animate: false });
        slide();
        to.fire("moveend");
      });
    };
    // The other map stretches its picture as this one does; it takes the new view at the end.
    const stretch = ({ center, zoom }: L.ZoomAnimEvent): void => {
      led(from, () => {
        to.getPanes().mapPane.classList.add("leaflet-zoom-anim");
        to.fire("zoomanim", { center: middle(center, zoom), zoom });
      });
    };
    from.on("move", move).on("moveend", settle).on("zoomanim", stretch as L.LeafletEventHandlerFn);
    ends.push(() => { from.off("move", move).off("moveend", settle).off("zoomanim", stretch as L.LeafletEventHandlerFn); });
    return settle;
  };
  const follow = tie(one, other, way);
  tie(other, one, () => way().multiplyBy(-1));
  return { follow, end: () => { for (const end of ends) end(); } };
}
