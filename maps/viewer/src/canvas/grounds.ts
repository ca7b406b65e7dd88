/** The grounds of many incidents: those of one kind are one surface, and none on one spot darkens another. */

import type { Frame } from "./frame";
import { OTHER_SLOT } from "../data/kinds";

const TURN = 2 * Math.PI;

/** A disc without the next smaller one of its spot, which has a colour of its own. */
export interface Ring {
  readonly x: number;
  readonly y: number;
  readonly outer: number;
  /** 0 where nothing lies inside. */
  readonly inner: number;
  readonly slot: number;
  /** True where only the water in it can be meant. */
  readonly water: boolean;
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly water: boolean;
  /** Kind slots by radius in whole pixels. */
  readonly slots: Map<number, number>;
}

interface Area {
  readonly path: Path2D;
  readonly slot: number;
}

/** The ground of one incident, as it is painted. */
export interface Surface {
  readonly path: Path2D;
  readonly colour: string;
  readonly selected: boolean;
}

/** What several kinds share has the colour of none. */
function shared(known: number | undefined, slot: number): number {
  return known === undefined || known === slot ? slot : OTHER_SLOT;
}

export class Grounds {
  readonly #spots = new Map<string, Spot>();
  readonly #areas = new Map<string, Area>();

  addDisc(x: number, y: number, radius: number, slot: number, water: boolean): void {
    const key = `${x} ${y} ${water}`;
    let spot = this.#spots.get(key);
    if (spot === undefined) this.#spots.set(key, (spot = { x, y, water, slots: new Map() }));
    const round = Math.round(radius);
    spot.slots.set(round, shared(spot.slots.get(round), slot));
  }

  /** Adds an area; `key` is the same for equal ones. */
  addArea(key: string, slot: number, path: () => Path2D): void {
    const area = this.#areas.get(key);
    this.#areas.set(key, { path: area?.path ?? path(), slot: shared(area?.slot, slot) });
  }

  get areas(): readonly Area[] {
    return [...this.#areas.values()];
  }

  /** The discs from large to small, so that no line of a small one lies under a large one. */
  rings(): Ring[] {
    const rings = [...this.#spots.values()].flatMap(({ x, y, water, slots }) => {
      const radii = [...slots.keys()].sort((a, b) => b - a);
      return radii.map((outer, i) => ({ x, y, water, outer, inner: radii[i + 1] ?? 0, slot: slots.get(outer)! }));
    });
    return rings.sort((a, b) => b.outer - a.outer);
  }

  get count(): number {
    return this.#areas.size + [...this.#spots.values()].reduce((sum, { slots }) => sum + slots.size, 0);
  }

  /** True where some of the discs mean only water. */
  get anyWater(): boolean {
    return [...this.#spots.values()].some(({ water }) => water);
  }

  paint(context: CanvasRenderingContext2D, frame: Frame, land: () => Path2D | null): void {
    for (const { path, slot } of this.areas) drawGround(context, { path, colour: frame.kindColours[slot]!, selected: false });
    const rings = this.rings();
    paintRings(context, frame, rings.filter(({ water }) => !water));
    const wet = rings.filter(({ water }) => water);
    if (wet.length > 0) onWater(context, frame, land(), () => { paintRings(context, frame, wet); });
  }
}

/** Draws with the land left out. */
export function onWater(context: CanvasRenderingContext2D, { view }: Frame, land: Path2D | null, draw: () => void): void {
  context.save();
  if (land !== null) {
    const water = new Path2D();
    water.rect(0, 0, view.width, view.height);
    water.addPath(land);
    context.clip(water, "evenodd");
  }
  draw();
  context.restore();
}

export function drawGround(context: CanvasRenderingContext2D, { path, colour, selected }: Surface): void {
  context.fillStyle = colour;
  context.globalAlpha = selected ? 0.14 : 0.07;
  context.fill(path, "evenodd");
  strokeGround(context, path, colour, selected);
  context.globalAlpha = 1;
}

function strokeGround(context: CanvasRenderingContext2D, path: Path2D, colour: string, selected: boolean): void {
  context.globalAlpha = selected ? 1 : 0.5;
  context.strokeStyle = colour;
  context.lineWidth = selected ? 1.5 : 1;
  context.setLineDash([4, 3]);
  context.stroke(path);
  context.setLineDash([]);
}

function paintRings(context: CanvasRenderingContext2D, frame: Frame, rings: readonly Ring[]): void {
  const fills = new Map<number, Path2D>();
  for (const { x, y, outer, inner, slot } of rings) {
    const path = fills.get(slot) ?? new Path2D();
    fills.set(slot, path);
    arc(path, x, y, outer, false);
    // Turned the other way it is a hole, and only of this disc.
    if (inner > 0) arc(path, x, y, inner, true);
  }
  context.globalAlpha = 0.07;
  for (const [slot, path] of fills) {
    context.fillStyle = frame.kindColours[slot]!;
    context.fill(path, "nonzero");
  }
  for (const { x, y, outer, slot } of rings) {
    const path = new Path2D();
    arc(path, x, y, outer, false);
    strokeGround(context, path, frame.kindColours[slot]!, false);
  }
  context.globalAlpha = 1;
}

function arc(path: Path2D, x: number, y: number, radius: number, reversed: boolean): void {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, TURN, reversed);
}
