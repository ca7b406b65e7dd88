/** The incidents in view as a list or a table, of which only the rows in sight are made. */

import type { IncidentSet } from "../data/incidents";
import { NO_TABLE, type TextTable } from "../data/texts";
import type { Scene } from "../canvas/scene";
import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { orderBy } from "../reading/listing";
import type { Stage } from "../reading/stage";
import { type Ref, sameRef } from "../time/clock";
import { say } from "../words/catalogue";
import { count } from "../words/numbers";
import { optionOf } from "./rows";
import { type Area, ShownList } from "./shownlist";
import type { Sort } from "./sorting";
import { SortMenu } from "./sortmenu";
import { tableHead, tableRow } from "./table";
import { type Sight, Virtual } from "./virtual";

const ROW_PX = 51;
const TABLE_ROW_PX = 32;
const PART_PX = 34;
const PAGE_ROWS = 8;
/** A list that takes longer waits until the reader rests. */
const SLOW_MS = 6;
const REST_MS = 120;
const TEXTS_AFTER_MS = 200;

export interface ListOptions {
  /** What scrolls: the list and all that stands above it. */
  readonly scroller: HTMLElement;
  /** What of the map is in sight. */
  readonly area: () => Area;
  readonly onTable: (wide: boolean) => void;
}

export class IncidentList {
  readonly element: HTMLElement;
  readonly shown: ShownList;
  /** Called after the list has changed. */
  readonly afterChange = new Set<() => void>();
  /** Words of the search, to be underlined. */
  words: readonly string[] = [];
  readonly tables = new Map<IncidentSet, TextTable>();
  readonly #scene: Scene;
  readonly #stage: Stage;
  readonly #options: ListOptions;
  readonly #number = h("span", { class: "im-section-note" });
  readonly #menu = new SortMenu((sort) => { this.#sortBy(sort); });
  readonly #toggle: HTMLButtonElement;
  readonly #head: HTMLElement;
  readonly #body = h("div", { class: "im-list-rows" });
  #wide = false;
  #virtual = new Virtual({ count: 0, rowPx: ROW_PX, heads: [], headPx: PART_PX });
  #made = new Map<number, HTMLElement>();
  #window: HTMLElement = h("div");
  #active: Ref | null = null;
  #moves = 0;
  #state = "";
  #timer = 0;
  #tookMs = 0;

  constructor(scene: Scene, stage: Stage, options: ListOptions) {
    const { clock } = scene;
    [this.#scene, this.#stage, this.#options] = [scene, stage, options];
    this.shown = new ShownList(clock);
    orderBy(clock, () => this.current.order());
    this.#toggle = button({ class: "im-icon-button", "aria-label": say("list.table"), title: say("list.table") }, () => { this.showTable(!this.#wide); }, icon("table"));
    this.shown.sort = this.#menu.sort;
    this.#head = h(
      "div", { class: "im-list-head" },
      h("h2", {}, say("list.view")), this.#number, h("span", { class: "im-spacer" }), this.#menu.element, this.#toggle,
    );
    this.element = h("section", { class: "im-list", "aria-label": say("list.view") }, this.#head, this.#body);
    this.#frame();
    this.#follow(options.scroller);
  }

  /** Shows the table, or the list again. */
  showTable(wide: boolean): void {
    this.#wide = wide;
    // The list has no name for some orders of the table.
    if (!wide && !this.#menu.isNamed) this.#sortBy(this.#menu.sort);
    this.#frame();
    this.#options.onTable(wide);
    this.#refresh();
  }

  /** True where a search is under way that no text answers, whatever else is filtered. */
  get noneFound(): boolean {
    const { found, sets } = this.#scene.clock;
    return found !== null && sets.every((set) => !found(set).includes(1));
  }

  /** True where the texts of a set are not in the page, or cannot be read: then nobody knows its incidents by name. */
  get nameless(): boolean { return this.#scene.clock.sets.some((set) => set.textsId === null || this.tables.get(set) === NO_TABLE); }

  /** What is listed: the list may not have followed yet what has just changed. */
  get current(): ShownList {
    if (this.element.ariaBusy !== null && this.#state !== this.#now) this.#refresh();
    return this.shown;
  }

  get isTable(): boolean {
    return this.#wide;
  }

  focus(): void {
    (this.#wide ? this.#body.querySelector("button") : this.#body)?.focus();
  }

  /** Shows the list from its first row on, below the filters. */
  scrollToTop(): void {
    const { scroller } = this.#options;
    scroller.scrollTop = this.element.offsetTop;
  }

  /** Makes all rows anew: their texts have changed. */
  rewrite(): void {
    this.#state = "";
    this.#later();
  }

  #follow(scroller: HTMLElement): void {
    const { map, clock } = this.#scene;
    map.on("moveend resize", () => { this.#moves++; });
    this.#scene.afterDraw.add(() => {
      if (this.#scene.ready && this.#state !== this.#now) this.#later();
    });
    clock.on("hover", () => { this.#markHovered(); });
    scroller.addEventListener("scroll", () => { this.#render(); });
    new ResizeObserver(() => { this.#render(); }).observe(scroller);
    const body = this.#body;
    body.addEventListener("click", (event) => {
      const ref = this.#refAt(event.target);
      if (ref !== null) this.#stage.open(ref);
    });
    body.addEventListener("pointerover", (event) => { clock.hover(this.#refAt(event.target)); });
    body.addEventListener("pointerleave", () => { clock.hover(null); });
    body.addEventListener("keydown", (event) => { this.#onKey(event); });
  }

  /** Changes with all that decides what is listed. */
  get #now(): string {
    const { clock } = this.#scene;
    const { selected } = clock;
    // Another layer may bring texts to a set that is listed already.
    return `${clock.version} ${this.#moves} ${clock.sets.filter(({ textsId }) => textsId !== null).length} ${selected === null ? "" : `${clock.sets.indexOf(selected.set)} ${selected.row}`}`;
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    this.element.ariaBusy = "true";
    this.#timer = window.setTimeout(() => { this.#refresh(); }, this.#tookMs > SLOW_MS ? REST_MS : 0);
  }

  #refresh(): void {
    const { clock } = this.#scene;
    window.clearTimeout(this.#timer);
    const begun = performance.now();
    const { shown } = this;
    this.#state = this.#now;
    shown.refresh(this.#options.area(), this.tables);
    shown.pin(clock.selected);
    this.#number.textContent = count(shown.total);
    this.element.dataset["shown"] = String(shown.total);
    this.#virtual = new Virtual({ count: shown.rows.length, rowPx: this.#wide ? TABLE_ROW_PX : ROW_PX, heads: shown.heads.map(({ place }) => place), headPx: PART_PX });
    this.#made.clear();
    this.#body.style.height = `${this.#virtual.height + (this.#wide ? TABLE_ROW_PX : 0)}px`;
    this.#render();
    this.#tookMs = performance.now() - begun;
    const untitled = this.#untitled.length > 0;
    this.element.ariaBusy = String(untitled);
    for (const listener of this.afterChange) listener();
    if (untitled) window.setTimeout(() => void this.texts(), TEXTS_AFTER_MS);
  }

  get #untitled(): IncidentSet[] { return this.#scene.clock.sets.filter((set) => set.textsId !== null && !this.tables.has(set)); }

  /** Opens the texts of all sets that are listed now; titles come with them, and nothing waits for these. */
  async texts(): Promise<void> {
    const late = this.#untitled;
    for (const set of late) this.tables.set(set, await set.texts().catch((error: unknown) => { this.#scene.fail(error); return NO_TABLE; }));
    if (late.length > 0) this.rewrite();
  }

  #sortBy(sort: Sort): void {
    this.shown.sort = sort;
    this.#menu.show(sort);
    this.#frame();
    this.#refresh();
  }

  /** Makes what holds the rows: a listbox, or a table with its head. */
  #frame(): void {
    const table = this.#wide;
    const focused = this.#body.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
    this.#toggle.setAttribute("aria-pressed", String(table));
    this.#menu.element.hidden = table;
    for (const [name, value] of Object.entries({ role: "listbox", tabindex: "0", "aria-label": say("list.view") })) {
      if (table) this.#body.removeAttribute(name);
      else this.#body.setAttribute(name, value);
    }
    this.#window = table ? h("tbody") : h("div", { class: "im-list-window", role: "presentation" });
    this.#body.replaceChildren(table
      ? h("table", { class: "im-table", "aria-label": say("list.view") }, tableHead(this.shown.sort, (sort) => { this.#sortBy(sort); }), this.#window)
      : this.#window);
    this.#made.clear();
    if (focused) this.#body.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
  }

  /** Makes the rows in sight. */
  #render(): void {
    const { first, end, at } = this.#virtual.rows(this.#sight());
    const before = this.#made;
    this.#made = new Map();
    for (let row = first; row < end; row++) this.#made.set(row, before.get(row) ?? this.#make(row));
    const nodes = [...this.#made].flatMap(([row, element]) => [...this.#partHead(row), element]);
    this.#window.replaceChildren(...nodes);
    const block = this.#window.closest("table") ?? this.#window;
    block.style.insetBlockStart = `${at}px`;
    if (this.#wide) block.setAttribute("aria-rowcount", String(this.shown.rows.length + 1));
    this.#markHovered();
    this.#markActive();
  }

  #make(place: number): HTMLElement {
    const { clock } = this.#scene;
    const ref = this.shown.at(place)!;
    const element = (this.#wide ? tableRow : optionOf)(clock, ref, this.tables, this.words);
    const selected = sameRef(ref, clock.selected);
    element.dataset["place"] = String(place);
    element.classList.toggle("im-selected", selected);
    if (this.#wide) element.setAttribute("aria-rowindex", String(place + 2));
    else {
      element.id = `im-option-${place}`;
      element.setAttribute("aria-selected", String(selected));
      element.setAttribute("aria-posinset", String(place + 1));
      element.setAttribute("aria-setsize", String(this.shown.rows.length));
    }
    return element;
  }

  #partHead(row: number): HTMLElement[] {
    const head = this.shown.heads.find(({ place }) => place === row);
    if (head === undefined) return [];
    const words = [say(`list.${head.part}`), " ", h("span", { class: "im-section-note" }, count(head.count))];
    return [this.#wide ? h("tr", { class: "im-list-part" }, h("td", { colspan: 8 }, ...words)) : h("div", { class: "im-list-part", role: "presentation" }, ...words)];
  }

  #refAt(target: EventTarget | null): Ref | null {
    const row = target instanceof Element ? target.closest<HTMLElement>("[data-place]") : null;
    return row === null ? null : this.shown.at(Number(row.dataset["place"]));
  }

  #sight(): Sight {
    const { scroller } = this.#options;
    return { top: scroller.scrollTop - this.#body.offsetTop, height: scroller.clientHeight };
  }

  #markHovered(): void {
    const place = this.shown.placeOf(this.#scene.clock.hovered);
    for (const [row, element] of this.#made) element.classList.toggle("im-hovered", row === place);
  }

  #markActive(): void {
    if (this.#wide) return;
    const place = this.shown.placeOf(this.#active);
    for (const [row, element] of this.#made) element.classList.toggle("im-active", row === place);
    if (this.#made.has(place)) this.#body.setAttribute("aria-activedescendant", `im-option-${place}`);
    else this.#body.removeAttribute("aria-activedescendant");
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#wide || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.shown.rows.length - 1;
    const at = this.shown.placeOf(this.#active);
    const steps: Readonly<Record<string, number>> = {
      j: at + 1, ArrowDown: at + 1, k: at - 1, ArrowUp: at - 1, Home: 0, End: last, PageDown: at + PAGE_ROWS, PageUp: at - PAGE_ROWS,
    };
    const to = steps[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (event.key === "Enter" || event.key === " ") {
      if (this.#active !== null) this.#stage.open(this.#active);
    } else if (to === undefined) return;
    else this.activate(Math.max(0, Math.min(last, to)));
    event.preventDefault();
    event.stopPropagation();
  }

  /** Makes a row the one that keys work on, and shows it. */
  activate(place: number): void {
    this.#active = this.shown.at(place);
    if (this.#active === null) return;
    const { scroller } = this.#options;
    const top = this.#virtual.toShow(place, this.#sight(), this.#head.offsetHeight) + this.#body.offsetTop;
    scroller.scrollTop = top;
    this.#render();
    this.#scene.clock.hover(this.#active);
  }
}
