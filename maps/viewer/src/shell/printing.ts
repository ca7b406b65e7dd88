/** The map on paper: light, in one piece, with a sentence on what is left out. */

import type { Clock } from "../time/clock";
import { data, h } from "../reading/dom";
import { PRECISION_CLASSES, PRECISION_NAMES } from "../data/precision";
import type { Scene } from "../canvas/scene";
import { leftOut } from "../words/leftout";
import { verificationName } from "../words/reports";

/** Below this the parts of the page would cover the map. */
const LEAST_WIDTH_PX = 1024;
const LEAST_HEIGHT_PX = 690;
/** Height by width of the part of a landscape sheet that can be printed on. */
const SHEET = 0.66;

/** Paper shows what is on the screen, on one sheet; `page` holds the map and the shell. */
export function followPrinting(scene: Scene, page: HTMLElement): void {
  let before = scene.theme;
  const { style } = page;
  window.addEventListener("beforeprint", () => {
    before = scene.theme;
    const { clientWidth, clientHeight } = page;
    const width = Math.max(LEAST_WIDTH_PX, clientWidth);
    const height = Math.min(clientHeight, Math.max(LEAST_HEIGHT_PX, SHEET * width));
    [style.width, style.height] = [`${width}px`, `${height}px`];
    scene.map.invalidateSize({ animate: false });
    scene.setTheme("light");
    scene.flush();
  });
  window.addEventListener("afterprint", () => {
    [style.width, style.height] = ["", ""];
    scene.map.invalidateSize({ animate: false });
    scene.setTheme(before);
  });
}

/** Which filters are set, as a paragraph that only paper shows. */
export function filterLine(clock: Clock): HTMLElement {
  const line = h("p", { class: "im-left-out" });
  const refresh = (): void => {
    const { entries } = clock.plan;
    const words = leftOut({
      kinds: entries.filter(({ slot }) => !clock.isShown("kind", String(slot))).map(({ label }) => label),
      places: PRECISION_CLASSES.filter((each) => !clock.isShown("precision", each)).map((each) => PRECISION_NAMES[each]),
      verifications: clock.present("verification").filter((each) => !clock.isShown("verification", each))
        .map((each) => verificationName(each === "unstated" ? null : each)),
      undated: !clock.undatedShown,
    });
    line.replaceChildren(...(words === "" ? [] : [data(words)]));
  };
  clock.on("data", refresh);
  clock.on("filter", refresh);
  return line;
}
