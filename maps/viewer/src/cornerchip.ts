/** Country-only incidents for which the map has no name to stand under: counted in its corner. */

import type { Ref } from "./clock";
import { button } from "./dom";
import type { Scene } from "./scene";
import { plural } from "./words/numbers";

export function cornerChip(scene: Scene, isShort: () => boolean, open: (refs: readonly Ref[]) => void): HTMLButtonElement {
  const left = (): Ref[] => [...(scene.frame?.countryOnly.values() ?? [])].flat();
  const chip = button({ class: "im-corner-chip", hidden: true }, () => {
    open(left());
  });
  scene.afterDraw.add(() => {
    const { length } = left();
    chip.hidden = length === 0;
    chip.textContent = `${plural(length, "more", "more")}${isShort() ? ": country only" : " known only to country"}`;
  });
  return chip;
}
