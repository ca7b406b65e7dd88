/** The layer panel: switches in groups. */

import type L from "leaflet";
import { button, data, h } from "../dom";

export interface LayerEntry {
  readonly layer: L.Layer;
  readonly name: string;
  readonly group: string;
  readonly visible: boolean;
}

const GROUPS: Readonly<Record<string, string>> = {
  incidents: "Incidents", reference: "Reference", background: "Background",
};

export function layerPanel(map: L.Map, entries: readonly LayerEntry[]): HTMLElement {
  const panel = h("section", { class: "im-layers im-surface", "aria-label": "Layers", hidden: true }, h("h2", {}, "Layers"));
  const order = Object.keys(GROUPS);
  const groups = [...new Set(entries.map(({ group }) => group))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  for (const group of groups) {
    panel.append(h("h3", {}, GROUPS[group] ?? data(group)));
    for (const entry of entries.filter((each) => each.group === group)) panel.append(layerSwitch(map, entry));
  }
  return panel;
}

function layerSwitch(map: L.Map, { layer, name }: LayerEntry): HTMLElement {
  const element = button(
    { class: "im-switch", role: "switch", "aria-checked": String(map.hasLayer(layer)) },
    () => {
      if (map.hasLayer(layer)) layer.remove();
      else layer.addTo(map);
    },
    h("span", { class: "im-track", "aria-hidden": "true" }),
    h("span", {}, data(name)),
  );
  const refresh = (): void => {
    element.setAttribute("aria-checked", String(map.hasLayer(layer)));
  };
  layer.on("add remove", refresh);
  return element;
}
