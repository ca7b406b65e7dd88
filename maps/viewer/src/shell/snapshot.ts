/** The map as one picture of any size, in light colours and without the shell. */

import type L from "leaflet";
import type { Scene } from "../canvas/scene";
import { SANS, TOKENS } from "../canvas/tokens";
import { directionOf } from "../words/plaintext";
import type { Layout } from "./layout";
import { scaleOf } from "./tools";

/** Paper and pictures are finer than screens. */
const RATIO = 2;

export interface Snapshot {
  readonly canvas: HTMLCanvasElement;
  /** Tiles below the picture, and what lies above it, such as markers of folium; placed in shares of it. */
  readonly below: readonly Element[];
  readonly above: readonly Element[];
}

/** Draws what the shell leaves in sight, at this size in CSS pixels, and leaves the map as it was. */
export function snapshot(scene: Scene, layout: Layout, width: number, height: number): Snapshot {
  const { map, theme, panels, middle } = scene;
  const [center, zoom] = [map.getCenter(), map.getZoom()];
  const { left, right, top, bottom } = layout.free();
  const corners = [map.containerPointToLatLng([left, bottom]), map.containerPointToLatLng([right, top])];
  const { style } = map.getContainer().parentElement!;
  const pixels = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
  [style.width, style.height] = [`${width}px`, `${height}px`];
  scene.panels = () => [];
  // The marks stand round the middle of the sheet, not of what the panel leaves free.
  scene.middle = () => null;
  Object.defineProperty(window, "devicePixelRatio", { value: RATIO, configurable: true });
  try {
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(corners.map(({ lat, lng }) => [lat, lng]), { animate: false });
    scene.setTheme("light");
    scene.flush();
    return picture(scene, width, height);
  } finally {
    if (pixels !== undefined) Object.defineProperty(window, "devicePixelRatio", pixels);
    [scene.panels, scene.middle] = [panels, middle];
    [style.width, style.height] = ["", ""];
    map.invalidateSize({ animate: false, pan: false });
    map.setView(center, zoom, { animate: false });
    scene.setTheme(theme);
    scene.flush();
  }
}

function picture({ map, overTiles }: Scene, width: number, height: number): Snapshot {
  const container = map.getContainer();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * RATIO, height * RATIO];
  const context = canvas.getContext("2d")!;
  context.fillStyle = getComputedStyle(container).backgroundColor;
  if (!overTiles) context.fillRect(0, 0, canvas.width, canvas.height);
  const origin = container.getBoundingClientRect();
  const [below, above]: [Element[], Element[]] = [[], []];
  for (const part of container.querySelectorAll<HTMLElement>(".leaflet-pane :is(canvas, img, svg)")) {
    const box = part.getBoundingClientRect();
    const [x, y] = [box.left - origin.left, box.top - origin.top];
    if (part instanceof HTMLCanvasElement) context.drawImage(part, x * RATIO, y * RATIO, box.width * RATIO, box.height * RATIO);
    else (part.closest(".leaflet-tile-pane") === null ? above : below).push(placed(part, [x / width, y / height, box.width / width, box.height / height]));
  }
  drawWords(context, map, width, height);
  return { canvas, below, above };
}

/** The scale in the lower corner at the right, and at the left how many more stand under no name. */
function drawWords(context: CanvasRenderingContext2D, map: L.Map, width: number, height: number): void {
  const scale = scaleOf(map, { top: 0, bottom: height });
  const chip = document.querySelector(".im-corner-chip:not([hidden], .im-half-other *)")?.textContent ?? "";
  const [right, low] = [width - 12, height - 12];
  context.scale(RATIO, RATIO);
  context.font = `11px ${SANS}`;
  context.lineJoin = "round";
  const bar = new Path2D(`M${right - scale.width} ${low - 5}v5H${right}v-5`);
  context.fillStyle = TOKENS.light.label;
  for (const [colour, wide] of [[TOKENS.light.halo, 4], [TOKENS.light.label, 1]] as const) {
    [context.strokeStyle, context.lineWidth] = [colour, wide];
    context.stroke(bar);
    for (const [words, x, y, align] of [[scale.words, right, low - 8, "right"], [chip, 12, low, "left"]] as const) {
      context.textAlign = align;
      context.direction = directionOf(words);
      if (wide > 1) context.strokeText(words, x, y);
      else context.fillText(words, x, y);
    }
  }
}

/** A copy that grows and shrinks with the picture. */
function placed(part: Element, [x, y, width, height]: readonly [number, number, number, number]): Element {
  const copy = part.cloneNode(true) as HTMLElement;
  const share = (value: number): string => `${100 * value}%`;
  copy.removeAttribute("class");
  copy.setAttribute("style", `position:absolute;left:${share(x)};top:${share(y)};width:${share(width)};height:${share(height)}`);
  return copy;
}
