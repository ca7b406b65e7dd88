/** The panel: title, summary sentence, search, filters that are the legend, the list, and what can be taken away. */

import type L from "leaflet";
import { FilterSections } from "../filters/sections";
import type { About } from "../list/export";
import { exportMenu } from "../list/exportmenu";
import { IncidentList } from "../list/list";
import type { Area } from "../list/shownlist";
import { button, h } from "../reading/dom";
import type { Stage } from "../reading/stage";
import type { Scene } from "../canvas/scene";
import { SearchBox } from "../search/box";
import type { Clock } from "../time/clock";
import { say } from "../words/catalogue";
import { summary } from "../words/summary";
import { isPhone } from "./layout";

const ANNOUNCE_MS = 600;
/** More of a phone's map lies under the sheet only while one reads the sheet. */
const SHEET_PX = 336;

export interface PanelOptions {
  readonly title: string;
  readonly provenance: string;
  readonly onUnplaced: () => void;
  /** What an exported file says of itself. */
  readonly about: () => Promise<About>;
  /** What lies over the map at its end: the other half of a comparison. */
  readonly other: () => HTMLElement | undefined;
}

export class Panel {
  readonly element: HTMLElement;
  /** Where the phone layout puts the time strip. */
  readonly stripSlot = h("div", { class: "im-strip-slot" });
  /** Where the search stands, but on a phone. */
  readonly searchSlot = h("div", { class: "im-search-slot" });
  readonly list: IncidentList;
  readonly search: SearchBox;
  readonly #clock: Clock;
  readonly #sections: FilterSections;
  readonly #sentence = h("span", {}, say("summary.reading"));
  readonly #spoken = h("p", { class: "im-unseen", role: "status" });
  readonly #unplaced: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  /** How far the panel reaches from the edge while it is not widened. */
  #reach = 0;
  #timer = 0;

  constructor(scene: Scene, stage: Stage, options: PanelOptions) {
    const { clock } = scene;
    this.#clock = clock;
    this.#sections = new FilterSections(clock);
    this.#unplaced = button({ class: "im-text-button", hidden: true }, options.onUnplaced);
    this.#clear = button({ class: "im-text-button", hidden: true }, () => {
      clock.clearFilters();
    }, say("panel.clear"));
    const scroller = h("div", { class: "im-panel-scroll" });
    this.list = new IncidentList(scene, stage, {
      scroller,
      area: () => this.#area(scene.map, options.other()?.getBoundingClientRect()),
      onTable: (wide) => {
        this.element.classList.toggle("im-wide", wide);
        this.#sections.overTable(wide);
      },
    });
    this.search = new SearchBox(clock, this.list);
    scroller.append(this.#sections.element, this.list.element);
    this.element = h(
      "section", { class: "im-panel im-surface", "aria-label": say("panel.name"), id: "im-panel" },
      h("header", { class: "im-panel-head" },
        options.provenance === "" ? null : h("p", { class: "im-provenance", dir: "auto" }, options.provenance),
        h("h1", { class: "im-title", dir: "auto" }, options.title),
        h("p", { class: "im-summary" }, this.#sentence, " ", this.#clear),
      ),
      this.#spoken,
      this.stripSlot,
      this.searchSlot,
      scroller,
      h("div", { class: "im-panel-foot" }, this.#unplaced, exportMenu(this.list, options.title, options.about)),
    );
    scene.followClock(() => {
      this.#refresh();
    });
    // What was pressed answers at once; a window that moves is followed picture by picture.
    let { filterVersion } = clock;
    clock.on("filter", () => {
      if (filterVersion === clock.filterVersion) return;
      ({ filterVersion } = clock);
      this.#refresh();
    });
  }

  focusFilters(): void {
    this.#sections.element.querySelector("button")?.focus();
  }

  #refresh(): void {
    const { visible, byPrecision } = this.#clock.tally();
    const pieces = summary({ visible, total: this.#clock.total, undated: this.#clock.undatedShownCount, window: this.#clock.window, byPrecision });
    this.#sentence.replaceChildren(...pieces.map(({ text, isHead }) => (isHead ? h("strong", {}, text) : text)));
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#spoken.textContent = this.#sentence.textContent;
    }, ANNOUNCE_MS);
    this.#unplaced.textContent = say("panel.unplaced", { n: byPrecision.none + byPrecision.country });
    this.#unplaced.hidden = byPrecision.none + byPrecision.country === 0;
    this.#clear.hidden = !this.#clock.isFiltered;
    this.#sections.refresh();
  }

  /** What of the world is in sight beside the panel, or above the sheet of a phone. */
  #area(map: L.Map, other: DOMRect | undefined): Area {
    const { min, max } = map.getPixelBounds() as { min: L.Point; max: L.Point };
    const scale = 256 * 2 ** map.getZoom();
    let [west, east, south] = [min.x, max.x, max.y];
    const [own, whole] = [this.element, map.getContainer()].map((each) => each.getBoundingClientRect()) as [DOMRect, DOMRect];
    if (isPhone()) south -= other === undefined ? Math.min(own.height, SHEET_PX) : whole.bottom - other.top;
    else {
      const mirrored = document.documentElement.dir === "rtl";
      if (!this.list.isTable) this.#reach = mirrored ? whole.right - own.left : own.right - whole.left;
      if (mirrored) east -= this.#reach;
      else west += this.#reach;
      if (other !== undefined && mirrored) west += other.right - whole.left;
      else if (other !== undefined) east -= whole.right - other.left;
    }
    return { west: west / scale, east: east / scale, north: min.y / scale, south: south / scale };
  }
}
