/** The menu of the orders that have a name; the chosen one stands in the address. */

import { h } from "../reading/dom";
import { remember, remembered } from "../shell/hash";
import { say } from "../words/catalogue";
import type { Sort, SortKey } from "./sorting";

/** The first is the usual one. */
const ORDERS = ["date.down", "date.up", "border.up", "killed.down", "title.up"] as const;

/** The order that the address asks for; the usual one where it names none. */
function asked(): string {
  return ORDERS.find((each) => each === remembered("sort")) ?? ORDERS[0];
}

export class SortMenu {
  readonly element = h("select", { class: "im-sort", "aria-label": say("list.sort") }, ...ORDERS.map((value) => h("option", { value }, say(`list.sort.${value}`))));

  constructor(onSort: (sort: Sort) => void) {
    this.element.value = asked();
    this.element.addEventListener("change", () => { onSort(this.sort); });
    window.addEventListener("hashchange", () => {
      const now = this.element.value || ORDERS[0];
      this.element.value = asked();
      if (this.element.value !== now) onSort(this.sort);
    });
  }

  /** The order that the menu shows; the usual one where it has no name for that of the table. */
  get sort(): Sort {
    const [key, way] = (this.element.value || ORDERS[0]).split(".") as [SortKey, string];
    return { key, down: way === "down" };
  }

  get isNamed(): boolean {
    return this.element.value !== "";
  }

  show({ key, down }: Sort): void {
    const { element } = this;
    element.value = `${key}.${down ? "down" : "up"}`;
    remember({ sort: element.value === "" || element.value === ORDERS[0] ? null : element.value });
  }
}
