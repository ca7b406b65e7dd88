/** The frame that holds one card: beside its mark on wide windows, at the bottom on a phone. */

import { cardContent, textsOf } from "../reading/card";
import type { Clock, Ref } from "../time/clock";
import { discRadius } from "../drawers/discs";
import { append, button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { visibleOrder } from "../reading/listing";
import { hasMark } from "../marks/markdrawer";
import type { Scene } from "../canvas/scene";
import type { Stage } from "../reading/stage";
import { say } from "../words/catalogue";
import { copyText } from "./copying";
import { linkWith } from "./hash";
import { isPhone, type Layout } from "./layout";

const WIDTH = 372;
/** Between a disc and the card beside it. */
const GAP_PX = 18;
/** A mark with its margin beside the card. */
const BESIDE_PX = 58;

export class CardFrame {
  readonly element: HTMLElement;
  readonly #scene: Scene;
  readonly #clock: Clock;
  readonly #stage: Stage;
  readonly #layout: Layout;
  readonly #body = h("div", { class: "im-card-scroll", tabindex: -1 });
  readonly #foot = h("div", { class: "im-card-foot" });
  readonly #tail = h("span", { class: "im-card-tail", "aria-hidden": "true" });
  #ref: Ref | null = null;
  /** The other half of a comparison. */
  other: Scene | null = null;
  /** Where the incident is shown: in one half of a comparison or the other. */
  #home: Scene;
  #returnTo: Element | null = null;
  #turn = 0;

  constructor(scene: Scene, stage: Stage, layout: Layout) {
    this.#scene = this.#home = scene;
    this.#clock = scene.clock;
    this.#stage = stage;
    this.#layout = layout;
    const close = button({ class: "im-icon-button im-card-close", "aria-label": say("card.close") }, () => {
      this.close();
    }, icon("close"));
    this.element = h("div", { class: "im-card im-surface", role: "dialog", hidden: true }, this.#tail, close, this.#body, this.#foot);
    scene.map.on("move zoomend resize", () => {
      if (!this.element.hidden) this.#place();
    });
    this.#clock.on("select", () => {
      if (this.#clock.selected === null && this.#ref !== null) this.close();
    });
    this.#clock.on("filter", () => { this.followWindow(); });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** The incidents in a window have changed. */
  followWindow(): void {
    if (this.#ref === null) return;
    this.#showFoot(this.#ref);
    this.#place();
  }

  async showIncident(ref: Ref, takeFocus = true, home = this.#scene): Promise<void> {
    const turn = ++this.#turn;
    const content = await cardContent(this.#clock, ref);
    if (turn !== this.#turn) return;
    this.#ref = ref;
    this.#home = home;
    this.#clock.select(ref);
    this.#show(content, takeFocus);
    this.#showFoot(ref);
    this.#bringIntoView(ref);
    this.#place();
    // Labels keep clear of the card, so they are placed once it stands.
    this.#scene.request("top");
  }

  /** A list or anything else that belongs to no single mark. */
  showContent(content: HTMLElement): void {
    this.#turn++;
    this.#ref = null;
    this.#clock.select(null);
    this.#foot.hidden = true;
    this.#show(content, true);
    this.#place();
    this.#scene.request("top");
  }

  close(): void {
    if (this.element.hidden) return;
    this.#turn++;
    this.element.hidden = true;
    this.#ref = null;
    this.#clock.select(null);
    document.documentElement.classList.remove("im-card-open");
    if (this.#returnTo instanceof HTMLElement) this.#returnTo.focus({ preventScroll: true });
    this.#returnTo = null;
    this.#scene.request("top");
  }

  #show(content: HTMLElement, takeFocus: boolean): void {
    if (this.element.hidden) this.#returnTo = document.activeElement;
    this.#body.replaceChildren(content);
    const title = content.querySelector(".im-headline");
    if (title !== null) {
      title.id = "im-card-title";
      this.element.setAttribute("aria-labelledby", title.id);
    }
    this.element.hidden = false;
    document.documentElement.classList.add("im-card-open");
    this.#body.scrollTop = 0;
    if (takeFocus) this.#body.focus({ preventScroll: true });
  }

  #showFoot(ref: Ref): void {
    // Links, lists and the search know of no halves: the card belongs to one that has its incident.
    this.#home = [this.#home, this.#scene, this.other].find((each) => each?.clock.rows(ref.set).includes(ref.row)) ?? this.#scene;
    const order = visibleOrder(this.#home.clock);
    const at = order.indexOf(ref);
    const step = (by: number, name: string): HTMLElement => {
      const next = at < 0 ? null : order.at(at + by);
      const element = button({ class: `im-icon-button${by < 0 ? " im-back" : ""}`, "aria-label": name, disabled: next === null }, () => {
        if (next !== null) void this.showIncident(next, false, this.#home);
      }, icon("chevron"));
      return element;
    };
    const zoom = discRadius(ref, 10) > 0 && hasMark(ref)
      ? button({ class: "im-text-button" }, () => {
          this.#zoomToUncertainty(ref);
        }, say("card.zoom"))
      : h("span");
    this.#foot.hidden = false;
    // Whoever steps through the incidents by keyboard stays on the button.
    const focused = [...this.#foot.querySelectorAll("button")].findIndex((each) => each === document.activeElement);
    this.#foot.replaceChildren();
    append(this.#foot, [
      this.#linkButton(ref), zoom,
      h(
        "span", { class: "im-steps" }, step(-1, say("card.previous")),
        h("span", { class: "im-card-place" }, at < 0 ? say("card.outside") : say("count.of", { n: at + 1, total: order.size })),
        step(1, say("card.next")),
      ),
    ]);
    if (focused >= 0) (this.#foot.querySelectorAll("button")[focused] ?? this.#body).focus({ preventScroll: true });
  }

  /** Copies the address of an incident; a frame made from text has none. */
  #linkButton(ref: Ref): HTMLElement | null {
    if (linkWith({}) === null) return null;
    const copy = button({ class: "im-text-button" }, () => {
      void textsOf(ref).then(({ id }) => copyText(linkWith({ incident: id === "" ? null : id })!)).then((done) => {
        copy.textContent = say(done ? "card.copied" : "card.uncopied");
      });
    }, say("card.link"));
    return copy;
  }

  #zoomToUncertainty({ set, row }: Ref): void {
    const radiusDeg = ((set.uncertainty(row) ?? 1000) * 1.6) / 111_320;
    const across = radiusDeg / Math.max(0.05, Math.cos((set.lat(row) * Math.PI) / 180));
    const { topLeft, bottomRight } = this.#stage.padding();
    // The card will stand on the end side, and covers no part of the circle.
    const beside = isPhone() ? 0 : WIDTH + GAP_PX;
    if (document.documentElement.dir === "rtl") topLeft.x += beside;
    else bottomRight.x += beside;
    this.#scene.map.fitBounds(
      [[set.lat(row) - radiusDeg, set.lon(row) - across], [set.lat(row) + radiusDeg, set.lon(row) + across]],
      { paddingTopLeft: topLeft, paddingBottomRight: bottomRight },
    );
  }

  /** Where the mark stands in the map's container. */
  #anchor(ref: Ref, home = this.#scene): { x: number; y: number } {
    const { map } = home;
    const point = map.latLngToContainerPoint([ref.set.lat(ref.row), ref.set.lon(ref.row)]);
    if (home.frame === null) return point;
    // In another copy of the world the mark is drawn where the view is.
    const turn = 256 * 2 ** map.getZoom();
    const middle = home.middle() ?? map.getSize().x / 2;
    const [from, to] = [home, this.#scene].map((each) => each.map.getContainer().getBoundingClientRect()) as [DOMRect, DOMRect];
    return { x: point.x + turn * Math.round((middle - point.x) / turn) + from.left - to.left, y: point.y + from.top - to.top };
  }

  #bringIntoView(ref: Ref): void {
    if (!hasMark(ref)) return;
    const free = this.#layout.free();
    const at = this.#anchor(ref);
    const phone = isPhone();
    const bottom = phone && this.#layout.over.length === 0 ? this.#scene.map.getSize().y - this.element.offsetHeight : free.bottom;
    const margin = 32;
    const [left, right] = [free.left + margin, free.right - margin];
    const [top, low] = [free.top + margin, bottom - margin];
    let [dx, dy] = [0, 0];
    if (phone) [dx, dy] = [at.x - (left + right) / 2, at.y - (top + low) / 2];
    else {
      if (at.x < left) dx = at.x - left;
      else if (at.x > right) dx = at.x - right;
      if (at.y < top) dy = at.y - top;
      else if (at.y > low) dy = at.y - low;
      // With room on neither side the card stands below.
      if (this.#isNarrow) dy = at.y - top;
      const x = at.x - dx;
      const need = this.#gap(ref) + WIDTH;
      // Room on one side is enough; else the map makes it on the end side.
      if (x + need > this.#layout.room().right && x - need < free.left) dx += x - Math.max(left, free.right - need);
    }
    if (Math.abs(dx) > 1 || Math.abs(dy) > 1) this.#scene.map.panBy([Math.round(dx), Math.round(dy)], { animate: false });
  }

  #gap(ref: Ref): number {
    return Math.max(26, Math.min(220, discRadius(ref, this.#scene.map.getZoom()) + GAP_PX));
  }

  get #isNarrow(): boolean {
    const { left, right } = this.#layout.room();
    return right - left < WIDTH + BESIDE_PX;
  }

  #place(): void {
    const { style } = this.element;
    if (isPhone()) {
      style.cssText = "";
      this.#tail.hidden = true;
      return;
    }
    const free = this.#layout.room();
    style.maxHeight = `${Math.max(200, free.bottom - free.top)}px`;
    const anchored = this.#ref !== null && hasMark(this.#ref) ? this.#ref : null;
    this.#tail.hidden = anchored === null;
    if (anchored === null) {
      style.left = `${Math.max(free.left, free.right - WIDTH)}px`;
      style.top = `${free.top}px`;
      return;
    }
    const at = this.#anchor(anchored, this.#home);
    const gap = this.#gap(anchored);
    const mirrored = getComputedStyle(this.element).direction === "rtl";
    const fitsRight = at.x + gap + WIDTH <= free.right;
    const fitsLeft = at.x - gap - WIDTH >= free.left;
    const onRight = mirrored ? !fitsLeft && fitsRight : fitsRight || !fitsLeft;
    const left = onRight ? at.x + gap : at.x - gap - WIDTH;
    style.left = `${Math.max(free.left, Math.min(free.right - WIDTH, left))}px`;
    if (this.#isNarrow) {
      const below = Math.max(free.top, Math.min(free.bottom - 200, at.y + 26));
      style.top = `${below}px`;
      style.maxHeight = `${free.bottom - below}px`;
      this.#tail.hidden = true;
      return;
    }
    const height = this.element.offsetHeight;
    const top = Math.max(free.top, Math.min(free.bottom - height, at.y - height * 0.42));
    style.top = `${top}px`;
    this.#tail.className = `im-card-tail ${onRight ? "im-tail-left" : "im-tail-right"}`;
    this.#tail.style.top = `${Math.max(16, Math.min(height - 28, at.y - top - 6))}px`;
    this.#tail.hidden = at.y < top || at.y > top + height || left < free.left - 4 || left > free.right - WIDTH + 4;
  }
}
