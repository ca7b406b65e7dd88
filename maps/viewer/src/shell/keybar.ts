/** The key bar: the marks that are on the map now, and the full legend of the same. */

import { closeButton } from "../reading/controls";
import { button, data, h } from "../reading/dom";
import { disputeGlyph, donutGlyph, hatchGlyph, precisionGlyph } from "../reading/glyphs";
import { type LegendPart, legendRow } from "../reading/legend";
import type { Marks } from "../marks/markdrawer";
import { OWN_MARK_ZOOM } from "../marks/marklayout";
import { PRECISION_NAMES, type PrecisionClass } from "../data/precision";
import type { Scene } from "../canvas/scene";
import type { Stage } from "../reading/stage";
import { disputeSentence, type Worldviews, worldviewText } from "../words/disputes";
import { type Key, say } from "../words/catalogue";
import { own, told } from "../words/told";

const SAYS: Readonly<Record<PrecisionClass, Key>> = {
  point: "precision.point.says", settlement: "precision.settlement.says", vicinity: "precision.vicinity.says",
  area: "precision.area.says", country: "precision.country.says", none: "precision.none.says",
};
const MARKS = ["point", "settlement", "vicinity", "area", "country", "donut"] as const;
type MarkKey = (typeof MARKS)[number];

/** Of more the legend gives the number. */
const MOST_DISPUTES = 6;

export class KeyBar {
  readonly element = h("div", { class: "im-keybar im-surface" });
  readonly legend: HTMLElement;
  readonly #items = h("ul", { class: "im-keys", "aria-label": say("legend.marks") });
  readonly #body = h("div", { class: "im-legend-body" });
  readonly #toggle: HTMLButtonElement;
  readonly #scene: Scene;
  readonly #marks: Marks;
  /** The other half of a comparison: its marks are explained too. */
  other: Stage | null = null;
  #shown = "";

  constructor(scene: Scene, marks: Marks, worldview: Worldviews) {
    this.#scene = scene;
    this.#marks = marks;
    this.#toggle = button({ class: "im-quiet-button", "aria-expanded": "false" }, () => {
      this.show(this.legend.hidden === true);
    }, say("legend.title"));
    this.element.append(this.#items, this.#toggle);
    this.legend = h(
      "section", { class: "im-legend im-surface", "aria-label": say("legend.title"), hidden: true },
      h("header", {}, h("h2", {}, say("legend.title")), closeButton(() => { this.show(false); })),
      this.#body,
      h("footer", { class: "im-legend-foot" }, worldviewText(worldview)),
    );
    window.addEventListener("resize", () => {
      this.#fit();
    });
    scene.afterLayout.add(this.refresh);
    // Some layers know only then what they show.
    scene.afterDraw.add(this.refresh);
  }

  /** Opens or closes the full legend. */
  show(open: boolean): void {
    if (open) this.legend.classList.toggle("im-legend-end", this.#startIsFuller());
    this.legend.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    if (!open && this.legend.contains(document.activeElement)) this.#toggle.focus();
  }

  /** True if more incidents are drawn in the half where the legend would open. */
  #startIsFuller(): boolean {
    const { map } = this.#scene;
    const middle = this.#scene.middle() ?? map.getSize().x / 2;
    let [left, right] = [0, 0];
    for (const { x, y, count } of this.#marks.marks) {
      if (this.#scene.toContainer(x, y).x < middle) left += count;
      else right += count;
    }
    return document.documentElement.dir === "rtl" ? right > left : left > right;
  }

  readonly refresh = (): void => {
    const { frame } = this.#scene;
    if (frame === null) return;
    const marks = this.#marksOf();
    const isHalf = this.other !== null;
    const parts = [...this.#scene.legends];
    const disputes = this.#scene.disputes(frame).map(disputeSentence);
    const shown = JSON.stringify([isHalf, marks, frame.zoom < OWN_MARK_ZOOM, disputes, parts.map((part) => part.version())]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#items.replaceChildren(
      ...marks.map((each) => h("li", {}, markGlyph(each), each === "donut" ? say("legend.several") : PRECISION_NAMES[each])),
      ...parts.flatMap((part) => part.keys()).map(({ glyph, text }) => h("li", {}, glyph, data(text))),
      disputes.length > 0 ? h("li", {}, disputeGlyph(), say("legend.dispute")) : "",
    );
    this.#fit();
    this.#body.replaceChildren(marksBlock(marks, frame.zoom < OWN_MARK_ZOOM), ...parts.map(partBlock), isHalf && parts.some((part) => part.keys().length > 0) ? h("p", { class: "im-legend-note" }, say("compare.legend")) : "", disputesBlock(disputes));
    for (const empty of this.#body.querySelectorAll(":scope > :empty")) empty.remove();
  };

  /** The bar has one line; what does not fit stands in the legend. */
  #fit(): void {
    const items = [...this.#items.children] as HTMLElement[];
    for (const item of items) item.hidden = false;
    const line = items[0]?.offsetTop;
    for (const item of items.filter(({ offsetTop }) => offsetTop !== line)) item.hidden = true;
  }

  #marksOf(): MarkKey[] {
    const found = new Set<string>();
    for (const half of [{ scene: this.#scene, marks: this.#marks }, this.other]) {
      const frame = half?.scene.frame;
      if (frame == null) continue;
      for (const { shape } of half!.marks.marks) found.add(shape);
      if (frame.countryOnly.size > 0 || frame.hits.some(({ ring }) => ring === 0)) found.add("country");
    }
    return MARKS.filter((each) => found.has(each));
  }
}

function markGlyph(mark: MarkKey): Element {
  return mark === "donut" ? donutGlyph() : precisionGlyph(mark);
}

function marksBlock(marks: readonly MarkKey[], hatched: boolean): HTMLElement {
  return h("ul", {}, ...marks.flatMap((each) => {
    if (each === "donut") return [legendRow(markGlyph(each), say("legend.several.says"))];
    const row = legendRow(markGlyph(each), ...told(SAYS[each], { name: h("strong", {}, PRECISION_NAMES[each]) }));
    return each === "area" && hatched ? [row, legendRow(hatchGlyph(), say("legend.hatch"))] : [row];
  }));
}

/** What a layer says in full; of a layer that says nothing more, the words of its keys. */
function partBlock(part: LegendPart): HTMLElement {
  const block = part.block();
  if (block.length > 0) return h("div", { class: "im-legend-part" }, ...block);
  return h("ul", {}, ...part.keys().map(({ glyph, text }) => legendRow(glyph, data(text))));
}

/** The disputed areas in sight. */
function disputesBlock(disputes: readonly string[]): HTMLElement {
  if (disputes.length === 0) return h("ul");
  const more = disputes.length - MOST_DISPUTES;
  return h(
    "ul", { class: "im-disputes" },
    legendRow(disputeGlyph(), h("strong", {}, say("legend.dispute"))),
    ...disputes.slice(0, MOST_DISPUTES).map((sentence) => h("li", { class: "im-dispute" }, own(sentence))),
    more > 0 ? h("li", { class: "im-dispute" }, say("legend.disputes.more", { n: more })) : "",
  );
}
