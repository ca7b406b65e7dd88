/** The time strip: bars of incidents over time, and the window that the whole map follows. */

import { shift, startOf, type Unit } from "../data/civil";
import type { Clock } from "../time/clock";
import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import type { Scene } from "../canvas/scene";
import type { Window } from "../time/tally";
import { shortDate } from "../words/dates";
import { say } from "../words/catalogue";
import { days, incidents } from "../words/numbers";
import { BinTable } from "./bintable";
import { attachBrush, type Brush, type BrushTarget } from "./brush";
import { type Bin, binUnit, histogram, outline } from "./histogram";
import { dayOfX, drawPlot, NUMBER_PX, type PlotScale, xOfDay } from "./plot";
import { directionOf } from "../words/plaintext";

const PLAY_MS = 700;
/** So many empty steps playing leaves out at its start. */
const MOST_SKIPPED = 120;
const UNITS: readonly (readonly [Unit, string])[] = [["day", say("strip.day")], ["week", say("strip.week")], ["month", say("strip.month")]];

/** A second window in the plot, which the first one is compared with. */
export interface OtherWindow {
  readonly window: () => Window;
  /** The plot was drawn. */
  readonly drawn: () => void;
}

export class Strip {
  readonly element: HTMLElement;
  other: OtherWindow | null = null;
  readonly #scene: Scene;
  readonly #clock: Clock;
  readonly #canvas = h("canvas", { "aria-hidden": "true", dir: "ltr" });
  readonly plot = h("div", { class: "im-plot" }, this.#canvas);
  readonly #range = h("span", { class: "im-range", dir: directionOf(shortDate(0)) });
  readonly #extentNote = h("span", { class: "im-range-note" });
  readonly #undated: HTMLButtonElement;
  readonly #play: HTMLButtonElement;
  readonly #all: HTMLButtonElement;
  readonly #units = new Map<Unit, HTMLButtonElement>();
  readonly #brush: Brush;
  #unit: Unit = "week";
  readonly #table = new BinTable();
  #bins: readonly Bin[] = [];
  /** What the bars were counted for. */
  #binsOf = "";
  /** The plot as it was last measured. */
  #room = { width: 0, height: 0, mirrored: false };
  #timer = 0;
  #undatedBefore = true;

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#clock = scene.clock;
    const { clock } = scene;
    this.#play = button({ class: "im-play", "aria-label": say("strip.play") }, () => {
      this.togglePlay();
    }, icon("play"));
    this.#all = button({ class: "im-text-button im-all-dates" }, () => {
      this.stop();
      clock.showAllDates();
    }, say("strip.all"));
    this.#undated = button({ class: "im-chip", "aria-pressed": "true", hidden: true }, () => {
      clock.showUndated(!clock.undatedShown);
    });
    this.element = h(
      "section", { class: "im-strip im-surface", role: "group", "aria-label": say("strip.name") },
      this.#head(),
      this.plot,
      this.#table.element,
    );
    this.#brush = attachBrush(this.plot, {
      ...this.axis,
      window: () => this.clockWindow,
      set: (start, end) => {
        this.stop();
        clock.setWindow(start, end);
      },
      showAll: () => {
        this.stop();
        clock.showAllDates();
      },
    });
    clock.on("data", () => {
      this.#unit = this.#defaultUnit();
    });
    scene.followClock(() => {
      this.speak();
    });
    let { version } = clock;
    scene.beforeLayout.add(() => {
      if (version !== clock.version) this.show();
      ({ version } = clock);
    });
    scene.afterTheme.add(() => {
      this.#refresh();
    });
    // A map without incidents never hears of data.
    scene.afterDraw.add(() => {
      if (clock.extent === null && !this.element.hidden) this.#refresh();
    });
    new ResizeObserver(() => {
      // Asking for it while a window moves would lay out the page once more for each picture.
      const { clientWidth, clientHeight } = this.plot;
      const mirrored = getComputedStyle(this.plot).direction === "rtl";
      this.#room = { width: clientWidth - NUMBER_PX, height: clientHeight, mirrored };
      this.#refresh();
    }).observe(this.plot);
  }

  /** Days and pixels of the plot. */
  readonly axis: Pick<BrushTarget, "extent" | "dayAt" | "xAt"> = {
    extent: () => this.#clock.extent ?? [0, 0],
    dayAt: (x) => dayOfX(this.#scale, x),
    xAt: (day) => xOfDay(this.#scale, day),
  };

  get clockWindow(): Window {
    return this.#clock.window ?? [0, 0];
  }

  get #scale(): PlotScale {
    const [first, last] = this.#clock.extent ?? [0, 0];
    const { width, mirrored } = this.#room;
    return { first, last, width, mirrored };
  }

  /** Moves the window by whole units; at the ends of the data it stops. */
  step(direction: 1 | -1): boolean {
    const { extent } = this.#clock;
    if (extent === null) return false;
    const [start, end] = this.#clock.showsAllDates ? this.#firstWindow(direction) : this.#wholeWindow(extent);
    const from = this.#clock.showsAllDates ? start : shift(this.#unit, start, direction);
    const to = this.#clock.showsAllDates ? end : shift(this.#unit, end + 1, direction) - 1;
    if (from > extent[1] || to < extent[0]) return false;
    this.#clock.setWindow(from, to);
    return true;
  }

  /** The window, with the part of its first and last unit that lies outside the data. */
  #wholeWindow([first, last]: Window): Window {
    const [start, end] = this.clockWindow;
    const unit = this.#unit;
    const from = start === first && startOf(unit, end + 1) === end + 1 ? startOf(unit, start) : start;
    const to = end === last && startOf(unit, from) === from ? shift(unit, startOf(unit, end), 1) - 1 : end;
    return [from, to];
  }

  /** Moves the end of the window by one unit. */
  widen(direction: 1 | -1): void {
    const [start, end] = this.clockWindow;
    this.#clock.setWindow(start, Math.max(start, shift(this.#unit, end + 1, direction) - 1));
  }

  togglePlay(): void {
    if (this.#timer !== 0) {
      this.stop();
      return;
    }
    const { extent } = this.#clock;
    if (extent === null) return;
    this.#undatedBefore = this.#clock.undatedShown;
    this.#clock.showUndated(false);
    if (this.#clock.showsAllDates || this.clockWindow[1] >= extent[1]) {
      const [start, end] = this.#firstWindow(1);
      this.#clock.setWindow(start, end);
      // Where vague dates begin before all others, there is nothing to see yet.
      for (let i = 0; i < MOST_SKIPPED && this.#clock.tally().visible === 0 && this.step(1); i++);
    }
    this.#timer = window.setInterval(() => {
      if (this.clockWindow[1] >= extent[1] || !this.step(1)) this.stop();
    }, PLAY_MS);
    this.#showPlaying(true);
  }

  /** False if nothing was playing. */
  stop(): boolean {
    if (this.#timer === 0) return false;
    window.clearInterval(this.#timer);
    this.#timer = 0;
    this.#clock.showUndated(this.#undatedBefore);
    this.#showPlaying(false);
    return true;
  }

  #showPlaying(playing: boolean): void {
    this.#play.replaceChildren(icon(playing ? "pause" : "play"));
    this.#play.setAttribute("aria-label", say(playing ? "strip.pause" : "strip.play"));
  }

  /** The first or last whole unit of the data. */
  #firstWindow(direction: 1 | -1): Window {
    const [first, last] = this.#clock.extent ?? [0, 0];
    const start = startOf(this.#unit, direction === 1 ? first : last);
    return [start, shift(this.#unit, start, 1) - 1];
  }

  #defaultUnit(): Unit {
    const [first, last] = this.#clock.extent ?? [0, 0];
    return last - first < 21 ? "day" : last - first < 400 ? "week" : "month";
  }

  #head(): HTMLElement {
    const arrow = (direction: 1 | -1, name: string): HTMLElement =>
      button({ class: `im-icon-button im-step${direction < 0 ? " im-back" : ""}`, "aria-label": name, title: name }, () => {
        this.step(direction);
      }, icon("chevron"));
    const units = h("div", { class: "im-segments", role: "radiogroup", "aria-label": say("strip.step") });
    for (const [unit, name] of UNITS) {
      const segment = button({ role: "radio" }, () => {
        this.#unit = unit;
        this.#refresh();
      }, name);
      this.#units.set(unit, segment);
      units.append(segment);
    }
    // A phone has room for the rest only when it is asked for.
    const more = button({ class: "im-icon-button im-strip-more", "aria-label": say("tool.more"), "aria-expanded": "false" }, () => {
      more.setAttribute("aria-expanded", String(this.element.classList.toggle("im-strip-open")));
    }, icon("more"));
    return h(
      "div", { class: "im-strip-head" },
      this.#play, arrow(-1, say("strip.earlier")), arrow(1, say("strip.later")),
      h("p", { class: "im-range-line" }, this.#range, this.#extentNote),
      this.#undated, more,
      h("span", { class: "im-spacer" }),
      units, this.#all,
    );
  }

  #refresh(): void {
    this.speak();
    this.show();
  }

  /** Shows the windows without words. */
  show(): void {
    if (this.#clock.extent === null) return;
    // A strip that has just come in sight is measured in a moment.
    if (this.#room.width <= 0) return;
    this.#draw();
    this.#brush.move();
    this.other?.drawn();
  }

  speak(): void {
    const { extent } = this.#clock;
    this.element.hidden = extent === null && (this.#clock.total > 0 || this.#scene.ready);
    if (extent === null) return;
    const [start, end] = this.clockWindow;
    this.#range.replaceChildren(
      h("bdi", {}, shortDate(start)), ...(start === end ? [] : [" – ", h("bdi", {}, shortDate(end))]),
    );
    this.#extentNote.textContent = this.#clock.aside?.() ?? say("strip.note", { days: days(end - start + 1), incidents: incidents(this.#clock.tally().visible - this.#clock.undatedShownCount) });
    const { undated } = this.#clock;
    this.#undated.hidden = undated === 0;
    this.#undated.textContent = say("strip.undated", { n: undated });
    this.#undated.setAttribute("aria-pressed", String(this.#clock.undatedShown));
    this.#brush.tell();
    this.#all.disabled = this.#clock.showsAllDates;
    for (const [unit, segment] of this.#units) segment.setAttribute("aria-checked", String(unit === this.#unit));
  }

  #draw(): void {
    const scale = this.#scale;
    const unit = binUnit(scale.last - scale.first + 1, scale.width);
    const key = `${this.#clock.filterVersion} ${unit}`;
    if (key !== this.#binsOf) {
      this.#bins = histogram(this.#clock, unit);
      this.#binsOf = key;
      this.#table.show(this.#bins);
      // Where nothing passes, the bars tell in grey when there would be something.
      if (this.#clock.sets.every((set) => this.#clock.passing(set).length === 0)) this.#bins = outline(this.#clock, unit);
    }
    drawPlot(this.#canvas, {
      scale, bins: this.#bins, windows: [this.clockWindow, ...(this.other === null ? [] : [this.other.window()])], height: this.#room.height, theme: this.#scene.theme,
    });
  }
}
