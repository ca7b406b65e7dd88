/** The marks of a map: laid out jointly for all its incident layers, drawn above everything else. */

import { type Clock, type Ref, sameRef } from "./clock";
import type { IncidentSet } from "./incidents";
import { layoutMarks, type Mark } from "./marklayout";
import * as draw from "./marks";
import type { Drawer, Frame } from "./frame";

const SELECTED_RADIUS = 10.5;

export class Marks implements Drawer {
  readonly surface = "top";
  readonly order = 50;
  readonly #clock: Clock;
  readonly #sets = new Map<IncidentSet, number>();
  marks: readonly Mark[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
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
    this.marks = layoutMarks(frame, this.#clock, this.sets);
    for (const mark of this.marks) {
      const reach = mark.radius + (mark.vague ? 4 : 2);
      const box = { left: mark.x - reach, right: mark.x + reach, top: mark.y - reach, bottom: mark.y + reach, count: mark.count, first: mark.ref };
      frame.marks.push(box);
      frame.obstacles.push(box);
      const half = Math.max(mark.radius + 2, 12);
      frame.hits.push({
        x: mark.x, y: mark.y, halfWidth: half, halfHeight: half, count: mark.count, first: mark.ref, refs: mark.refs, parts: mark.parts,
        ring: mark.shape === "donut" ? mark.radius + 3.5 : SELECTED_RADIUS,
      });
      const { width, height } = frame.view;
      if (mark.x >= 0 && mark.y >= 0 && mark.x <= width && mark.y <= height) frame.drawn += mark.count;
    }
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { hovered, selected } = this.#clock;
    for (const mark of this.marks) {
      drawMark(context, frame, mark);
      if (mark.count > 1) continue;
      if (sameRef(mark.ref, selected)) draw.drawSelectedRing(context, frame, mark.x, mark.y, SELECTED_RADIUS);
      else if (sameRef(mark.ref, hovered)) draw.drawHoverRing(context, frame, mark.x, mark.y, SELECTED_RADIUS);
    }
    const group = this.marks.find((mark) => mark.count > 1 && sameRef(mark.ref, hovered));
    if (group !== undefined) draw.drawHoverRing(context, frame, group.x, group.y, group.radius + 3.5);
  }
}

function drawMark(context: CanvasRenderingContext2D, frame: Frame, mark: Mark): void {
  const { x, y, shape } = mark;
  const colour = frame.kindColours[mark.slot]!;
  switch (shape) {
    case "donut":
      draw.drawDonut(context, frame, mark);
      break;
    case "point":
      draw.drawPoint(context, frame, x, y, colour);
      break;
    case "settlement":
      draw.drawSettlement(context, frame, x, y, colour);
      break;
    case "vicinity":
      draw.drawVicinity(context, frame, x, y, colour);
      break;
    default:
      if (mark.count === 1) draw.drawArea(context, frame, x, y, colour);
      else {
        draw.drawBeside(context, frame, x, y, mark.count);
        draw.drawArea(context, frame, x - 6, y, colour);
      }
  }
}

/** True if the incident has a place on the map, however vague. */
export function hasMark({ set, row }: Ref): boolean {
  return set.precisionClass[row]! < 4;
}
