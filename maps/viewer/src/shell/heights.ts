/** What stands upon another part of the shell has to know how high that is. */

import type L from "leaflet";
import type { Scene } from "../canvas/scene";
import { PHONE_PX } from "./layout";

/** On a phone the strip is part of the sheet. */
export function placeStrip(slot: HTMLElement, strip: HTMLElement, wide: HTMLElement, map: L.Map): void {
  const phone = window.matchMedia(`(max-width: ${PHONE_PX - 1}px)`);
  const place = (): void => {
    (phone.matches ? slot : wide).append(strip);
    map.invalidateSize();
  };
  phone.addEventListener("change", place);
  place();
}

/** On a phone the credits stand on whatever covers the bottom of the map. */
export function followSheet(scene: Scene, shell: HTMLElement, sheets: readonly HTMLElement[]): void {
  const refresh = (): void => {
    const card = sheets.find((sheet) => sheet.classList.contains("im-card") && !sheet.hidden);
    shell.style.setProperty("--im-sheet-now", `${(card ?? sheets[0]!).offsetHeight}px`);
    if (scene.panelsMoved) scene.request("top");
  };
  const observer = new ResizeObserver(refresh);
  for (const sheet of sheets) observer.observe(sheet);
}

/** Tells the style sheet how many lines the key bar or the credits need. */
export function followHeight(scene: Scene, shell: HTMLElement, part: HTMLElement, name: string): void {
  new ResizeObserver(() => {
    shell.style.setProperty(name, `${part.offsetHeight}px`);
    if (scene.panelsMoved) scene.request("top");
  }).observe(part);
}
