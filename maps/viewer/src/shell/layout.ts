/** Which part of the map the shell leaves free. */

import L from "leaflet";
import type { Box } from "../canvas/boxes";

export const PHONE_PX = 640;

/** Key bar and credits stand above the strip, and no card covers them. */
const ABOVE_STRIP_PX = 84;
/** Where the chips of a phone end, or the head of a half. */
const PHONE_TOP_PX = 104;
/** Between the marks of one half and the other half. */
const BESIDE_PX = 16;
/** How far the head of a half reaches down. */
export const HEAD_PX = 42;

export function isPhone(): boolean {
  return window.innerWidth < PHONE_PX;
}

/** As in low.css: tools stand in two rows, and no key bar above the strip. */
const LOW = typeof window === "undefined" ? null : window.matchMedia("(max-height: 519px), (max-height: 579px) and (pointer: coarse)");

/** The parts of the shell that lie over the map. */
export class Layout {
  readonly #map: L.Map;
  readonly #parts: () => readonly HTMLElement[];
  readonly #start: () => HTMLElement;
  readonly #bottom: () => HTMLElement;
  /** What a comparison lays over the map: first the other half. */
  over: readonly HTMLElement[] = [];

  constructor(map: L.Map, parts: () => readonly HTMLElement[], start: () => HTMLElement, bottom: () => HTMLElement) {
    this.#map = map;
    this.#parts = parts;
    this.#start = start;
    this.#bottom = bottom;
  }

  /** The boxes of all parts, in pixels of the container of a map. */
  boxes(map = this.#map): readonly Box[] {
    const container = map.getContainer();
    const origin = container.getBoundingClientRect();
    return [...this.#parts(), ...this.over]
      .filter((part) => part !== container && part.isConnected && part.offsetParent !== null)
      .map((part) => {
        const box = part.getBoundingClientRect();
        return {
          left: box.left - origin.left, right: box.right - origin.left,
          top: box.top - origin.top, bottom: box.bottom - origin.top,
        };
      })
      .filter(({ left, right }) => right > left);
  }

  /** What of `room` shows the incidents of this map: of two halves the first. */
  free(): Box {
    const room = this.room();
    const other = this.over[0]?.getBoundingClientRect();
    if (other === undefined) return room;
    const origin = this.#map.getContainer().getBoundingClientRect();
    if (isPhone()) return { ...room, top: Math.max(room.top, PHONE_TOP_PX), bottom: Math.min(room.bottom, other.top - origin.top) };
    return document.documentElement.dir === "rtl"
      ? { ...room, left: other.right - origin.left + BESIDE_PX } : { ...room, right: other.left - origin.left - BESIDE_PX };
  }

  /** The rectangle between panel, tools, key bar and top edge: where cards go. */
  room(): Box {
    const { x: width, y: height } = this.#map.getSize();
    const mirrored = document.documentElement.dir === "rtl";
    if (isPhone()) {
      // Tools and chips make room for a card.
      const [tools, top] = document.documentElement.classList.contains("im-card-open") ? [12, 64] : [60, PHONE_TOP_PX];
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
    const [tools, above] = LOW?.matches === true ? [162, 40] : [64, ABOVE_STRIP_PX];
    const bottom = (strip.height === 0 ? height : strip.top - origin.top) - above;
    const top = this.over.length > 0 ? 64 + HEAD_PX : 64;
    return mirrored
      ? { left: tools, right: width - side, top, bottom }
      : { left: side, right: width - tools, top, bottom };
  }

  padding(): { topLeft: L.Point; bottomRight: L.Point } {
    const free = this.free();
    const { x, y } = this.#map.getSize();
    return {
      topLeft: L.point(free.left + 24, free.top + 8), bottomRight: L.point(x - free.right + 16, y - free.bottom + 16),
    };
  }
}
