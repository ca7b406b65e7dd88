/** Which part of the map the shell leaves free. */

import L from "leaflet";
import type { Box } from "../canvas/boxes";

export const PHONE_PX = 640;

/** Key bar and credits stand above the strip, and no card covers them. */
const ABOVE_STRIP_PX = 84;

export function isPhone(): boolean {
  return window.innerWidth < PHONE_PX;
}

/** The parts of the shell that lie over the map. */
export class Layout {
  readonly #map: L.Map;
  readonly #parts: () => readonly HTMLElement[];
  readonly #start: () => HTMLElement;
  readonly #bottom: () => HTMLElement;

  constructor(map: L.Map, parts: () => readonly HTMLElement[], start: () => HTMLElement, bottom: () => HTMLElement) {
    this.#map = map;
    this.#parts = parts;
    this.#start = start;
    this.#bottom = bottom;
  }

  /** The boxes of all parts, in container pixels. */
  boxes(): readonly Box[] {
    const origin = this.#map.getContainer().getBoundingClientRect();
    return this.#parts()
      .filter((part) => part.isConnected && part.offsetParent !== null)
      .map((part) => {
        const box = part.getBoundingClientRect();
        return {
          left: box.left - origin.left, right: box.right - origin.left,
          top: box.top - origin.top, bottom: box.bottom - origin.top,
        };
      })
      .filter(({ left, right }) => right > left);
  }

  /** The rectangle between panel, tools, key bar and top edge: where cards and fitted incidents go. */
  free(): Box {
    const { x: width, y: height } = this.#map.getSize();
    const mirrored = document.documentElement.dir === "rtl";
    if (isPhone()) {
      // Tools and chips make room for a card.
      const [tools, top] = document.documentElement.classList.contains("im-card-open") ? [12, 64] : [60, 104];
      return {
        left: mirrored ? tools : 12, right: width - (mirrored ? 12 : tools), top, bottom: height - this.#bottom().offsetHeight - 32,
      };
    }
    const origin = this.#map.getContainer().getBoundingClientRect();
    const panel = this.#start().getBoundingClientRect();
    const reach = mirrored ? origin.right - panel.left + 16 : panel.right - origin.left + 16;
    // A table as wide as the window is covered by what it opens.
    const side = reach > width - 320 ? 16 : reach;
    const strip = this.#bottom().getBoundingClientRect();
    // A strip without dates is not shown; then only key bar and credits need their room.
    const bottom = (strip.height === 0 ? height : strip.top - origin.top) - ABOVE_STRIP_PX;
    return mirrored
      ? { left: 64, right: width - side, top: 64, bottom }
      : { left: side, right: width - 64, top: 64, bottom };
  }

  padding(): { topLeft: L.Point; bottomRight: L.Point } {
    const free = this.free();
    const { x, y } = this.#map.getSize();
    return {
      topLeft: L.point(free.left + 24, free.top + 8), bottomRight: L.point(x - free.right + 16, y - free.bottom + 16),
    };
  }
}
