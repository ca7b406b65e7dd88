/** The head of the page: what is reviewed, how far, and what to do with it. */

import { button, data, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { needles } from "../search/fold";
import { tool } from "../shell/tools";
import { say } from "../words/catalogue";
import { count } from "../words/numbers";
import { WHY_NAMES } from "./detail";
import type { Queue } from "./queue";

export interface BarActs {
  readonly changed: () => void;
  readonly undo: () => void;
  readonly save: () => void;
  readonly help: () => void;
  readonly theme: () => void;
  readonly list: () => void;
}

export class Bar {
  readonly head: HTMLElement;
  /** Stands over the list: search, reasons, and what is open. */
  readonly filters: HTMLElement;
  readonly #progress = h("p", { class: "im-review-progress", role: "status" });
  readonly #meter = h("span", {});
  readonly #field = h("input", { type: "search", class: "im-search-field", placeholder: say("review.search"), "aria-label": say("review.search"), autocomplete: "off", spellcheck: "false", dir: "auto" });
  readonly #undo: HTMLButtonElement;
  readonly #save: HTMLButtonElement;

  constructor(title: string, queue: Queue, acts: BarActs) {
    this.#undo = button({ class: "im-review-button", title: `${say("review.undo")} (Z)` }, acts.undo, say("review.undo"), h("kbd", { "aria-hidden": "true" }, "Z"));
    this.#save = button({ class: "im-review-button im-review-main", title: `${say("review.file")} (W)` }, acts.save, say("review.save"));
    this.head = h(
      "header", { class: "im-review-head" },
      h("div", { class: "im-review-titles" }, h("h1", { class: "im-title" }, data(title)), h("div", { class: "im-review-meter", "aria-hidden": "true" }, this.#meter), this.#progress),
      h("div", { class: "im-review-tools", role: "toolbar", "aria-label": say("review.tools") },
        button({ class: "im-review-button im-review-tolist" }, acts.list, say("review.list")), this.#undo, this.#save,
        tool(say("keys.title"), "keys", acts.help), tool(say("review.theme"), "moon", acts.theme)),
    );
    this.filters = h(
      "div", { class: "im-review-filters" },
      h("div", { class: "im-search", role: "search" }, h("label", { class: "im-search-line" }, icon("search"), this.#field, h("kbd", { "aria-hidden": "true" }, "/"))),
      this.#reasons(queue, acts.changed),
    );
    this.#field.addEventListener("input", () => {
      queue.words = needles(this.#field.value);
      acts.changed();
    });
  }

  search(): void { this.#field.focus(); }

  filter(): void { this.filters.querySelector("button")?.focus(); }

  progress(done: number, total: number, unsaved: boolean, canUndo: boolean): void {
    const words = say("review.progress", { done, n: total });
    this.#progress.textContent = unsaved ? `${words} · ${say("review.unsaved")}` : words;
    this.#meter.style.inlineSize = `${total === 0 ? 0 : (100 * done) / total}%`;
    this.#undo.disabled = !canUndo;
    this.#save.classList.toggle("im-review-due", unsaved);
  }

  #reasons(queue: Queue, changed: () => void): HTMLElement {
    const chips = queue.whys.map((why) => {
      const chip = button({ class: "im-review-chip", "aria-pressed": "false" }, () => {
        const on = !queue.chosen.has(why);
        if (on) queue.chosen.add(why);
        else queue.chosen.delete(why);
        chip.setAttribute("aria-pressed", String(on));
        changed();
      }, say(WHY_NAMES[why]), h("span", {}, count(queue.counts.get(why) ?? 0)));
      return chip;
    });
    const open = button({ class: "im-review-chip", "aria-pressed": "false" }, () => {
      queue.onlyOpen = !queue.onlyOpen;
      open.setAttribute("aria-pressed", String(queue.onlyOpen));
      changed();
    }, say("review.onlyopen"));
    return h("div", { class: "im-review-chips", role: "group", "aria-label": say("review.why") }, ...chips, open);
  }
}
