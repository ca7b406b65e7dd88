/** 90 % discs and footprints: the true place lies inside with that probability. */

import type { Line } from "../ground/lines";
import { areaPath } from "../marks/areas";
import { type Ref, sameRef } from "../time/clock";
import { reachOf } from "../data/footprints";
import { metresPerPixel } from "../canvas/geodesic";
import { drawGround, Grounds, onWater } from "../canvas/grounds";
import type { IncidentSet } from "../data/incidents";
import { OWN_MARK_ZOOM, type Mark, onCanvas } from "../marks/marklayout";
import { type Box, overlaps } from "../canvas/boxes";
import type { Drawer, Frame } from "../canvas/frame";
import { PRECISION_CLASSES } from "../data/precision";
import type { Scene } from "../canvas/scene";
import { SANS } from "../canvas/tokens";
import { say } from "../words/catalogue";
import { length } from "../words/numbers";
import { hasDisc } from "../words/places";
import { directionOf } from "../words/plaintext";

const LEAST_PX = 13;
/** More lie so thick that none can be told from another. */
const MOST_DISCS = 600;
const HALF_WORDS_PX = 54;
const NAMES_KEEP_OFF_PX = 200;

/** Radius of an incident's disc on the canvas; 0 where it has none. */
export function discRadius({ set, row }: Ref, zoom: number): number {
  const uncertaintyM = set.uncertainty(row);
  const precision = set.word(set.precision, row);
  if (uncertaintyM === null || !(hasDisc(precision) || precision === "admin2")) return 0;
  return uncertaintyM / metresPerPixel(set.lat(row), zoom);
}

/** The footprint of an incident that is drawn instead of its disc; null where it has none. */
function footprintOf({ set, row }: Ref): readonly Line[] | null {
  return PRECISION_CLASSES[set.precisionClass[row]!] === "country" ? null : (set.footprints?.of(row) ?? null);
}

function discPath(x: number, y: number, radius: number): Path2D {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  return path;
}

/** The same for equal footprints, of whichever incidents. */
function ringsKey(rings: readonly Line[]): string {
  return rings.map(({ west, south, east, north, points }) => [west, south, east, north, points.length].join(" ")).join();
}

/** True where the place is a stretch of water: then its disc means only the water in it. */
function isWater({ set, row }: Ref): boolean {
  return set.word(set.precision, row) === "water";
}

/** The discs of all incidents of some sets that have their own mark. */
export class Discs implements Drawer {
  readonly surface = "top";
  readonly order = 20;
  readonly #scene: Scene;
  readonly #sets: () => readonly IncidentSet[];
  readonly #marks: () => readonly Mark[];
  /** How many discs and footprints the last frame has drawn. */
  drawn = 0;
  /** True where the last frame has cut some of them to the water. */
  cut = false;

  constructor(scene: Scene, sets: () => readonly IncidentSet[], marks: () => readonly Mark[]) {
    this.#scene = scene;
    this.#sets = sets;
    this.#marks = marks;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { clock, ground } = this.#scene;
    const grounds = new Grounds();
    for (const ref of this.#refs(frame)) {
      // The ground of the selected one is drawn stronger, and by itself.
      if (sameRef(ref, clock.selected)) continue;
      const slot = clock.slot(ref);
      const rings = footprintOf(ref);
      if (rings !== null) {
        if (reachOf(rings) * frame.view.scale > LEAST_PX) grounds.addArea(ringsKey(rings), slot, () => areaPath(rings, frame));
        continue;
      }
      const radius = discRadius(ref, frame.zoom);
      if (radius <= LEAST_PX) continue;
      const { x, y } = onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!);
      const { width, height } = frame.view;
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      grounds.addDisc(x, y, radius, slot, isWater(ref));
    }
    grounds.paint(context, frame, () => ground?.land(frame) ?? null);
    this.drawn = grounds.count;
    this.cut = grounds.anyWater && ground !== null;
  }

  /** Where marks are grouped only the single ones show discs: a group has no one radius. */
  *#refs(frame: Frame): Generator<Ref> {
    const sets = new Set(this.#sets());
    const marks = this.#marks();
    if (frame.zoom < OWN_MARK_ZOOM && marks.length > 0) {
      for (const mark of marks) if (mark.shape !== "donut" && mark.shape !== "area" && sets.has(mark.ref.set)) yield mark.ref;
      return;
    }
    let left = MOST_DISCS;
    for (const set of sets) {
      for (const row of this.#scene.clock.rows(set)) {
        // A disc may reach into the view although its mark lies outside.
        if (!this.#reaches(set, row, frame)) continue;
        yield { set, row };
        if (--left === 0) return;
      }
    }
  }

  #reaches(set: IncidentSet, row: number, { view }: Frame): boolean {
    if (set.footprints?.of(row)) return true;
    // Nothing on the map is uncertain by more than a country.
    const reach = (set.uncertaintyM[row]! / 1e7) * view.scale + LEAST_PX;
    const { x, y } = onCanvas(view, set.x[row]!, set.y[row]!);
    return x > -reach && y > -reach && x < view.width + reach && y < view.height + reach;
  }
}

/** The disc of the selected incident, with its radius in words, or its footprint. */
export class SelectedDisc implements Drawer {
  readonly surface = "top";
  readonly order = 29;
  readonly #scene: Scene;
  #words: { readonly text: string; readonly x: number; readonly y: number } | null = null;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  layout(frame: Frame): void {
    const at = this.#place(frame);
    this.#words = null;
    if (at === null) return;
    const { x, y, radius } = at;
    const text = say("map.radius", { distance: length(at.ref.set.uncertainty(at.ref.row) ?? 0) });
    const reach = Math.max(at.radius, 13);
    const beside = reach + HALF_WORDS_PX + 6;
    const places = [
      ...[12, -12].flatMap((beyond) =>
        [at.x, at.x - HALF_WORDS_PX + reach, at.x + HALF_WORDS_PX - reach].map((x) => ({ x, y: at.y + Math.sign(beyond) * reach + beyond })),
      ),
      ...[-beside, beside].map((across) => ({ x: at.x + across, y: at.y })),
    ];
    const boxOf = ({ x, y }: { x: number; y: number }): Box => ({
      left: x - HALF_WORDS_PX, right: x + HALF_WORDS_PX, top: y - 8, bottom: y + 8,
    });
    const place = places.find((each) => !frame.obstacles.some((other) => overlaps(boxOf(each), other)));
    if (place !== undefined) {
      this.#words = { ...place, text };
      frame.obstacles.push(boxOf(place));
    }
    // A large disc leaves names nowhere else to stand.
    if (radius < NAMES_KEEP_OFF_PX) frame.obstacles.push({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { marked: selected } = this.#scene.clock;
    const rings = selected === null ? null : footprintOf(selected);
    if (selected !== null && rings !== null) {
      drawGround(context, { path: areaPath(rings, frame), colour: this.#colour(frame, selected), selected: true });
    }
    const at = this.#place(frame);
    if (at === null) return;
    const disc = { path: discPath(at.x, at.y, at.radius), colour: this.#colour(frame, at.ref), selected: true };
    const land = isWater(at.ref) ? (this.#scene.ground?.land(frame) ?? null) : null;
    if (land === null) drawGround(context, disc);
    else onWater(context, frame, land, () => { drawGround(context, disc); });
    if (this.#words === null) return;
    const { text, x, y } = this.#words;
    context.direction = directionOf(text);
    context.font = `11px ${SANS}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = frame.tokens.halo;
    context.strokeText(text, x, y);
    context.fillStyle = frame.tokens.ink2;
    context.fillText(text, x, y);
  }

  #colour(frame: Frame, ref: Ref): string {
    return frame.kindColours[this.#scene.clock.slot(ref)]!;
  }

  #place(frame: Frame): { x: number; y: number; radius: number; ref: Ref } | null {
    const ref = this.#scene.clock.marked;
    if (ref === null || !this.#scene.clock.sets.includes(ref.set) || footprintOf(ref) !== null) return null;
    const radius = discRadius(ref, frame.zoom);
    // A disc smaller than the mark says nothing.
    if (radius < 6) return null;
    return { ...onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!), radius, ref };
  }
}
