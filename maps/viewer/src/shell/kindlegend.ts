/** What a reader cannot know of the colours: kinds that share one, and kinds that have another than usual. */

import type { Clock } from "../time/clock";
import { data, h } from "../reading/dom";
import { type LegendPart, legendRow } from "../reading/legend";

export const BORROWED = "Its usual colour is taken by another kind of this map";

/** Of more the legend gives the number. */
const MOST_NAMES = 12;

export function kindLegend(clock: Clock): LegendPart {
  const rows = (): HTMLElement[] => clock.plan.entries.flatMap(({ slot, label, names, borrowed }) => {
    if (names.length > 1) return [row(slot, label, `: ${listed(names)}`)];
    return borrowed ? [row(slot, label, `: ${BORROWED.toLowerCase()}`)] : [];
  });
  return {
    version: () => JSON.stringify(clock.plan.entries),
    keys: () => [],
    block: () => (rows().length === 0 ? [] : [h("ul", {}, ...rows())]),
  };
}

function row(slot: number, label: string, words: string): HTMLElement {
  const swatch = h("span", { class: "im-swatch im-legend-swatch" });
  swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
  return legendRow(swatch, h("strong", {}, data(label)), data(words));
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}
