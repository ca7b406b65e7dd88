/** The option that marks are as large as their incidents are deadly, and the three sizes of its legend. */

import type { Clock } from "../clock";
import { button, h, svg } from "../dom";
import type { LegendPart } from "../legend";
import { legendRow } from "../legend";
import { tollRadius } from "../tollsize";

const SHOWN = [1, 4, 10] as const;

export function tollSwitch(clock: Clock): HTMLElement {
  const element = button(
    { class: "im-switch", role: "switch" },
    () => {
      clock.sizeByToll(!clock.sizedByToll);
    },
    h("span", { class: "im-track", "aria-hidden": "true" }),
    h("span", { class: "im-switch-name" }, "Size by number of killed"),
  );
  const refresh = (): void => {
    element.setAttribute("aria-checked", String(clock.sizedByToll));
  };
  clock.on("size", refresh);
  refresh();
  return element;
}

/** Three sizes, where marks are sized. */
export function tollLegend(clock: Clock): LegendPart {
  return {
    version: () => String(clock.sizedByToll),
    keys: () => [],
    block: () => clock.sizedByToll ? [h("h3", {}, "Killed"), h("ul", {}, ...SHOWN.map((number) => legendRow(
      disc(tollRadius(number)), number === SHOWN.at(-1) ? `${number} or more` : String(number),
    )))] : [],
  };
}

function disc(radius: number): SVGElement {
  const half = Math.ceil(tollRadius(Infinity)) + 1;
  return svg(
    "svg", { viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, width: 2 * half, height: 2 * half, "aria-hidden": "true" },
    svg("circle", { r: radius, fill: "currentColor", "fill-opacity": 0.35, stroke: "currentColor" }),
  );
}
