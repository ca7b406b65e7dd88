/** What lies under the incidents: the drawn ground, or tiles from a server after the reader agreed. */

import L from "leaflet";
import { button, data, h } from "../reading/dom";
import type { Scene } from "../canvas/scene";

/** Shows one background. The drawn ground stays under tiles: its borders and names lie above them. */
export function chooseBackground(scene: Scene, backgrounds: readonly L.Layer[], chosen: L.Layer): void {
  const { map } = scene;
  for (const layer of backgrounds) if (layer instanceof L.GridLayer && layer !== chosen) layer.remove();
  chosen.addTo(map);
  scene.overTiles = chosen instanceof L.GridLayer;
}

/** Names the server before anything is asked of it. */
export function confirmLine(host: string, answer: (agreed: boolean) => void): HTMLElement {
  const words = h("p", {}, "This asks ", h("strong", {}, data(host)), " for pictures of every place you look at. Nothing has been asked of it so far.");
  return h(
    "div", { class: "im-confirm", role: "group", "aria-label": "Online tiles" },
    words,
    button({ class: "im-quiet-button" }, () => {
      answer(true);
    }, "Ask it"),
    button({ class: "im-text-button" }, () => {
      answer(false);
    }, "Keep built in"),
  );
}
