/** The parts of the page beside each other, and their colours. */

import { applyTheme, type Theme } from "../canvas/tokens";
import { data, h } from "../reading/dom";
import { say } from "../words/catalogue";
import type { Bar } from "./bar";
import type { PlaceMap } from "./placemap";

export interface Frame {
  readonly root: HTMLElement;
  /** What the list scrolls in. */
  readonly scroller: HTMLElement;
  readonly mapElement: HTMLElement;
}

export function layOut(bar: Bar, body: HTMLElement, said: HTMLElement, foot: HTMLElement, attribution: readonly string[]): Frame {
  const scroller = h("div", { class: "im-review-scroll" });
  const mapElement = h("div", { class: "im-review-map" });
  const notes = [say("review.keeps"), say("review.private")].map((each) => h("p", {}, each));
  const root = h(
    "div", { class: "im-shell im-review" }, bar.head,
    h("nav", { class: "im-review-side", "aria-label": say("review.list") }, bar.filters, scroller, h("div", { class: "im-review-notes" }, ...notes)),
    h("main", { class: "im-review-main-part" }, body, said, foot),
    h("section", { class: "im-review-place", "aria-label": say("tool.bar") }, mapElement,
      h("p", { class: "im-review-key" }, say("review.map.key")), h("p", { class: "im-review-credits" }, data(attribution.join(" · ")))),
  );
  document.body.append(root);
  return { root, scroller, mapElement };
}

/** Light or dark: as the reader's system prefers, until they choose. */
export class Themed {
  readonly #map: PlaceMap;
  #theme: Theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

  constructor(map: PlaceMap) {
    this.#map = map;
    this.#paint();
  }

  toggle(): void {
    this.#theme = this.#theme === "dark" ? "light" : "dark";
    this.#paint();
  }

  #paint(): void {
    applyTheme(document.documentElement, this.#theme);
    this.#map.setTheme(this.#theme);
  }
}

/** Lets the browser ask before it closes the page while something would be lost. */
export function guardLeaving(loses: () => boolean): void {
  addEventListener("beforeunload", (event) => {
    if (!loses()) return;
    event.preventDefault();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- browsers of 2023 ask only then
    event.returnValue = true;
  });
}
