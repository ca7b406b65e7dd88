/** The other half of a comparison: a map of its own over the end of the page's, with the same layers at the same place. */

import L from "leaflet";
import type { Box } from "../canvas/boxes";
import { type Scene, sceneOf } from "../canvas/scene";
import { h } from "../reading/dom";
import { fitBoxes } from "../reading/fitting";
import { type Stage, stageOf } from "../reading/stage";
import type { Shell } from "../shell/additions";
import { HEAD_PX } from "../shell/layout";
import { MapKeys } from "../shell/keyboard";
import { followClock } from "./follow";
import { holdTogether } from "./sync";
import { followLayers } from "./twins";
import { middleOf } from "./views";

/** Above the head of a half that lies below the other one. */
const BELOW_PX = 10;

/** Adds it to a place of the page, below the heads of both halves; the answer takes it away. */
export function addHalf(place: HTMLElement, heads: readonly HTMLElement[], shell: Shell): { readonly scene: Scene; readonly stage: Stage; readonly remove: () => void } {
  const { scene, stage, layout, card } = shell;
  const { map, clock } = scene;
  const container = h("div", { class: "im-half", role: "application", tabindex: 0 });
  place.prepend(container);
  layout.over = [container, ...heads];
  const own = L.map(container, { ...map.options, center: map.getCenter(), zoom: map.getZoom(), zoomControl: false, attributionControl: false });
  const twin = sceneOf(own);
  const twinStage = stageOf(own);
  twin.showsFailures = true;
  const free = (): Box => {
    const room = layout.room();
    const [from, to] = [map, own].map((each) => each.getContainer().getBoundingClientRect()) as [DOMRect, DOMRect];
    const [x, y] = [to.left - from.left, to.top - from.top];
    return {
      left: Math.max(0, room.left - x), right: Math.min(to.width, room.right - x),
      top: Math.max(BELOW_PX + HEAD_PX, room.top - y), bottom: Math.min(to.height, room.bottom - y),
    };
  };
  twin.panels = () => layout.boxes(own);
  twin.middle = () => middleOf(free()).x;
  twin.onOpen = (ref) => void card.showIncident(ref, true, twin);
  twin.onList = scene.onList;
  twinStage.padding = () => {
    const { left, right, top, bottom } = free();
    return { topLeft: L.point(left, top), bottomRight: own.getSize().subtract([right, bottom]) };
  };
  fitBoxes(own, twinStage.padding);
  // Both show the same, and the page knows how much of it its own half leaves free.
  twinStage.fit = (members, maxZoom) => { stage.fit(members, maxZoom); };
  place.append(new MapKeys(twin, twinStage, shell.fit).live);

  let [way, middle, width] = [L.point(0, 0), middleOf(layout.free()), map.getSize().x];
  const { follow, end } = holdTogether(map, own, () => way);
  const settle = (): void => {
    own.invalidateSize({ animate: false, pan: false });
    // Where a panel folds, or a card takes room, the place in the middle of the half stays there.
    const [before, wide] = [middle, width];
    [middle, width] = [middleOf(layout.free()), map.getContainer().clientWidth];
    way = middleOf(free()).subtract(middle);
    if (width === wide) map.panBy(before.subtract(middle), { animate: false });
    follow();
    scene.request("top");
  };
  settle();
  const observer = new ResizeObserver(settle);
  observer.observe(container);
  map.on("resize", settle);
  const theme = (): void => { twin.setTheme(scene.theme); };
  theme();
  scene.afterTheme.add(theme);
  const ends = [
    end, followClock(clock, twin.clock), followLayers(map, own, shell.layers.map(({ layer }) => layer)),
    () => {
      observer.disconnect();
      map.off("resize", settle);
      scene.afterTheme.delete(theme);
      layout.over = [];
    },
  ];
  let zooming = false;
  own.on("zoomanim zoomend", ({ type }) => { zooming = type === "zoomanim"; });
  return {
    scene: twin,
    stage: twinStage,
    remove: () => {
      for (const each of ends) each();
      // Leaflet ends a zoom of its own only while its map is there.
      if (zooming) own.once("zoomend", () => { own.remove(); });
      else own.remove();
      container.remove();
    },
  };
}
