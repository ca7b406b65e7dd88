/** Incidents of one spot, spread out on legs so that each can be pointed at. */

import type { Ref } from "../time/clock";
import { sameRef } from "../time/clock";
import type { Frame } from "../canvas/frame";
import { type Members, refsOf } from "../data/members";
import { onCanvas, type Mark } from "./marklayout";

/** More than this would fill the window; they are listed instead. */
export const MOST_SPREAD = 48;

const RING = 9;
const ARC_PX = 24;

export class Spread {
  readonly refs: readonly Ref[];

  constructor(refs: readonly Ref[]) {
    this.refs = refs;
  }

  has(ref: Ref): boolean {
    return this.refs.some((each) => sameRef(each, ref));
  }

  /** True if these are incidents of the spot that is spread. */
  holds(spot: readonly Members[]): boolean {
    return refsOf(spot, 1).some((ref) => this.has(ref));
  }
}

/** Where the ends of n legs lie, from their common beginning: a ring for a few, a spiral for more. */
export function legEnds(count: number): readonly (readonly [x: number, y: number])[] {
  if (count <= RING) {
    const radius = Math.max(26, (count * ARC_PX) / (2 * Math.PI));
    return Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2;
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    });
  }
  let [angle, radius] = [-Math.PI / 2, 28];
  return Array.from({ length: count }, () => {
    const end = [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    angle += ARC_PX / radius;
    radius += (ARC_PX * ARC_PX) / (2 * Math.PI * radius);
    return end;
  });
}

/** A mark at the end of a leg for each incident. */
export function spreadMarks(
  spread: Spread, frame: Frame, mark: (ref: Ref, x: number, y: number, leg: { x: number; y: number }) => Mark,
): Mark[] {
  const { set, row } = spread.refs[0]!;
  const from = onCanvas(frame.view, set.x[row]!, set.y[row]!);
  return legEnds(spread.refs.length).map(([x, y], i) => mark(spread.refs[i]!, from.x + x, from.y + y, from));
}
