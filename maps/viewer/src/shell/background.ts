/** What lies under the incidents: the drawn ground, or tiles from a server after the reader agreed. */

import L from "leaflet";
import { button, data, h } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import { say } from "../words/catalogue";
import { told } from "../words/told";

/** Shows one background. The drawn ground stays under tiles: its borders and names lie above them. */
export function chooseBackground(scene: Scene, backgrounds: readonly L.Layer[], chosen: L.Layer): void {
  const { map } = scene;
  for (const layer of backgrounds) if (layer instanceof L.GridLayer && layer !== chosen) layer.remove();
  chosen.addTo(map);
  scene.overTiles = chosen instanceof L.GridLayer;
}

/** Names the server before anything is asked of it. */
export function confirmLine(host: string, answer: (agreed: boolean) => void): HTMLElement {
  const words = h("p", {}, ...told("layers.confirm", { host: h("strong", {}, data(host)) }));
  return h(
    "div", { class: "im-confirm", role: "group", "aria-label": say("layers.confirm.name") },
    words,
    button({ class: "im-quiet-button" }, () => {
      answer(true);
    }, say("layers.confirm.yes")),
    button({ class: "im-text-button" }, () => {
      answer(false);
    }, say("layers.confirm.no")),
  );
}
