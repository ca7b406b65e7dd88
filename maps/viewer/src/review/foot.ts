/** The buttons below an item, and those of its map. */

import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { tool } from "../shell/tools";
import { say } from "../words/catalogue";
import type { PlaceMap } from "./placemap";

export interface FootActs {
  readonly step: (by: 1 | -1) => void;
  readonly seen: () => void;
  readonly verify: () => void;
}

export class Foot {
  readonly element: HTMLElement;
  readonly #decide: HTMLElement;

  constructor({ step, seen, verify }: FootActs) {
    const key = (letter: string): HTMLElement => h("kbd", { "aria-hidden": "true" }, letter);
    this.#decide = h(
      "span", { class: "im-review-foot-part" },
      button({ class: "im-review-button" }, seen, say("review.seen"), key("X")), button({ class: "im-review-button" }, verify, say("review.field.verification"), key("V")),
    );
    const turn = (by: 1 | -1): HTMLButtonElement => {
      const name = say(by === 1 ? "review.next" : "review.previous");
      return button({ class: `im-icon-button${by === 1 ? "" : " im-back"}`, "aria-label": name, title: name }, () => { step(by); }, icon("chevron"));
    };
    this.element = h(
      "div", { class: "im-review-foot", role: "toolbar", "aria-label": say("review.actions") },
      this.#decide, h("span", { class: "im-review-foot-part" }, turn(-1), turn(1)),
    );
  }

  show(shown: boolean): void { this.#decide.hidden = !shown; }

  /** Zoom in, zoom out, and the whole item. */
  mapTools(map: PlaceMap): HTMLElement {
    const bar = h(
      "div", { class: "im-review-maptools im-surface", role: "toolbar", "aria-label": say("tool.bar") },
      tool(say("tool.in"), "plus", () => map.map.zoomIn()), tool(say("tool.out"), "minus", () => map.map.zoomOut()), tool(say("review.fit"), "fit", () => { map.fit(); }),
    );
    // A click on a button is none on the map below.
    for (const kind of ["click", "dblclick", "pointerdown", "mousedown"]) bar.addEventListener(kind, (event) => { event.stopPropagation(); });
    return bar;
  }
}
