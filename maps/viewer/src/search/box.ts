/** The field in which the reader searches: what it finds is what the whole page then shows. */

import type { IncidentSet } from "../data/incidents";
import { NO_TABLE, type TextTable } from "../data/texts";
import type { IncidentList } from "../list/list";
import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import type { Clock } from "../time/clock";
import { say } from "../words/catalogue";
import { needles } from "./fold";
import { TextIndex } from "./textindex";

/** So long the page may wait for a part of the texts to be read: before somebody searches, and after. */
const [AHEAD_MS, READ_MS] = [8, 20];
/** Browsers that do not tell when the page rests are asked as often. */
const REST_MS = 50;

export class SearchBox {
  readonly element: HTMLElement;
  readonly #field = h("input", {
    type: "search", class: "im-search-field", placeholder: say("search.field"), "aria-label": say("search.field"), autocomplete: "off", spellcheck: "false", dir: "auto",
  });
  readonly #note = h("p", { class: "im-search-note", role: "status", hidden: true }, say("list.opening"));
  readonly #clear: HTMLButtonElement;
  readonly #clock: Clock;
  readonly #list: IncidentList;
  readonly #indexes = new Map<IncidentSet, { readonly table: TextTable; readonly index: TextIndex }>();
  /** How many sets had their texts at the last search, and when their texts were last read ahead. */
  #tables = 0;
  #ahead = 0;
  #turn = 0;

  constructor(clock: Clock, list: IncidentList) {
    [this.#clock, this.#list] = [clock, list];
    this.#clear = button({ class: "im-icon-button", "aria-label": say("search.clear"), hidden: true }, () => {
      this.#field.value = "";
      this.focus();
      void this.#search();
    }, icon("close"));
    this.element = h(
      "div", { class: "im-search", role: "search" },
      h("label", { class: "im-search-line" }, icon("search"), this.#field, h("kbd", { "aria-hidden": "true" }, "/"), this.#clear),
      this.#note,
    );
    this.#field.addEventListener("input", () => void this.#search());
    // Until the first word is written the texts are read.
    this.#field.addEventListener("focus", () => void this.#read());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") this.#list.focus();
      else if (event.key === "Escape" && this.#field.value !== "") {
        this.#field.value = "";
        void this.#search();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    // What was found is not all once another layer has brought its texts.
    list.afterChange.add(() => {
      if (list.words.length > 0 && this.#tables !== list.tables.size) void this.#search();
      if (this.#ahead === list.tables.size) return;
      this.#ahead = list.tables.size;
      this.#readAhead();
    });
    clock.on("filter", () => {
      // The filters were cleared, and the search with them.
      if (clock.found !== null || this.#list.words.length === 0) return;
      this.#field.value = "";
      this.#end();
    });
  }

  focus(): void {
    this.#field.focus();
    this.#field.select();
  }

  async #search(): Promise<void> {
    const turn = ++this.#turn;
    const words = needles(this.#field.value);
    this.#clear.hidden = this.#field.value === "";
    if (words.length === 0) {
      this.#end();
      this.#clock.showFound(null);
      return;
    }
    if (this.#isUnopened || !this.#readOn(READ_MS)) {
      this.#note.hidden = false;
      await this.#read();
      this.#note.hidden = true;
      if (turn !== this.#turn) return;
    }
    if (this.#list.words.length === 0) this.#list.scrollToTop();
    this.#list.words = words;
    this.#tables = this.#list.tables.size;
    const found = new Map(this.#clock.sets.map((set) => [set, this.#index(set).find(words)]));
    this.#clock.showFound((set) => found.get(set) ?? this.#index(set).find(words));
  }

  get #isUnopened(): boolean {
    return this.#clock.sets.some((set) => set.textsId !== null && !this.#list.tables.has(set));
  }

  /** Opens and reads all texts, in parts between which the page lives on. */
  async #read(): Promise<void> {
    if (this.#isUnopened) await this.#list.texts();
    while (!this.#readOn(READ_MS)) await new Promise((resolve) => setTimeout(resolve));
  }

  #readOn(ms: number): boolean {
    return this.#clock.sets.every((set) => this.#index(set).read(ms));
  }

  /** Reads the texts while the page rests, as long as they are no burden. */
  #readAhead(): void {
    const { requestIdleCallback: rest = (run: () => void) => setTimeout(run, REST_MS) } = window as Partial<Pick<Window, "requestIdleCallback">>;
    rest(() => {
      if (!this.#isUnopened && this.#clock.sets.every((set) => this.#index(set).light) && !this.#readOn(AHEAD_MS)) this.#readAhead();
    });
  }

  #end(): void {
    this.#list.words = [];
    this.#clear.hidden = true;
  }

  #index(set: IncidentSet): TextIndex {
    const table = this.#list.tables.get(set) ?? NO_TABLE;
    let known = this.#indexes.get(set);
    if (known?.table !== table) {
      known = { table, index: new TextIndex(set, table) };
      this.#indexes.set(set, known);
    }
    return known.index;
  }
}
