/** On tablets the panel folds into a rail at the edge, which leaves the map its room. */

import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { say } from "../words/catalogue";

export class Rail {
  readonly #panel: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #onChange: () => void;

  constructor(panel: HTMLElement, onChange: () => void) {
    [this.#panel, this.#onChange] = [panel, onChange];
    this.#toggle = button({ class: "im-fold", "aria-controls": panel.id }, () => { this.fold(!this.isFolded); });
    panel.prepend(this.#toggle);
    this.fold(false);
  }

  get isFolded(): boolean {
    return this.#panel.classList.contains("im-folded-panel");
  }

  fold(folded: boolean): void {
    this.#panel.classList.toggle("im-folded-panel", folded);
    const name = say(folded ? "tool.rail" : "tool.fold");
    this.#toggle.replaceChildren(icon("chevron"), h("span", { class: folded ? "" : "im-unseen" }, name));
    this.#toggle.setAttribute("aria-expanded", String(!folded));
    this.#toggle.title = name;
    this.#onChange();
  }
}
