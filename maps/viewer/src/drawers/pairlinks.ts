/** Lines between incidents that lie near each other, or from incidents to their nearest sites. */

import type { Line } from "../ground/lines";
import { data, h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { pairGlyph } from "../reading/resultglyphs";
import type { IncidentSet } from "../data/incidents";
import type { Result } from "../layers/results";
import { legendRow } from "../reading/legend";
import { LinkTable } from "./pairs";
import type { Block } from "../data/payload";
import { inView } from "./rings";
import type { Scene } from "../canvas/scene";
import { traceLine } from "../canvas/trace";
import { linkSentence, linksShown } from "../words/results";
import { say } from "../words/catalogue";

/** More would be a plate of ink. */
const MOST_DRAWN = 10_000;
/** From so many on each line is thin and pale. */
const MANY = 400;
const DASH = [4, 3];
const POINTED_PX = 5;

export class PairLinks implements Result {
  readonly drawers: readonly Drawer[];
  readonly #scene: Scene;
  readonly #links: LinkTable;
  readonly #title: string;
  readonly #grouped: boolean;
  #shown: Int32Array = new Int32Array(0);
  #version = -1;
  #possible = false;

  constructor(scene: Scene, block: Block, set: IncidentSet, title: string) {
    this.#scene = scene;
    this.#links = new LinkTable(block, set);
    this.#title = title;
    this.#grouped = block.meta["grouped"] === true;
    this.drawers = [{ surface: "summary", order: 5, draw: (context, frame) => { this.#draw(context, frame); } }];
  }

  textAt(x: number, y: number): string | null {
    const { frame } = this.#scene;
    if (frame === null) return null;
    const reach = POINTED_PX / frame.view.scale;
    let [nearest, least] = [-1, reach];
    for (const i of this.#drawn()) {
      for (const line of this.#links.line(i)) {
        const away = distanceTo(line, x, y, least);
        if (away < least) [nearest, least] = [i, away];
      }
    }
    return nearest < 0 ? null : linkSentence(this.#links.facts(nearest));
  }

  version(): string {
    return [this.#title, this.#now().length, this.#possible].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    return this.#now().length === 0 ? [] : [{ glyph: pairGlyph(null), text: this.#title }];
  }

  block(): Node[] {
    const { length } = this.#now();
    const { size, toSites } = this.#links;
    const note = this.#grouped ? say("link.grouped") : linksShown(length, size, toSites);
    return [
      h("h3", {}, data(this.#title)),
      ...(length === 0 ? [] : [h("ul", {},
        legendRow(pairGlyph(null), say(toSites ? "link.way" : "link.pair")),
        this.#possible ? legendRow(pairGlyph("3 2.6"), say("link.maybe")) : null,
      )]),
      h("p", { class: "im-legend-note" }, note),
      ...(length > MOST_DRAWN ? [h("p", { class: "im-legend-note" }, say("link.first", { n: MOST_DRAWN }))] : []),
    ];
  }

  #now(): Int32Array {
    const { clock } = this.#scene;
    if (this.#version !== clock.version) {
      this.#version = clock.version;
      this.#shown = this.#links.shown(clock);
      this.#possible = this.#shown.some((i) => this.#links.facts(i).share < 1);
    }
    return this.#shown;
  }

  #drawn(): Int32Array {
    return this.#now().subarray(0, MOST_DRAWN);
  }

  #draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const [sure, possible] = [new Path2D(), new Path2D()];
    let drawn = 0;
    for (const i of this.#drawn()) {
      const lines = this.#links.line(i);
      if (!inView(lines, frame)) continue;
      drawn++;
      const path = this.#links.facts(i).share < 1 ? possible : sure;
      for (const line of lines) for (const view of frame.views) traceLine(path, line, view);
    }
    const many = drawn > MANY;
    context.lineCap = "round";
    const strokes = many ? [[frame.tokens.ink, 0.9, 0.4]] as const : [[frame.tokens.halo, 4, 1], [frame.tokens.ink, 1.4, 0.85]] as const;
    for (const [colour, width, alpha] of strokes) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.globalAlpha = alpha;
      context.setLineDash([]);
      context.stroke(sure);
      context.setLineDash(DASH);
      context.stroke(possible);
    }
  }
}

/** Distance from a place to a line of the unit square; Infinity where its box is farther than `reach`. */
function distanceTo({ points, west, east, north, south }: Line, x: number, y: number, reach: number): number {
  if (x < west - reach || x > east + reach || y < north - reach || y > south + reach) return Infinity;
  let least = Infinity;
  for (let i = 2; i < points.length; i += 2) {
    const [fromX, fromY] = [points[i - 2]!, points[i - 1]!];
    const [dx, dy] = [points[i]! - fromX, points[i + 1]! - fromY];
    const along = Math.max(0, Math.min(1, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(x - fromX - along * dx, y - fromY - along * dy));
  }
  return least;
}
