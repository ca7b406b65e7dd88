/** The marks of a map: laid out jointly for all its incident layers, drawn above everything else. */

import { type Clock, type Ref, sameRef } from "../time/clock";
import type { IncidentSet } from "../data/incidents";
import { type AreaGroup, type CountryNote, countryNotes } from "./areagroups";
import { areasOf, batchesOf, layoutMarks, type Mark } from "./marklayout";
import * as draw from "./marks";
import type { Box } from "../canvas/boxes";
import type { Drawer, Frame } from "../canvas/frame";
import type { Spread } from "./spread";
import { Gatherer } from "./gather";
import { drawDonut } from "./sprites";

const SELECTED_RADIUS = 10.5;

export class Marks implements Drawer {
  readonly surface = "top";
  readonly order = 50;
  readonly clock: Clock;
  readonly #sets = new Map<IncidentSet, number>();
  marks: readonly Mark[] = [];
  /** The spot whose incidents are spread out; null for none. */
  spread: Spread | null = null;
  #spreadShown: Spread | null = null;
  readonly #cells = new Gatherer();
  #shown = "";
  /** What areas and countries were summed up for; they do not depend on the view. */
  #summed = "";
  #areas: readonly AreaGroup[] = [];
  #notes: ReadonlyMap<string, CountryNote> = new Map();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get sets(): readonly IncidentSet[] {
    return [...this.#sets.keys()];
  }

  add(set: IncidentSet): void {
    this.#sets.set(set, (this.#sets.get(set) ?? 0) + 1);
  }

  remove(set: IncidentSet): void {
    const uses = (this.#sets.get(set) ?? 0) - 1;
    if (uses > 0) this.#sets.set(set, uses);
    else this.#sets.delete(set);
  }

  layout(frame: Frame): void {
    const { clock, spread } = this;
    const batches = batchesOf(clock, this.sets, spread);
    const { left, top, scale, width, height } = frame.view;
    // Pointing at marks redraws them, but moves none.
    const summed = [clock.version, ...batches.map(({ set, without }) => `${set.size} ${without}`)].join();
    const shown = [summed, left, top, scale, width, height, clock.sizedByToll].join();
    if (summed !== this.#summed) {
      this.#summed = summed;
      this.#areas = areasOf(batches);
      this.#notes = countryNotes(batches);
    }
    if (shown !== this.#shown || spread !== this.#spreadShown) {
      this.marks = layoutMarks(frame, clock, batches, this.#areas, spread, this.#cells).marks;
    }
    [this.#shown, this.#spreadShown] = [shown, spread];
    for (const [code, note] of this.#notes) frame.countryOnly.set(code, note);
    for (const mark of this.marks) this.#claim(frame, mark);
  }

  #claim(frame: Frame, mark: Mark): void {
    const reach = mark.radius + (mark.vague ? 4 : 2);
    const box = {
      left: mark.x - reach, right: mark.x + reach, top: mark.y - reach, bottom: mark.y + reach, count: mark.count,
      get first() {
        return mark.ref;
      },
    };
    frame.marks.push(box);
    frame.obstacles.push(box);
    if (mark.leg !== undefined) frame.obstacles.push(boxRound(mark, mark.leg));
    const half = Math.max(mark.radius + 2, 12);
    frame.hits.push({
      x: mark.x, y: mark.y, halfWidth: half, halfHeight: half, count: mark.count, members: mark.members, ring: ringOf(mark),
      get first() {
        return mark.ref;
      },
    });
    const { width, height } = frame.view;
    if (mark.x >= 0 && mark.y >= 0 && mark.x <= width && mark.y <= height) frame.drawn += mark.count;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { hovered, selected } = this.clock;
    for (const { leg, x, y } of this.marks) if (leg !== undefined) draw.drawLeg(context, frame, leg, x, y);
    for (const mark of this.marks) {
      drawMark(context, frame, mark);
      if (mark.count > 1) continue;
      if (sameRef(mark.ref, selected)) draw.drawSelectedRing(context, frame, mark.x, mark.y, ringOf(mark));
      else if (sameRef(mark.ref, hovered)) draw.drawHoverRing(context, frame, mark.x, mark.y, ringOf(mark));
    }
    // To find the first incident of a group takes a look at all of them.
    const group = hovered === null ? undefined : this.marks.find((mark) => mark.count > 1 && (sameRef(mark.ref, hovered) || holds(mark, hovered, frame)));
    if (group !== undefined) draw.drawHoverRing(context, frame, group.x, group.y, ringOf(group));
  }
}

/** Groups further from its place than this hold no incident. */
const REACH_PX = 64;

function holds({ x, y, members }: Mark, { set, row }: Ref, { view: { scale, left, top } }: Frame): boolean {
  const across = Math.abs(set.x[row]! * scale - left - x) % scale;
  if (Math.min(across, scale - across) > REACH_PX || Math.abs(set.y[row]! * scale - top - y) > REACH_PX) return false;
  return members().some((each) => each.set === set && each.rows.includes(row));
}

function boxRound(one: { x: number; y: number }, other: { x: number; y: number }): Box {
  return {
    left: Math.min(one.x, other.x), right: Math.max(one.x, other.x), top: Math.min(one.y, other.y), bottom: Math.max(one.y, other.y),
  };
}

function ringOf({ shape, radius }: Mark): number {
  return shape === "donut" ? radius + 3.5 : Math.max(SELECTED_RADIUS, radius + 4);
}

function drawMark(context: CanvasRenderingContext2D, frame: Frame, mark: Mark): void {
  const { x, y, shape, size } = mark;
  const colour = frame.kindColours[mark.slot]!;
  if (shape === "donut") drawDonut(context, frame, mark);
  else if (shape === "area" && mark.count > 1) {
    draw.drawBeside(context, frame, x, y, mark.count);
    draw.drawArea(context, frame, x - 6, y, colour);
  } else if (shape === "area") draw.drawArea(context, frame, x, y, colour);
  else if (size != null) draw.drawSized(context, frame, x, y, colour, size);
  else if (shape === "point") draw.drawPoint(context, frame, x, y, colour);
  else if (shape === "settlement") draw.drawSettlement(context, frame, x, y, colour);
  else draw.drawVicinity(context, frame, x, y, colour);
  if (mark.withdrawn === true) draw.drawStrike(context, frame, x, y, mark.radius);
}

/** True if the incident has a place on the map, however vague. */
export function hasMark({ set, row }: Ref): boolean {
  return set.precisionClass[row]! < 4;
}
