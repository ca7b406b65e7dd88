/** Small controls that stand in several parts of the page. */

import { button, data, h } from "./dom";
import { icon } from "./glyphs";
import { say } from "../words/catalogue";

export function closeButton(close: () => void): HTMLButtonElement {
  return button({ class: "im-icon-button", "aria-label": say("card.close") }, close, icon("close"));
}

/** A switch with its name, and what shows anew whether it is on. */
export function flipSwitch(
  name: Node | string, isOn: () => boolean, flip: () => void, note?: string | null,
): { readonly element: HTMLButtonElement; readonly refresh: () => void } {
  const element = button(
    { class: "im-switch", role: "switch" }, flip,
    h("span", { class: "im-track", "aria-hidden": "true" }),
    h("span", { class: "im-switch-name" }, name),
    note == null ? null : h("span", { class: "im-switch-note" }, data(note)),
  );
  const refresh = (): void => { element.setAttribute("aria-checked", String(isOn())); };
  refresh();
  return { element, refresh };
}
