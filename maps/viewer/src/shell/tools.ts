/** The bars of tools: what moves the map, and what concerns the map as a whole. */

import type L from "leaflet";
import type { Box } from "../canvas/boxes";
import { inverse } from "../canvas/geodesic";
import { button, h } from "../reading/dom";
import { icon, type IconName } from "../reading/glyphs";
import type { Scene } from "../canvas/scene";
import { say } from "../words/catalogue";
import { length } from "../words/numbers";

export interface ToolActions {
  readonly fit: () => void;
  readonly layers: HTMLElement | null;
  /** Opens the filters on a phone. */
  readonly filters: () => void;
  readonly measure: HTMLElement;
  readonly toggleMeasure: () => void;
}

export function tool(name: string, glyph: IconName, action: () => void): HTMLButtonElement {
  return button({ class: `im-tool im-tool-${glyph}`, "aria-label": name, title: name }, action, icon(glyph));
}

export function tools(scene: Scene, { fit, layers, filters, measure, toggleMeasure }: ToolActions): HTMLElement {
  const { map } = scene;
  const bar = h("div", { class: "im-tools im-surface", role: "toolbar", "aria-label": say("tool.bar"), "aria-orientation": "vertical" });
  const zoomIn = tool(say("tool.in"), "plus", () => map.zoomIn());
  const zoomOut = tool(say("tool.out"), "minus", () => map.zoomOut());
  const refresh = (): void => {
    zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
    zoomOut.disabled = map.getZoom() <= map.getMinZoom();
  };
  map.on("zoomend zoomlevelschange", refresh);
  bar.append(tool(say("tool.filters"), "filter", filters), zoomIn, zoomOut, h("hr"), tool(say("tool.fit"), "fit", fit));
  if (layers !== null) {
    bar.append(follows(tool(say("tool.layers"), "layers", () => { layers.hidden = !layers.hidden; }), layers, "aria-expanded"));
  }
  bar.append(follows(tool(say("tool.measure"), "ruler", toggleMeasure), measure, "aria-pressed"));
  if (document.fullscreenEnabled) bar.append(fullscreenTool());
  // Phones have room for few tools.
  const more = tool(say("tool.more"), "more", () => {
    more.setAttribute("aria-expanded", String(bar.classList.toggle("im-more")));
  });
  more.setAttribute("aria-expanded", "false");
  bar.append(more);
  walkWithArrows(bar);
  return bar;
}

/** A button that tells whether a part of the page is open. */
function follows(toggle: HTMLButtonElement, part: HTMLElement, state: "aria-expanded" | "aria-pressed"): HTMLButtonElement {
  const refresh = (): void => {
    toggle.setAttribute(state, String(!part.hidden));
  };
  new MutationObserver(refresh).observe(part, { attributeFilter: ["hidden"] });
  refresh();
  return toggle;
}

function fullscreenTool(): HTMLButtonElement {
  const toggle = tool(say("tool.full"), "full", () => {
    if (document.fullscreenElement === null) void document.documentElement.requestFullscreen().catch(() => undefined);
    else void document.exitFullscreen();
  });
  const refresh = (): void => {
    toggle.setAttribute("aria-pressed", String(document.fullscreenElement !== null));
  };
  document.addEventListener("fullscreenchange", refresh);
  refresh();
  return toggle;
}

/** Arrow keys lead through the buttons of a bar. */
export function walkWithArrows(bar: HTMLElement): void {
  bar.addEventListener("keydown", (event) => {
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = event.key === "ArrowDown" || event.key === forward ? 1 : event.key.startsWith("Arrow") ? -1 : 0;
    const buttons = [...bar.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")].filter((each) => each.offsetParent !== null);
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step === 0 ? -1 : (at + step + buttons.length) % buttons.length;
    if (at < 0 || to < 0) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[to]!.focus();
  });
}

const WIDEST_PX = 76;
/** Where the square of the world ends. */
const NORTH_DEG = 85.0511;

/** The rows of the container whose middle gives the scale. */
type Rows = Pick<Box, "top" | "bottom">;

/** A round length and its width in pixels, right for the middle of what these rows show of the world. */
export function scaleOf(map: L.Map, { top, bottom }: Rows): { readonly words: string; readonly width: number } {
  const turn = 256 * 2 ** map.getZoom();
  const north = map.latLngToContainerPoint([NORTH_DEG, 0]).y;
  const [high, low] = [top, bottom].map((y) => Math.max(north, Math.min(north + turn, y))) as [number, number];
  const { lat } = map.containerPointToLatLng([0, (high + low) / 2]);
  const metres = WIDEST_PX * inverse(0, lat, 360 / turn, lat).distanceM;
  if (!(metres > 0)) return { words: "", width: 0 };
  const power = 10 ** Math.floor(Math.log10(metres));
  const round = power * (metres / power >= 5 ? 5 : metres / power >= 2 ? 2 : 1);
  return { words: length(round), width: (WIDEST_PX * round) / metres };
}

export function scaleBar({ map, afterDraw }: Scene, free: () => Rows): HTMLElement {
  const label = h("span", { dir: "auto" });
  const bar = h("i");
  const scale = h("div", { class: "im-scale", "aria-hidden": "true", dir: "ltr" }, label, bar);
  const refresh = (): void => {
    const { words, width } = scaleOf(map, free());
    label.textContent = words;
    bar.style.width = `${width}px`;
  };
  // After moves, and when the sheet of a phone has another height.
  afterDraw.add(refresh);
  return scale;
}
