/** Hexagons by the number of incidents shown in them, or by where they are hot and cold. */

import { contains } from "../ground/lines";
import { classNames } from "./classes";
import { data, h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { hexGlyph, rampGlyph } from "../reading/resultglyphs";
import { hatch } from "../canvas/hatching";
import { classesOf, HexCells, type HexSums, NEITHER } from "./hexcells";
import type { IncidentSet } from "../data/incidents";
import type { Result } from "../layers/results";
import { legendRow } from "../reading/legend";
import type { Block } from "../data/payload";
import { inView } from "./rings";
import type { Scene } from "../canvas/scene";
import { HOT_AND_COLD, RAMPS } from "../canvas/tokens";
import { traceRings } from "../canvas/trace";
import { hexSentence, hotspotLevel, hotspotNotes, hexNotes } from "../words/hexes";
import { say } from "../words/catalogue";

/** A hotspot that stays one in a smaller share of the draws is hatched. */
const SURE_SHARE = 0.9;
const HATCH_PX = 5;
/** Smaller hexagons have no room for an outline. */
const LEAST_OUTLINED_PX = 7;
const MOST_OUTLINED = 6000;
const MOST_IN_PATH = 64;

interface Sums {
  readonly counts: Float64Array;
  readonly found: HexSums | null;
  readonly limits: readonly number[];
  readonly classes: Int8Array;
}

export class Hexes implements Result {
  readonly drawers: readonly Drawer[];
  readonly #scene: Scene;
  readonly #set: IncidentSet | null;
  readonly #cells: HexCells;
  readonly #title: string;
  readonly #meta: Readonly<Record<string, unknown>>;
  #sums: Sums | null = null;
  #version = -1;

  constructor(scene: Scene, block: Block, set: IncidentSet | null, title: string) {
    this.#scene = scene;
    this.#set = set;
    this.#cells = new HexCells(block);
    this.#title = title;
    this.#meta = block.meta;
    this.drawers = [{ surface: "summary", order: 1, draw: (context, frame) => { this.#draw(context, frame); } }];
  }

  textAt(x: number, y: number): string | null {
    const { counts, found } = this.#now();
    for (let cell = 0; cell < this.#cells.size; cell++) {
      if (!contains(this.#cells.rings(cell), x, y)) continue;
      const facts = this.#cells.facts(cell);
      if (!this.#cells.judged && !(counts[cell]! > 0)) return null;
      return hexSentence(facts, counts[cell]!, this.#cells.judged, found !== null, this.#loosest());
    }
    return null;
  }

  version(): string {
    const { limits, found } = this.#now();
    return [this.#title, limits.join(), found?.shown, found?.counted, found?.coarse].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    if (this.#cells.size === 0) return [];
    if (!this.#cells.judged) return [{ glyph: rampGlyph(), text: this.#title }];
    const levels = this.#cells.levels();
    return [
      ...(levels.some((level) => level > NEITHER) ? [{ glyph: hexGlyph("var(--im-heat-5)"), text: say("hex.hotspot") }] : []),
      ...(levels.some((level) => level < NEITHER) ? [{ glyph: hexGlyph("var(--im-heat-1)"), text: say("hex.coldspot") }] : []),
    ];
  }

  block(): Node[] {
    if (this.#cells.size === 0) return [];
    const { found, limits } = this.#now();
    const rows = this.#cells.judged ? this.#levelRows() : classNames(limits, true)
      .map((text, i) => legendRow(hexGlyph(`var(--im-ramp-${i})`), h("bdi", { dir: "ltr" }, text))).toReversed();
    const notes = this.#cells.judged ? hotspotNotes(this.#meta, found) : hexNotes(this.#meta, found);
    return [h("h3", {}, data(this.#title)), h("ul", {}, ...rows), ...notes.map((note) => h("p", { class: "im-legend-note" }, note))];
  }

  #loosest(): number | null {
    const { loosest } = this.#meta as { loosest?: number };
    return loosest ?? null;
  }

  /** The levels that occur, the hottest first. */
  #levelRows(): HTMLElement[] {
    const levels = this.#cells.levels();
    const unsure = this.#cells.anyBelow(SURE_SHARE);
    return [
      ...levels.map((level) => legendRow(hexGlyph(level === NEITHER ? "none" : `var(--im-heat-${level})`), hotspotLevel(level, this.#loosest()))),
      ...(unsure ? [legendRow(hexGlyph("var(--im-heat-5)", true), say("hex.unsure"))] : []),
    ];
  }

  #now(): Sums {
    const { clock } = this.#scene;
    if (this.#sums === null || this.#version !== clock.version) {
      this.#version = clock.version;
      const found = this.#cells.sums(clock, this.#set);
      const counts = found?.sums ?? Float64Array.from({ length: this.#cells.size }, (_, cell) => this.#cells.ownCounts(cell) ?? 0);
      this.#sums = { counts, found, ...classesOf(counts, (largest) => clock.scale(`hex ${this.#title}`, largest)) };
    }
    return this.#sums;
  }

  #draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { classes } = this.#now();
    const { judged, size } = this.#cells;
    const colours = judged ? HOT_AND_COLD[frame.theme] : RAMPS[frame.theme];
    const [fills, hatches] = [new Paths(), new Paths()];
    for (let cell = 0; cell < size; cell++) {
      const { level, share } = judged ? this.#cells.facts(cell) : { level: classes[cell]!, share: null };
      if (level < 0) continue;
      const rings = this.#cells.rings(cell);
      if (!inView(rings, frame)) continue;
      const path = (judged && level !== NEITHER && share !== null && share < SURE_SHARE ? hatches : fills).next(level);
      for (const view of frame.views) traceRings(path, rings, view);
    }
    for (const [level, path] of fills.all) if (!judged || level !== NEITHER) fill(context, path, colours[level]!);
    for (const [level, path] of hatches.all) hatch(context, path, frame.view, HATCH_PX, colours[level]!);
    // The fills cover the lines of the ground, which lie on a canvas below.
    context.globalCompositeOperation = "source-atop";
    this.#scene.ground?.lines(context, frame);
    context.globalCompositeOperation = "source-over";
    if (fills.size + hatches.size < MOST_OUTLINED) this.#outline(context, frame, [...fills.all, ...hatches.all]);
  }

  #outline(context: CanvasRenderingContext2D, frame: Frame, drawn: readonly (readonly [number, Path2D])[]): void {
    const first = this.#cells.size === 0 ? null : this.#cells.rings(0)[0]!;
    if (first === null || (first.south - first.north) * frame.view.scale < LEAST_OUTLINED_PX) return;
    const { judged } = this.#cells;
    context.strokeStyle = judged ? frame.tokens.ink3 : frame.tokens.halo;
    context.lineWidth = 0.8;
    for (const [level, path] of drawn) {
      // What is neither hot nor cold only shows how far was looked.
      context.globalAlpha = judged && level === NEITHER ? 0.13 : 0.5;
      context.stroke(path);
    }
  }
}

/** Paths by level, each of a few hexagons: the time to fill a path grows faster than its size. */
class Paths {
  readonly all: (readonly [number, Path2D])[] = [];
  size = 0;
  readonly #open = new Map<number, { path: Path2D; left: number }>();

  /** The path that takes the next hexagon of a level. */
  next(level: number): Path2D {
    this.size++;
    let open = this.#open.get(level);
    if (open === undefined || open.left === 0) {
      open = { path: new Path2D(), left: MOST_IN_PATH };
      this.#open.set(level, open);
      this.all.push([level, open.path]);
    }
    open.left--;
    return open.path;
  }
}

function fill(context: CanvasRenderingContext2D, path: Path2D, colour: string): void {
  context.fillStyle = colour;
  context.fill(path);
}
