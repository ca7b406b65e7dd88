/** The bars of the strip as a table, for those who cannot see them. */

import { h } from "../reading/dom";
import { say } from "../words/catalogue";
import { dateRange } from "../words/dates";
import { incidents } from "../words/numbers";
import { type Bin, binTotal } from "./histogram";

/** After the last change, so that a filter answers before its table does. */
const WAIT_MS = 600;
const MOST_ROWS = 400;

export class BinTable {
  readonly element: HTMLElement;
  readonly #body = h("tbody");
  #timer = 0;

  constructor() {
    this.element = h("div", { class: "im-unseen" }, h("table", {}, h("caption", {}, say("strip.table")), this.#body));
  }

  /** Empty bins are left out. */
  show(bins: readonly Bin[]): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      const rows = bins.filter((bin) => binTotal(bin) > 0).slice(-MOST_ROWS);
      this.#body.replaceChildren(...rows.map((bin) => h(
        "tr", {}, h("th", { scope: "row" }, dateRange(bin.from, bin.to - 1)), h("td", {}, incidents(Math.round(binTotal(bin)))),
      )));
    }, WAIT_MS);
  }
}
