/** The list of items: a listbox of which only the rows in sight are made. */

import { Virtual } from "../list/virtual";
import { data, h } from "../reading/dom";
import { say } from "../words/catalogue";
import { count } from "../words/numbers";
import { WHY_NAMES } from "./detail";
import { headline } from "./facts";
import type { Queue } from "./queue";
import type { Records } from "./records";

const ROW_PX = 52;
const HEAD_PX = 32;

export class ItemList {
  readonly element = h("div", { class: "im-review-list", role: "listbox", tabindex: "0", "aria-label": say("review.list") });
  readonly #scroller: HTMLElement;
  readonly #window = h("div", { class: "im-review-window", role: "presentation" });
  readonly #records: Records;
  readonly #queue: Queue;
  readonly #isDone: (item: number) => boolean;
  #virtual = new Virtual({ count: 0, rowPx: ROW_PX, heads: [], headPx: HEAD_PX });
  #current = -1;

  constructor(scroller: HTMLElement, records: Records, queue: Queue, isDone: (item: number) => boolean, onOpen: (item: number) => void) {
    [this.#scroller, this.#records, this.#queue, this.#isDone] = [scroller, records, queue, isDone];
    this.element.append(this.#window);
    scroller.append(this.element);
    scroller.addEventListener("scroll", () => { this.#render(); });
    new ResizeObserver(() => { this.#render(); }).observe(scroller);
    this.element.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-item]") : null;
      if (row !== null) onOpen(Number(row.dataset["item"]));
    });
  }

  /** Shows the queue anew, with one of its items as the current one. */
  refresh(current: number): void {
    this.#current = current;
    const heads = this.#queue.heads.map(({ place }) => place);
    this.#virtual = new Virtual({ count: this.#queue.shown.length, rowPx: ROW_PX, heads, headPx: HEAD_PX });
    this.element.style.height = `${this.#virtual.height}px`;
    const place = this.#queue.shown.indexOf(current);
    if (place >= 0) this.#scroller.scrollTop = this.#virtual.toShow(place, this.#sight, HEAD_PX);
    this.#render();
  }

  get #sight(): { top: number; height: number } {
    return { top: this.#scroller.scrollTop, height: this.#scroller.clientHeight };
  }

  #render(): void {
    const { first, end, at } = this.#virtual.rows(this.#sight);
    const heads = new Map(this.#queue.heads.map(({ place, why }) => [place, why]));
    const rows: HTMLElement[] = [];
    for (let place = first; place < end; place++) {
      const why = heads.get(place);
      if (why !== undefined) {
        rows.push(h("div", { class: "im-review-group", role: "presentation" }, h("span", {}, say(WHY_NAMES[why])), h("span", {}, count(this.#queue.counts.get(why) ?? 0))));
      }
      rows.push(this.#row(place));
    }
    this.#window.replaceChildren(...rows);
    this.#window.style.transform = `translateY(${at}px)`;
    const active = this.#queue.shown.includes(this.#current) ? `im-review-row-${this.#current}` : null;
    if (active !== null && document.getElementById(active) !== null) this.element.setAttribute("aria-activedescendant", active);
    else this.element.removeAttribute("aria-activedescendant");
  }

  #row(place: number): HTMLElement {
    const item = this.#queue.shown[place]!;
    const { reports } = this.#records.items[item]!;
    const [first, second] = reports.map((each) => this.#records.reports[each]!);
    const done = this.#isDone(item);
    const under = second === undefined ? (first!.place_text ?? "") : reports.length > 2 ? say("review.more", { n: reports.length }) : headline(second);
    return h(
      "div",
      {
        class: "im-review-row", role: "option", id: `im-review-row-${item}`, "data-item": item, "aria-selected": String(item === this.#current),
        "aria-setsize": this.#queue.shown.length, "aria-posinset": place + 1,
      },
      h("span", { class: "im-review-tick", "data-done": String(done) }, done ? h("span", { class: "im-unseen" }, say("review.done")) : null),
      h("span", { class: "im-row-title" }, data(headline(first!))),
      h("span", { class: "im-row-place" }, data(under)),
    );
  }
}
