/** The map's tools: zoom, fit, layers, theme. */

import type L from "leaflet";
import { button, h } from "../reading/dom";
import { icon, type IconName } from "../reading/glyphs";
import type { Scene } from "../canvas/scene";
import type { Theme } from "../canvas/tokens";
import { rememberTheme } from "./hash";

export interface ToolActions {
  readonly fit: () => void;
  readonly layers: HTMLElement | null;
  /** Opens the filters on a phone. */
  readonly filters: () => void;
}

function tool(name: string, glyph: IconName, action: () => void): HTMLButtonElement {
  return button({ class: `im-tool im-tool-${glyph}`, "aria-label": name, title: name }, action, icon(glyph));
}

export function tools(scene: Scene, { fit, layers, filters }: ToolActions): HTMLElement {
  const { map } = scene;
  const bar = h("div", { class: "im-tools im-surface", role: "toolbar", "aria-label": "Map", "aria-orientation": "vertical" });
  const zoomIn = tool("Zoom in", "plus", () => map.zoomIn());
  const zoomOut = tool("Zoom out", "minus", () => map.zoomOut());
  const refresh = (): void => {
    zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend zoomlevelschange", refresh);
  bar.append(tool("Filters", "filter", filters), zoomIn, zoomOut, h("hr"), tool("Fit all incidents", "fit", fit));
  if (layers !== null) bar.append(layersTool(layers));
  bar.append(themeTool(scene));
  bar.addEventListener("keydown", (event) => {
    moveFocus(bar, event);
  });
  return bar;
}

function layersTool(panel: HTMLElement): HTMLButtonElement {
  const toggle = tool("Layers", "layers", () => {
    panel.hidden = !panel.hidden;
  });
  const refresh = (): void => {
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
  };
  new MutationObserver(refresh).observe(panel, { attributes: true, attributeFilter: ["hidden"] });
  refresh();
  return toggle;
}

function themeTool(scene: Scene): HTMLButtonElement {
  const toggle = tool("Dark", "moon", () => {
    const next: Theme = scene.theme === "dark" ? "light" : "dark";
    rememberTheme(next);
    scene.setTheme(next);
  });
  const refresh = (): void => {
    const dark = scene.theme === "dark";
    toggle.replaceChildren(icon(dark ? "sun" : "moon"));
    const name = dark ? "Light colours" : "Dark colours";
    toggle.setAttribute("aria-label", name);
    toggle.title = name;
  };
  scene.afterTheme.add(refresh);
  refresh();
  return toggle;
}

/** Arrow keys inside the bar. */
function moveFocus(bar: HTMLElement, event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")].filter((each) => each.offsetParent !== null);
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[(at + step + buttons.length) % buttons.length]!.focus();
}

/** The scale: a round length not wider than 76 px. */
export function scaleBar(map: L.Map): HTMLElement {
  const label = h("span");
  const bar = h("i");
  const scale = h("div", { class: "im-scale", "aria-hidden": "true", dir: "ltr" }, label, bar);
  const refresh = (): void => {
    const middle = map.getSize().divideBy(2);
    const metres = map.distance(map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([76, 0])));
    if (!(metres > 0)) return;
    const power = 10 ** Math.floor(Math.log10(metres));
    const round = power * (metres / power >= 5 ? 5 : metres / power >= 2 ? 2 : 1);
    label.textContent = round >= 1000 ? `${(round / 1000).toLocaleString("en-GB")}\u00a0km` : `${round}\u00a0m`;
    bar.style.width = `${(76 * round) / metres}px`;
  };
  map.on("zoomend moveend resize", refresh);
  refresh();
  return scale;
}
