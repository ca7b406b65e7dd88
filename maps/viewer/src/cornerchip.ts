/** Country-only incidents for which the map has no name to stand under: counted in its corner. */

import { button } from "./dom";
import type { Members } from "./members";
import type { Scene } from "./scene";
import { plural } from "./words/numbers";

export function cornerChip(scene: Scene, isShort: () => boolean, open: (members: readonly Members[], count: number) => void): HTMLButtonElement {
  let left = 0;
  const chip = button({ class: "im-corner-chip", hidden: true }, () => {
    open([...(scene.frame?.countryOnly.values() ?? [])].flatMap(({ members }) => members), left);
  });
  scene.afterDraw.add(() => {
    left = 0;
    for (const { count } of scene.frame?.countryOnly.values() ?? []) left += count;
    chip.hidden = left === 0;
    chip.textContent = `${plural(left, "more", "more")}${isShort() ? ": country only" : " known only to country"}`;
  });
  return chip;
}
