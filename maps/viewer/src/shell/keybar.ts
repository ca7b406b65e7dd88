/** The key bar: the marks that are on the map now, and the full legend. */

import { button, h } from "../dom";
import { donutGlyph, icon, lineGlyph, precisionGlyph } from "../glyphs";
import type { Marks } from "../markdrawer";
import { PRECISION_NAMES, type PrecisionClass } from "../precision";
import type { Frame } from "../frame";
import type { Scene } from "../scene";

const SAYS: Readonly<Record<PrecisionClass, string>> = {
  point: ", within 1\u00a0km", settlement: ", in the town", vicinity: ", within km",
  area: ", in the hatching", country: ": counted", none: "",
};

export class KeyBar {
  readonly element = h("div", { class: "im-keybar im-surface" });
  readonly legend: HTMLElement;
  readonly #items = h("ul", { class: "im-keys", "aria-label": "Marks on the map" });
  readonly #toggle: HTMLButtonElement;
  readonly #marks: Marks;
  #shown = "";

  constructor(scene: Scene, marks: Marks) {
    this.#marks = marks;
    this.#toggle = button({ class: "im-quiet-button", "aria-expanded": "false" }, () => {
      this.show(this.legend.hidden === true);
    }, "Reading the marks");
    this.element.append(this.#items, this.#toggle);
    this.legend = this.#legend();
    scene.afterDraw.add(() => {
      if (scene.frame !== null) this.#refresh(scene.frame);
    });
  }

  /** Opens or closes the full legend. */
  show(open: boolean): void {
    this.legend.hidden = !open;
    this.#toggle.setAttribute("aria-expanded", String(open));
    if (!open && this.legend.contains(document.activeElement)) this.#toggle.focus();
  }

  #refresh(frame: Frame): void {
    const classes = new Set<string>();
    for (const { shape } of this.#marks.marks) classes.add(shape);
    if (frame.countryOnly.size > 0 || frame.hits.some(({ ring }) => ring === 0)) classes.add("country");
    const key = ["point", "settlement", "vicinity", "area", "country", "donut"].filter((each) => classes.has(each));
    if (key.join() === this.#shown) return;
    this.#shown = key.join();
    this.#items.replaceChildren(...key.map((each) =>
      each === "donut"
        ? h("li", {}, donutGlyph(), "Several, by kind")
        : h("li", {}, precisionGlyph(each as PrecisionClass), PRECISION_NAMES[each as PrecisionClass]),
    ));
  }

  #legend(): HTMLElement {
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
      ),
    );
  }
}

function discGlyph(): Element {
  const glyph = precisionGlyph("vicinity");
  glyph.classList.add("im-glyph-disc");
  return glyph;
}
