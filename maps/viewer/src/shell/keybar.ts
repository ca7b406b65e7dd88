/** The key bar: the marks that are on the map now, and the full legend. */

import { button, data, h } from "../dom";
import { disputeGlyph, donutGlyph, icon, lineGlyph, precisionGlyph } from "../glyphs";
import type { Marks } from "../markdrawer";
import { PRECISION_NAMES, type PrecisionClass } from "../precision";
import type { Frame } from "../frame";
import type { Scene } from "../scene";
import { plural } from "../words/numbers";
import { disputeSentence, worldviewText, type Worldviews } from "../words/disputes";

const SAYS: Readonly<Record<PrecisionClass, string>> = {
  point: ", within 1\u00a0km", settlement: ", in the town", vicinity: ", within km",
  area: ", in the hatching", country: ": counted", none: "",
};

/** Of more the legend gives the number. */
const MOST_DISPUTES = 6;

export class KeyBar {
  readonly element = h("div", { class: "im-keybar im-surface" });
  readonly legend: HTMLElement;
  readonly #items = h("ul", { class: "im-keys", "aria-label": "Marks on the map" });
  readonly #toggle: HTMLButtonElement;
  /** What is disputed in the view, in words. */
  readonly #disputes = h("ul", { class: "im-disputes", hidden: true });
  readonly #marks: Marks;
  #shown = "";
  #said = "";

  constructor(scene: Scene, marks: Marks, worldview: Worldviews) {
    this.#marks = marks;
    this.#toggle = button({ class: "im-quiet-button", "aria-expanded": "false" }, () => {
      this.show(this.legend.hidden === true);
    }, "Reading the marks");
    this.element.append(this.#items, this.#toggle);
    this.legend = this.#legend(worldview);
    scene.afterDraw.add(() => {
      if (scene.frame !== null) this.#refresh(scene.frame, scene.disputes(scene.frame).map(disputeSentence));
    });
  }

  /** Opens or closes the full legend. */
  show(open: boolean): void {
    this.legend.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    if (!open && this.legend.contains(document.activeElement)) this.#toggle.focus();
  }

  #refresh(frame: Frame, disputes: readonly string[]): void {
    this.#say(disputes);
    const classes = new Set<string>();
    for (const { shape } of this.#marks.marks) classes.add(shape);
    if (frame.countryOnly.size > 0 || frame.hits.some(({ ring }) => ring === 0)) classes.add("country");
    if (disputes.length > 0) classes.add("dispute");
    const key = ["point", "settlement", "vicinity", "area", "country", "donut", "dispute"].filter((each) => classes.has(each));
    if (key.join() === this.#shown) return;
    this.#shown = key.join();
    this.#items.replaceChildren(...key.map((each) => {
      if (each === "donut") return h("li", {}, donutGlyph(), "Several, by kind");
      if (each === "dispute") return h("li", {}, disputeGlyph(), "Disputed area");
      return h("li", {}, precisionGlyph(each as PrecisionClass), PRECISION_NAMES[each as PrecisionClass]);
    }));
  }

  /** Lists the disputed areas in sight in the legend. */
  #say(disputes: readonly string[]): void {
    if (disputes.join() === this.#said) return;
    this.#said = disputes.join();
    this.#disputes.hidden = disputes.length === 0;
    const more = disputes.length - MOST_DISPUTES;
    this.#disputes.replaceChildren(
      h("li", {}, h("span", { class: "im-legend-glyph" }, disputeGlyph()), h("strong", {}, "Disputed area")),
      ...disputes.slice(0, MOST_DISPUTES).map((sentence) => h("li", { class: "im-dispute" }, data(sentence))),
      more > 0 ? h("li", { class: "im-dispute" }, `And ${plural(more, "other")} in this view`) : "",
    );
  }

  #legend(worldview: Worldviews): HTMLElement {
    const row = (glyph: Element, strong: string, rest: string): HTMLElement =>
      h("li", {}, h("span", { class: "im-legend-glyph" }, glyph), h("span", {}, strong === "" ? null : h("strong", {}, strong), rest));
    const close = button({ class: "im-icon-button", "aria-label": "Close" }, () => {
      this.show(false);
    }, icon("close"));
    return h(
      "section", { class: "im-legend im-surface", "aria-label": "Reading the marks", hidden: true },
      h("header", {}, h("h2", {}, "Reading the marks"), close),
      h("ul", {},
        ...(["point", "settlement", "vicinity", "area", "country"] as const).map((each) =>
          row(precisionGlyph(each), PRECISION_NAMES[each], SAYS[each]),
        ),
      ),
      h("ul", {},
        row(donutGlyph(), "", "Several incidents, by kind"),
        row(discGlyph(), "", "True place inside, 90\u00a0% sure"),
      ),
      h("ul", {},
        row(lineGlyph(null), "", "Border"),
        row(lineGlyph("5 3.5"), "", "Disputed, or a line of control"),
        row(lineGlyph("1 3"), "", "Edge of a disputed area"),
      ),
      this.#disputes,
      h("footer", { class: "im-legend-foot" }, worldviewText(worldview)),
    );
  }
}

function discGlyph(): Element {
  const glyph = precisionGlyph("vicinity");
  glyph.classList.add("im-glyph-disc");
  return glyph;
}
