/** The phone's row of kind chips. */

import type { Scene } from "../canvas/scene";
import { button, data, h } from "../reading/dom";
import { say } from "../words/catalogue";
import { count, incidents } from "../words/numbers";

export function kindChips(scene: Scene): HTMLElement {
  const { clock } = scene;
  const row = h("div", { class: "im-chips", role: "group", "aria-label": say("panel.kind") });
  scene.followClock(() => {
    const { kind } = clock.tally();
    row.replaceChildren(...clock.plan.entries.map(({ slot, label }) => {
      const value = String(slot);
      const swatch = h("span", { class: "im-swatch" });
      swatch.style.setProperty("--im-kind", `var(--im-kind-${slot})`);
      const here = kind[value] ?? 0;
      return button(
        {
          class: "im-kind-chip im-surface", role: "checkbox", "aria-checked": String(clock.isShown("kind", value)),
          "aria-label": say("panel.row", { name: label, incidents: incidents(here) }),
        },
        () => {
          clock.toggle("kind", value);
        },
        swatch, h("span", {}, data(label)), h("span", { class: "im-filter-count" }, count(here)),
      );
    }));
  });
  return row;
}
