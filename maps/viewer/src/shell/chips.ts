/** The phone's row of kind chips. */

import type { Clock } from "../clock";
import { button, data, h } from "../dom";
import { count, plural } from "../words/numbers";

export function kindChips(clock: Clock): HTMLElement {
  const row = h("div", { class: "im-chips", role: "group", "aria-label": "Kind" });
  const refresh = (): void => {
    const { kind } = clock.tally();
    row.replaceChildren(...clock.plan.entries.map(({ slot, label }) => {
      const value = String(slot);
      const swatch = h("span", { class: "im-swatch" });
      swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
      const here = kind[value] ?? 0;
      return button(
        {
          class: "im-kind-chip im-surface", role: "checkbox", "aria-checked": String(clock.isShown("kind", value)),
          "aria-label": `${label}, ${plural(here, "incident")}`,
        },
        () => {
          clock.toggle("kind", value);
        },
        swatch, h("span", {}, data(label)), h("span", { class: "im-filter-count" }, count(here)),
      );
    }));
  };
  clock.on("data", refresh);
  clock.on("filter", refresh);
  return row;
}
