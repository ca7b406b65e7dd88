/** 90 % discs and footprints: the true place lies inside with that probability. */

import { type Line } from "./arcs";
import { areaPath } from "./areas";
import type { Clock, Ref } from "./clock";
import { reachOf } from "./footprints";
import { metresPerPixel } from "./geodesic";
import type { IncidentSet } from "./incidents";
import { OTHER_SLOT } from "./kinds";
import { OWN_MARK_ZOOM, type Mark, onCanvas } from "./marklayout";
import { type Box, overlaps } from "./boxes";
import type { Drawer, Frame } from "./frame";
import { PRECISION_CLASSES } from "./precision";
import { SANS } from "./tokens";
import { length, NBSP } from "./words/numbers";
import { hasDisc } from "./words/places";

const LEAST_PX = 13;
/** More lie so thick that none can be told from another. */
const MOST_DISCS = 600;
const HALF_WORDS_PX = 54;
const NAMES_KEEP_OFF_PX = 140;

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

function drawGround(context: CanvasRenderingContext2D, path: Path2D, colour: string, selected: boolean): void {
  context.fillStyle = colour;
  context.globalAlpha = selected ? 0.14 : 0.07;
  context.fill(path, "evenodd");
  context.globalAlpha = selected ? 1 : 0.5;
  context.strokeStyle = colour;
  context.lineWidth = selected ? 1.5 : 1;
  context.setLineDash([4, 3]);
  context.stroke(path);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** What some incidents share: one ground, drawn once, as many of them would darken to a plate. */
export interface Ground {
  readonly path: Path2D;
  readonly slot: number;
}

/** Adds an incident's ground to those of a frame; one of several kinds is of none. */
export function addGround(grounds: Map<string, Ground>, key: string, slot: number, path: () => Path2D): void {
  const found = grounds.get(key);
  if (found === undefined) grounds.set(key, { path: path(), slot });
  else if (found.slot !== slot) grounds.set(key, { path: found.path, slot: OTHER_SLOT });
}

/** The same for equal footprints, of whichever incidents. */
function ringsKey(rings: readonly Line[]): string {
  return rings.map(({ west, south, east, north, points }) => [west, south, east, north, points.length].join(" ")).join();
}

/** The discs of all incidents of some sets that have their own mark. */
export class Discs implements Drawer {
  readonly surface = "top";
  readonly order = 20;
  readonly #clock: Clock;
  readonly #sets: () => readonly IncidentSet[];
  readonly #marks: () => readonly Mark[];
  /** How many discs and footprints the last frame has drawn. */
  drawn = 0;

  constructor(clock: Clock, sets: () => readonly IncidentSet[], marks: () => readonly Mark[]) {
    this.#clock = clock;
    this.#sets = sets;
    this.#marks = marks;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    this.drawn = 0;
    const grounds = new Map<string, Ground>();
    for (const ref of this.#refs(frame)) {
      const slot = this.#clock.slot(ref);
      const rings = footprintOf(ref);
      if (rings !== null) {
        if (reachOf(rings) * frame.view.scale > LEAST_PX) addGround(grounds, ringsKey(rings), slot, () => areaPath(rings, frame));
        continue;
      }
      const radius = discRadius(ref, frame.zoom);
      if (radius <= LEAST_PX) continue;
      const { x, y } = onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!);
      const { width, height } = frame.view;
      if (x < -radius || y < -radius || x > width + radius || y > height + radius) continue;
      addGround(grounds, `${x} ${y} ${Math.round(radius)}`, slot, () => discPath(x, y, radius));
    }
    for (const { path, slot } of grounds.values()) drawGround(context, path, frame.kindColours[slot]!, false);
    this.drawn = grounds.size;
  }

  /** Where marks are grouped only the single ones show discs: a group has no one radius. */
  *#refs(frame: Frame): Generator<Ref> {
    const sets = new Set(this.#sets());
    const marks = this.#marks();
    if (frame.zoom < OWN_MARK_ZOOM && marks.length > 0) {
      for (const { shape, ref } of marks) if (shape !== "donut" && shape !== "area" && sets.has(ref.set)) yield ref;
      return;
    }
    let left = MOST_DISCS;
    for (const set of sets) {
      for (const row of this.#clock.rows(set)) {
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
  readonly #clock: Clock;
  #words: { readonly text: string; readonly x: number; readonly y: number } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  layout(frame: Frame): void {
    const at = this.#place(frame);
    this.#words = null;
    if (at === null) return;
    const { x, y, radius } = at;
    const text = `radius ${length(at.ref.set.uncertainty(at.ref.row) ?? 0)}, 90${NBSP}%`;
    const reach = Math.max(at.radius, 13);
    const places = [
      ...[12, -12].flatMap((beyond) =>
        [at.x, at.x - HALF_WORDS_PX + reach, at.x + HALF_WORDS_PX - reach].map((x) => ({ x, y: at.y + Math.sign(beyond) * reach + beyond })),
      ),
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
    const { selected } = this.#clock;
    const rings = selected === null ? null : footprintOf(selected);
    if (selected !== null && rings !== null) drawGround(context, areaPath(rings, frame), this.#colour(frame, selected), true);
    const at = this.#place(frame);
    if (at === null) return;
    drawGround(context, discPath(at.x, at.y, at.radius), this.#colour(frame, at.ref), true);
    if (this.#words === null) return;
    const { text, x, y } = this.#words;
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
    return frame.kindColours[this.#clock.slot(ref)]!;
  }

  #place(frame: Frame): { x: number; y: number; radius: number; ref: Ref } | null {
    const ref = this.#clock.selected;
    if (ref === null || !this.#clock.sets.includes(ref.set) || footprintOf(ref) !== null) return null;
    const radius = discRadius(ref, frame.zoom);
    // A disc smaller than the mark says nothing.
    if (radius < 6) return null;
    return { ...onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!), radius, ref };
  }
}
