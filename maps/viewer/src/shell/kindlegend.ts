/** What a reader cannot know of the colours: kinds that share one, and kinds that have another than usual. */

import type { Clock } from "../time/clock";
import { data, h } from "../reading/dom";
import { listed, say } from "../words/catalogue";
import { withMore } from "../words/disputes";
import { told } from "../words/told";
import { type LegendPart, legendRow } from "../reading/legend";

export const BORROWED = say("kind.borrowed");

/** Of more the legend gives the number. */
const MOST_NAMES = 12;

export function kindLegend(clock: Clock): LegendPart {
  const rows = (): HTMLElement[] => clock.plan.entries.flatMap(({ slot, label, names, borrowed }) => {
    if (names.length > 1) return [row(slot, label, withMore(listed(names.slice(0, MOST_NAMES)), names.length - MOST_NAMES))];
    return borrowed ? [row(slot, label, null)] : [];
  });
  return {
    version: () => JSON.stringify(clock.plan.entries),
    keys: () => [],
    block: () => (rows().length === 0 ? [] : [h("ul", {}, ...rows())]),
  };
}

function row(slot: number, label: string, names: string | null): HTMLElement {
  const swatch = h("span", { class: "im-swatch im-legend-swatch" });
  swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
  const name = h("strong", {}, data(label));
  return legendRow(swatch, ...(names === null ? told("kind.borrowed.says", { name }) : told("kind.folded", { name, names })));
}
