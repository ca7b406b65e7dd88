/** A choice of one among a few, as radio buttons that arrow keys walk through. */

import { button, data, h } from "../reading/dom";

export interface Choice {
  readonly name: string;
  readonly note: string | null;
  readonly choose: () => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export class Choices {
  readonly element: HTMLElement;
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #chosen: () => number;

  /** `chosen` tells which one holds now. */
  constructor(title: string, choices: readonly Choice[], chosen: () => number) {
    this.#chosen = chosen;
    this.#buttons = choices.map(({ name, note, choose }) => button(
      { class: "im-switch", role: "radio" },
      () => {
        choose();
        this.refresh();
      },
      h("span", { class: "im-radio", "aria-hidden": "true" }),
      h("span", { class: "im-switch-name" }, data(name)),
      note === null ? null : h("span", { class: "im-switch-note" }, data(note)),
    ));
    this.element = h("div", { role: "radiogroup", "aria-label": title }, ...this.#buttons);
    this.element.addEventListener("keydown", (event) => {
      this.#walk(event);
    });
    this.refresh();
  }

  readonly refresh = (): void => {
    const chosen = this.#chosen();
    this.#buttons.forEach((each, i) => {
      each.setAttribute("aria-checked", String(i === chosen));
      each.tabIndex = i === chosen ? 0 : -1;
    });
  };

  focus(): void {
    this.#buttons[this.#chosen()]?.focus();
  }

  /** Arrows move the focus alone, because a choice may ask a server. */
  #walk(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const at = this.#buttons.indexOf(document.activeElement as HTMLButtonElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.#buttons[(at + step + this.#buttons.length) % this.#buttons.length]!.focus();
  }
}
