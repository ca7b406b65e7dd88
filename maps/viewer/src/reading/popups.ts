/** Cards on a page without the shell: popups of Leaflet, and the corner chip as one of its controls. */

import L from "leaflet";
import type { Ref } from "../time/clock";
import { hasMark } from "../marks/markdrawer";
import { cardContent } from "./card";
import { cornerChip } from "./cornerchip";
import { listContent } from "./listing";
import type { Stage } from "./stage";

export function usePopups(stage: Stage): void {
  const { scene } = stage;
  scene.onOpen = (ref) => void cardContent(scene.clock, ref).then((content) => { popUp(stage, content, ref); });
  scene.onList = (refs, total) => void listContent(scene.clock, refs, (ref) => { stage.open(ref); }, total)
    .then((content) => { popUp(stage, content, refs[0]!); });
  const chip = cornerChip(scene, () => false, (members, count) => {
    stage.list(members, count);
  });
  L.DomEvent.disableClickPropagation(chip);
  const Corner = L.Control.extend({ onAdd: () => chip });
  new Corner({ position: "bottomleft" }).addTo(scene.map);
}

function popUp({ scene }: Stage, content: Node, first: Ref): void {
  const box = document.createElement("div");
  box.className = "im-popup";
  box.append(content);
  L.popup({ maxWidth: 340, minWidth: 260, maxHeight: 380, className: "im-popup-frame" })
    .setLatLng(hasMark(first) ? [first.set.lat(first.row), first.set.lon(first.row)] : scene.map.getCenter())
    .setContent(box)
    .on("remove", () => {
      if (scene.clock.selected === first) scene.clock.select(null);
    })
    .openOn(scene.map);
}
