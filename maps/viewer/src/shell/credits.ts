/** Attribution, worldview and scale, as text on the map that nothing covers. */

import type { Scene } from "../canvas/scene";
import { data, h } from "../reading/dom";
import { say } from "../words/catalogue";
import { worldviewLine, type Worldviews } from "../words/disputes";
import type { Layout } from "./layout";
import { scaleBar } from "./tools";

/** A layer of Leaflet states its attribution as markup; only its text is shown. */
function plainText(markup: string): string {
  // Without its tags there is nothing left to parse but characters that are written as entities.
  const words = markup.replace(/<[^>]*>?/g, "");
  return new DOMParser().parseFromString(words, "text/html").body.textContent.trim();
}

export function credits(scene: Scene, layout: Layout, attribution: readonly string[], worldview: Worldviews): HTMLElement {
  const { map } = scene;
  const line = h("p");
  const refresh = (): void => {
    const texts = new Set(attribution);
    map.eachLayer((layer) => {
      const own = layer.getAttribution?.();
      if (typeof own === "string" && own !== "") texts.add(plainText(own));
    });
    // Sentences follow each other; bare names need a mark between them.
    const sources = [...texts].map((text) => (text.endsWith(".") ? `${text} ` : `${text} · `)).join("");
    line.replaceChildren(data((sources + worldviewLine(worldview)).replace(/[ ·]+$/, "")));
  };
  map.on("layeradd layerremove", refresh);
  refresh();
  return h("div", { class: "im-credits", role: "note", "aria-label": say("map.sources") }, line, scaleBar(scene, () => layout.free()));
}
