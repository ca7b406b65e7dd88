/** The layer panel: switches for what may lie together, and a choice of one for what may not. */

import type L from "leaflet";
import { flipSwitch } from "../reading/controls";
import { button, data, h } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import { chooseBackground, confirmLine } from "./background";
import { Choices } from "./choices";
import { named, say } from "../words/catalogue";

export interface LayerEntry {
  readonly layer: L.Layer;
  readonly name: string;
  readonly group: string;
  readonly visible: boolean;
  /** A word or a number at the end of the line. */
  readonly note?: string | null;
  /** The server that the layer asks; without one it asks nobody. */
  readonly host?: string | null;
}

const GROUPS: Readonly<Record<string, string>> = {
  incidents: say("layers.incidents"), summary: say("layers.summary"), reference: say("layers.reference"), background: say("layers.background"),
};

/** `readMarks` opens the legend, which has no button of its own on a phone. */
export function layerPanel(scene: Scene, entries: readonly LayerEntry[], readMarks: () => void): HTMLElement {
  const panel = h("section", { class: "im-layers im-surface", "aria-label": say("tool.layers"), hidden: true }, h("h2", {}, say("tool.layers")));
  for (const [group, title] of Object.entries(GROUPS)) {
    const members = entries.filter((entry) => entry.group === group);
    if (members.length === 0) continue;
    if (group === "summary") panel.append(h("h3", {}, title), summaryChoice(scene.map, title, members));
    else if (group !== "background") panel.append(h("h3", {}, title), ...members.map((entry) => layerSwitch(scene.map, entry)));
    else if (members.length > 1) panel.append(h("h3", {}, title), backgroundChoice(scene, title, members));
  }
  panel.append(h("div", { class: "im-layers-legend" }, button({ class: "im-text-button" }, () => {
    panel.hidden = true;
    readMarks();
  }, say("legend.title"))));
  return panel;
}

function layerSwitch(map: L.Map, { layer, name, note }: LayerEntry): HTMLElement {
  const { element, refresh } = flipSwitch(data(named(name)), () => map.hasLayer(layer), () => {
    const shown = map.hasLayer(layer);
    if (shown) layer.remove();
    else layer.addTo(map);
    // As Leaflet's own control does: elements of folium listen to it.
    map.fire(shown ? "overlayremove" : "overlayadd", { layer, name });
  }, note);
  layer.on("add remove", refresh);
  return element;
}

/** None or one of the summaries. */
function summaryChoice(map: L.Map, title: string, members: readonly LayerEntry[]): HTMLElement {
  const choose = (chosen: LayerEntry | null): void => {
    for (const { layer } of members) if (layer !== chosen?.layer) layer.remove();
    chosen?.layer.addTo(map);
  };
  // What the map opens with may be several.
  choose(members.find(({ layer }) => map.hasLayer(layer)) ?? null);
  const choices = new Choices(title, [
    { name: say("layers.none"), note: null, choose: () => { choose(null); } },
    ...members.map((entry) => ({ name: named(entry.name), note: entry.note ?? null, choose: () => { choose(entry); } })),
  ], () => 1 + members.findIndex(({ layer }) => map.hasLayer(layer)));
  for (const { layer } of members) layer.on("add remove", choices.refresh);
  return choices.element;
}

/** The drawn ground, or tiles, which ask a server and say so before they do. */
function backgroundChoice(scene: Scene, title: string, members: readonly LayerEntry[]): HTMLElement {
  const { map } = scene;
  const grounds = members.map(({ layer }) => layer);
  const slot = h("div", { class: "im-confirm-slot", "aria-live": "polite" });
  const choices = new Choices(title, members.map((entry) => ({
    name: named(entry.name),
    note: say(entry.host == null ? "layers.nonetwork" : "layers.server"),
    choose: () => {
      slot.replaceChildren();
      if (entry.host == null || map.hasLayer(entry.layer)) chooseBackground(scene, grounds, entry.layer);
      else {
        slot.append(confirmLine(entry.host, (agreed) => {
          slot.replaceChildren();
          if (agreed) chooseBackground(scene, grounds, entry.layer);
          choices.refresh();
          choices.focus();
        }));
        slot.querySelector("button")?.focus();
      }
    },
  })), () => Math.max(0, members.findLastIndex(({ layer, host }) => host != null && map.hasLayer(layer))));
  for (const layer of grounds) layer.on("add remove", choices.refresh);
  return h("div", {}, choices.element, slot);
}
