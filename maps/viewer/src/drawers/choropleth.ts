/** Provinces or countries coloured by the number, or the rate, of the incidents shown in them. */

import type { ArcLevel } from "../ground/arcs";
import { contains, type Line } from "../ground/lines";
import { areaPath } from "../marks/areas";
import { classNames, classOf, roundClasses } from "./classes";
import { h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { fewGlyph, rampGlyph, swatchGlyph } from "../reading/resultglyphs";
import { hatch } from "../canvas/hatching";
import type { IncidentSet } from "../data/incidents";
import { type LegendPart, legendRow } from "../reading/legend";
import { levelAt } from "../ground/levels";
import type { Scene } from "../canvas/scene";
import { RAMPS } from "../canvas/tokens";
import { countUnits, type Unit, type UnitCounts } from "../time/unitcounts";
import { incidents } from "../words/numbers";
import { choroplethKey, choroplethNotes, choroplethTitle, rateWords } from "../words/choropleth";
import { say } from "../words/catalogue";

export interface ChoroplethOptions {
  readonly by: Unit;
  /** People by code of the unit; rates are drawn instead of counts. */
  readonly population?: Readonly<Record<string, number>> | null;
  /** A rate is so many incidents per this number of people. */
  readonly per?: number;
  /** Units with fewer incidents are hatched, as their number says too little. */
  readonly minCount?: number;
}

interface Sums {
  readonly counts: UnitCounts;
  readonly values: ReadonlyMap<string, number>;
  readonly limits: readonly number[];
  readonly few: boolean;
  readonly unknown: number;
}

const FEW_STEP_PX = 8;

export class Choropleth implements Drawer, LegendPart {
  readonly surface = "summary";
  readonly order = 0;
  readonly #scene: Scene;
  readonly #set: IncidentSet;
  readonly #levels: readonly ArcLevel[];
  readonly #by: Unit;
  readonly #population: ReadonlyMap<string, number> | null;
  readonly #per: number;
  readonly #minCount: number;
  readonly #paths = new Map<string, Path2D>();
  #view = "";
  #sums: Sums | null = null;
  #version = -1;

  constructor(scene: Scene, set: IncidentSet, levels: readonly ArcLevel[], options: ChoroplethOptions) {
    this.#scene = scene;
    this.#set = set;
    this.#levels = levels;
    this.#by = options.by;
    this.#population = options.population == null ? null : new Map(Object.entries(options.population));
    this.#per = options.per ?? 1;
    this.#minCount = options.minCount ?? 1;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { counts, values, limits } = this.#now();
    const level = levelAt(this.#levels, frame.zoom);
    if (level === null) return;
    const ramp = RAMPS[frame.theme];
    for (const code of counts.byCode.keys()) {
      const path = this.#path(level, code, frame);
      const value = values.get(code);
      if (value === undefined) hatch(context, path, frame.view, FEW_STEP_PX, ramp[2]!);
      else {
        context.fillStyle = ramp[classOf(limits, value)] ?? ramp[0]!;
        context.fill(path, "evenodd");
      }
    }
    // The fills cover the lines of the ground, which lie on a canvas below.
    this.#scene.ground?.lines(context, frame);
  }

  /** What a unit at a place of the unit square holds; null where none with incidents lies. */
  textAt(x: number, y: number, zoom: number): string | null {
    const { counts, values } = this.#now();
    const level = levelAt(this.#levels, zoom);
    const code = level === null ? undefined : [...counts.byCode.keys()].find((each) => contains(this.#rings(level, each), x, y));
    if (code === undefined) return null;
    const name = this.#nameOf(code);
    const here = incidents(counts.byCode.get(code) ?? 0);
    const value = values.get(code);
    return this.#population === null || value === undefined ? `${name}: ${here}` : `${name}: ${here}, ${rateWords(value, this.#per)}`;
  }

  version(): string {
    const { counts, limits, few, unknown } = this.#now();
    const { shown, counted, countryOnly, vague } = counts;
    return [limits.join(), few, shown, counted, countryOnly, vague, unknown, this.#scene.theme].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    const { counts } = this.#now();
    return counts.byCode.size === 0 ? [] : [{ glyph: rampGlyph(), text: choroplethKey(this.#by, this.#population !== null) }];
  }

  block(): Node[] {
    const { counts, limits, few, unknown } = this.#now();
    const rated = this.#population !== null;
    const rows = classNames(limits, !rated).map((text, i) => legendRow(swatchGlyph(`var(--im-ramp-${i})`), range(text)));
    return [
      h("h3", {}, choroplethTitle(this.#by, rated ? this.#per : null)),
      h("ul", {},
        ...(counts.byCode.size === 0 ? [] : rows.toReversed()),
        few ? legendRow(fewGlyph(), say("legend.fewer", { n: this.#minCount })) : null,
        legendRow(swatchGlyph("var(--im-land)"), say("legend.none")),
      ),
      ...choroplethNotes(counts, this.#by, unknown).map((note) => h("p", { class: "im-legend-note" }, note)),
    ];
  }

  #now(): Sums {
    const { clock } = this.#scene;
    if (this.#sums === null || this.#version !== clock.version) {
      this.#version = clock.version;
      this.#sums = this.#count();
    }
    return this.#sums;
  }

  #count(): Sums {
    const counts = countUnits(this.#scene.clock, this.#set, this.#by);
    const values = new Map<string, number>();
    let [largest, few, unknown] = [0, false, 0];
    for (const [code, sum] of counts.byCode) {
      const people = this.#population === null ? 1 : this.#population.get(code);
      if (sum < this.#minCount) few = true;
      else if (people === undefined) unknown += sum;
      else {
        const value = this.#population === null ? sum : (sum * this.#per) / people;
        values.set(code, value);
        largest = Math.max(largest, value);
      }
    }
    const whole = this.#population === null;
    largest = this.#scene.clock.scale(`${this.#by} ${this.#per} ${whole}`, largest);
    return { counts, values, few, unknown, limits: roundClasses(largest, whole ? this.#minCount : 0, whole) };
  }

  #path(level: ArcLevel, code: string, frame: Frame): Path2D {
    const { scale, left, top, width, height } = frame.view;
    const view = [level.minZoom, scale, left, top, width, height].join();
    if (view !== this.#view) {
      this.#view = view;
      this.#paths.clear();
    }
    let path = this.#paths.get(code);
    if (path === undefined) {
      path = areaPath(this.#rings(level, code), frame);
      this.#paths.set(code, path);
    }
    return path;
  }

  #rings(level: ArcLevel, code: string): readonly Line[] {
    return this.#by === "country" ? level.country(code) : level.province(code);
  }

  #nameOf(code: string): string {
    const { countryNames, provinceNames } = this.#set;
    return (this.#by === "country" ? countryNames : provinceNames).get(code) ?? code;
  }
}

/** A range of numbers has no letters to tell its direction by. */
function range(text: string): HTMLElement {
  return h("bdi", { dir: "ltr" }, text);
}
