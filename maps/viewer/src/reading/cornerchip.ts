/** Country-only incidents for which the map has no name to stand under: counted in its corner. */

import { button } from "./dom";
import type { Members } from "../data/members";
import type { Scene } from "../canvas/scene";
import { say } from "../words/catalogue";

export function cornerChip(scene: Scene, isShort: () => boolean, open: (members: readonly Members[], count: number) => void): HTMLButtonElement {
  let left = 0;
  const chip = button({ class: "im-corner-chip", hidden: true }, () => {
    open([...(scene.frame?.countryOnly.values() ?? [])].flatMap(({ members }) => members), left);
  });
  let said = "";
  scene.afterLayout.add(() => {
    left = 0;
    for (const { count } of scene.frame?.countryOnly.values() ?? []) left += count;
    const text = say(isShort() ? "map.corner.short" : "map.corner", { n: left });
    if (text === said) return;
    said = text;
    chip.hidden = left === 0;
    chip.textContent = text;
  });
  return chip;
}
