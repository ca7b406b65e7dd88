/** The option that marks are as large as their incidents are deadly, and its legend. */

import type { Clock } from "../time/clock";
import { flipSwitch } from "../reading/controls";
import { h, svg } from "../reading/dom";
import type { LegendPart } from "../reading/legend";
import { legendRow } from "../reading/legend";
import type { Marks } from "../marks/markdrawer";
import { largestToll, MOST_PX, tollRadius, tollSteps } from "../marks/tollsize";
import { say } from "../words/catalogue";
import { count } from "../words/numbers";

/** `panel` is what it stands in. */
export function tollSwitch(clock: Clock, panel: HTMLElement): HTMLElement {
  const { element, refresh } = flipSwitch(say("layers.toll"), () => clock.sizedByToll, () => {
    clock.sizeByToll(!clock.sizedByToll);
  });
  clock.on("size", refresh);
  // Without numbers of killed it would change nothing; to look for them takes too long before somebody asks.
  new MutationObserver(() => {
    if (!panel.hidden) element.hidden = largestToll(clock.sets) === 0;
  }).observe(panel, { attributeFilter: ["hidden"] });
  return element;
}

/** What the sizes mean, as long as a mark shows one. */
export function tollLegend(clock: Clock, marks: Marks): LegendPart {
  const shown = (): boolean => clock.sizedByToll && marks.marks.some(({ size }) => size != null);
  return {
    version: () => (shown() ? String(largestToll(clock.sets)) : ""),
    keys: () => [],
    block: () => {
      if (!shown()) return [];
      const largest = largestToll(clock.sets);
      return [
        h("h3", {}, say("legend.killed")),
        h("ul", {}, ...tollSteps(largest).map((number) => legendRow(disc(tollRadius(number, largest)), count(number)))),
        h("p", { class: "im-legend-note" }, say("legend.killed.says")),
      ];
    },
  };
}

function disc(radius: number): SVGElement {
  const half = MOST_PX + 1;
  return svg(
    "svg", { viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, width: 2 * half, height: 2 * half, "aria-hidden": "true" },
    svg("circle", { r: radius, fill: "currentColor", "fill-opacity": 0.35, stroke: "currentColor" }),
  );
}
