/** The density of the incidents shown, as bands of one colour ramp. */

import { classNames, classOf, roundLimits } from "./classes";
import { type DensityGrid, densityAlong, densityAt, densityGrid } from "./densitygrid";
import { data, h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { rampGlyph, swatchGlyph } from "../reading/resultglyphs";
import type { IncidentSet } from "../data/incidents";
import type { Result } from "../layers/results";
import { legendRow } from "../reading/legend";
import type { Block } from "../data/payload";
import type { Scene } from "../canvas/scene";
import { weightOf } from "../time/shown";
import { RAMPS } from "../canvas/tokens";
import { densityArea, densityNotes, densitySentence } from "../words/density";
import { say } from "../words/catalogue";

/** Side of the squares that the bands are made of. */
const GRAIN_PX = 2;
const CLASSES = 5;

interface Surface {
  readonly grid: DensityGrid;
  readonly limits: readonly number[];
  /** Numbers are said per so many km². */
  readonly areaKm2: number;
}

export class Density implements Result {
  readonly drawers: readonly Drawer[];
  readonly #scene: Scene;
  readonly #set: IncidentSet;
  readonly #radiusM: number;
  readonly #leftOut: ArrayLike<number>;
  readonly #title: string;
  readonly #canvas = document.createElement("canvas");
  #surface: Surface | null = null;
  #key = "";
  #painted = "";

  constructor(scene: Scene, block: Block, set: IncidentSet, title: string) {
    this.#scene = scene;
    this.#set = set;
    this.#radiusM = block.meta["bandwidth_m"] as number;
    this.#leftOut = block.numbers("left_out");
    this.#title = title;
    this.drawers = [{ surface: "summary", order: 1, draw: (context, frame) => { this.#draw(context, frame); } }];
  }

  textAt(x: number, y: number): string | null {
    const { frame } = this.#scene;
    if (frame === null || this.#surface === null) return null;
    const { grid, limits, areaKm2 } = this.#surface;
    const { left, scale } = frame.view;
    // The copy of the world that the grid covers.
    const worldX = x * scale + scale * Math.round((left + frame.view.width / 2) / scale - x);
    const value = densityAt(grid, worldX, y * scale);
    return value < limits[0]! ? null : densitySentence(value, areaKm2);
  }

  version(): string {
    const { clock } = this.#scene;
    return [this.#title, clock.version, this.#surface?.limits.join(), this.#surface?.areaKm2].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    return (this.#surface?.grid.largest ?? 0) > 0 ? [{ glyph: rampGlyph(), text: this.#title }] : [];
  }

  block(): Node[] {
    if (this.#surface === null) return [];
    const { limits, areaKm2, grid } = this.#surface;
    const { clock } = this.#scene;
    const names = classNames(limits.map((limit) => limit * areaKm2), false);
    const bands = names.map((text, i) => legendRow(swatchGlyph(`var(--im-ramp-${i})`), h("bdi", { dir: "ltr" }, text))).toReversed();
    const rows = clock.rows(this.#set);
    const inside = weightOf(this.#set, rows.filter((row) => this.#leftOut[row] === 0));
    const notes = densityNotes(this.#radiusM, inside, weightOf(this.#set, rows));
    return [
      h("h3", {}, data(this.#title)),
      h("p", { class: "im-legend-note" }, say("density.title", { area: densityArea(areaKm2) })),
      h("ul", {}, ...(grid.largest > 0 ? bands : []), legendRow(swatchGlyph("var(--im-land)"), say("legend.fewer.none"))),
      ...notes.map((note) => h("p", { class: "im-legend-note" }, note)),
    ];
  }

  #draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { clock } = this.#scene;
    const { scale, left, top, width, height } = frame.view;
    const key = [clock.version, scale, left, top, width, height].join();
    if (key !== this.#key || this.#surface === null) {
      this.#key = key;
      const grid = densityGrid({ set: this.#set, rows: clock.rows(this.#set), leftOut: this.#leftOut }, frame.view, this.#radiusM);
      this.#surface = surfaceOf(grid, clock.scale(`density ${this.#title}`, grid.largest));
    }
    if (this.#surface.grid.largest === 0) return;
    if (this.#painted !== `${key} ${frame.theme}`) this.#paint(this.#surface, frame);
    this.#painted = `${key} ${frame.theme}`;
    context.drawImage(this.#canvas, 0, 0, this.#canvas.width * GRAIN_PX, this.#canvas.height * GRAIN_PX);
    // The bands cover the lines of the ground, which lie on a canvas below.
    context.globalCompositeOperation = "source-atop";
    this.#scene.ground?.lines(context, frame);
    context.globalCompositeOperation = "source-over";
  }

  #paint({ grid, limits }: Surface, frame: Frame): void {
    const { left, top, width, height } = frame.view;
    const [columns, lines] = [Math.ceil(width / GRAIN_PX), Math.ceil(height / GRAIN_PX)];
    [this.#canvas.width, this.#canvas.height] = [columns, lines];
    const pen = this.#canvas.getContext("2d")!;
    const image = pen.createImageData(columns, lines);
    const pixels = new Uint32Array(image.data.buffer);
    const colours = RAMPS[frame.theme].map(opaque);
    const across = Float64Array.from({ length: columns }, (_, i) => left + (i + 0.5) * GRAIN_PX);
    const along = new Float64Array(columns);
    for (let line = 0; line < lines; line++) {
      densityAlong(grid, across, top + (line + 0.5) * GRAIN_PX, along);
      for (let column = 0; column < columns; column++) {
        const value = along[column]!;
        if (value >= limits[0]!) pixels[line * columns + column] = colours[classOf(limits, value)]!;
      }
    }
    pen.putImageData(image, 0, 0);
  }
}

function surfaceOf(grid: DensityGrid, largest: number): Surface {
  const limits = roundLimits(largest, CLASSES);
  // A number that can be read: tenths at least, per 1, 100 or 10,000 km².
  const areaKm2 = [1, 100, 10_000].find((area) => (limits.at(-1) ?? 0) * area >= 0.1) ?? 1_000_000;
  return { grid, limits, areaKm2 };
}

/** "#C6CBE8" as a pixel: red, green, blue and an alpha of 255, in the order of little-endian machines. */
function opaque(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

