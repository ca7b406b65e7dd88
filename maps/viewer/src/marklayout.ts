/** Which marks a frame shows: singles, donuts, squares for areas, counts for countries. */

import type { Clock, Ref } from "./clock";
import { donutRadius, type Group, groupPoints, pushApart } from "./clusters";
import type { IncidentSet } from "./incidents";
import { PRECISION_CLASSES, type PrecisionClass } from "./precision";
import type { Frame } from "./frame";
import type { Viewport } from "./trace";

/** From this zoom on, every incident has its own mark. */
export const OWN_MARK_ZOOM = 9;

const AREA = PRECISION_CLASSES.indexOf("area");
const COUNTRY = PRECISION_CLASSES.indexOf("country");
const VICINITY = PRECISION_CLASSES.indexOf("vicinity");
const CLUSTER_PX = 27;
const CLUSTER_PHONE_PX = 30;
const OUTSIDE_PX = 40;
const SPECK_ZOOM = 4.75;

export interface Mark {
  x: number;
  y: number;
  readonly radius: number;
  /** How far it may be pushed from its true place, in pixels. */
  readonly most: number;
  readonly shape: PrecisionClass | "donut";
  /** The slot that colours it; of an area with several incidents the most frequent one. */
  readonly slot: number;
  readonly count: number;
  readonly bySlot: readonly number[];
  readonly vague: boolean;
  readonly parts: boolean;
  /** The first member. */
  readonly ref: Ref;
  readonly refs: () => readonly Ref[];
}

const RADIUS: Readonly<Record<PrecisionClass, number>> = {
  point: 5, settlement: 7.25, vicinity: 7.5, area: 8, country: 0, none: 0,
};

/** A square with a number beside it. */
const COUNTED_AREA = 12;

/** Growing columns of points with the incident of each. */
class Collected {
  x: Float64Array;
  y: Float64Array;
  row: Int32Array;
  set: Uint8Array;
  size = 0;

  constructor(room = 256) {
    this.x = new Float64Array(room);
    this.y = new Float64Array(room);
    this.row = new Int32Array(room);
    this.set = new Uint8Array(room);
  }

  push(x: number, y: number, set: number, row: number): void {
    if (this.size === this.x.length) this.#grow();
    this.x[this.size] = x;
    this.y[this.size] = y;
    this.set[this.size] = set;
    this.row[this.size++] = row;
  }

  #grow(): void {
    const grown = <T extends Float64Array | Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    const length = 2 * this.x.length;
    this.x = grown(this.x, new Float64Array(length));
    this.y = grown(this.y, new Float64Array(length));
    this.row = grown(this.row, new Int32Array(length));
    this.set = grown(this.set, new Uint8Array(length));
  }
}

/** Canvas position of a point of the unit square, in the copy of the world nearest to the view's middle. */
export function onCanvas(view: Viewport, unitX: number, unitY: number): { x: number; y: number } {
  return { x: nearestCopy(view, unitX * view.scale) - view.left, y: unitY * view.scale - view.top };
}

function nearestCopy({ scale, left, width }: Viewport, worldX: number): number {
  return worldX + scale * Math.round((left + width / 2 - worldX) / scale);
}

export function layoutMarks(frame: Frame, clock: Clock, sets: readonly IncidentSet[]): Mark[] {
  const points = new Collected();
  const areas = new Map<string, Collected>();
  const { view, zoom } = frame;
  sets.forEach((set, index) => {
    const selectedRow = clock.selected?.set === set ? clock.selected.row : -1;
    for (const row of clock.rows(set)) {
      const precision = set.precisionClass[row]!;
      if (precision > COUNTRY || row === selectedRow) continue;
      if (precision === COUNTRY) noteCountry(frame, { set, row });
      else (precision === AREA ? areaOf(areas, set, row) : points).push(
        nearestCopy(view, set.x[row]! * view.scale), set.y[row]! * view.scale, index, row,
      );
    }
  });
  const radius = zoom >= OWN_MARK_ZOOM ? 0 : frame.view.width < 840 ? CLUSTER_PHONE_PX : CLUSTER_PX;
  const marks: Mark[] = [];
  const add = (from: Collected, group: Group): void => {
    if (isNear(view, group.x - view.left, group.y - view.top)) marks.push(markOf(frame, clock, sets, from, group));
  };
  const groups = groupPoints(points, radius);
  for (const area of areas.values()) {
    const square = wholeGroup(area);
    const host = zoom >= OWN_MARK_ZOOM ? undefined : hostOf(groups, square, zoom);
    if (host === undefined) add(area, square);
    else absorb(points, host, area);
  }
  for (const group of groups) add(points, group);
  if (zoom < OWN_MARK_ZOOM) pushApart(marks);
  // The largest first, so that single marks are never under a donut.
  marks.sort((a, b) => b.count - a.count || a.y - b.y);
  const { selected } = clock;
  if (selected !== null && sets.includes(selected.set)) {
    const own = ownMark(frame, clock, selected);
    if (own !== null) marks.push(own);
  }
  return marks;
}

/** Incidents of one province share a square; of districts those do that share a point. */
function areaOf(areas: Map<string, Collected>, set: IncidentSet, row: number): Collected {
  const province = set.word(set.precision, row) === "admin1" ? set.word(set.province, row) : null;
  const key = province ?? `${set.x[row]!},${set.y[row]!}`;
  let area = areas.get(key);
  if (area === undefined) {
    area = new Collected(4);
    areas.set(key, area);
  }
  return area;
}

/** The donut that hides a square; on small scales, where provinces are specks, also the one beside it. */
function hostOf(groups: readonly Group[], square: Group, zoom: number): Group | undefined {
  const reach = zoom < SPECK_ZOOM ? 16 : -4;
  return groups.find(({ x, y, members }) =>
    members.length > 1 && Math.hypot(x - square.x, y - square.y) < donutRadius(members.length) + reach,
  );
}

/** Area incidents count in a donut but never pull its centre. */
function absorb(points: Collected, host: Group, area: Collected): void {
  for (let i = 0; i < area.size; i++) {
    host.members.push(points.size);
    points.push(area.x[i]!, area.y[i]!, area.set[i]!, area.row[i]!);
  }
}

function wholeGroup(area: Collected): Group {
  const members = Array.from({ length: area.size }, (_, i) => i);
  const mean = (values: Float64Array): number => members.reduce((sum, i) => sum + values[i]!, 0) / area.size;
  return { x: mean(area.x), y: mean(area.y), members };
}

function isNear({ width, height }: Viewport, x: number, y: number): boolean {
  return x > -OUTSIDE_PX && x < width + OUTSIDE_PX && y > -OUTSIDE_PX && y < height + OUTSIDE_PX;
}

function noteCountry(frame: Frame, ref: Ref): void {
  const code = ref.set.word(ref.set.country, ref.row) ?? "";
  const here = frame.countryOnly.get(code);
  if (here === undefined) frame.countryOnly.set(code, [ref]);
  else here.push(ref);
}

/** The selected incident stands alone, at its true place, whatever lies round it. */
function ownMark(frame: Frame, clock: Clock, ref: Ref): Mark | null {
  const shape = PRECISION_CLASSES[ref.set.precisionClass[ref.row]!]!;
  if (shape === "country" || shape === "none") return null;
  const slot = clock.slot(ref);
  const { x, y } = onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!);
  if (!isNear(frame.view, x, y)) return null;
  return {
    x, y, shape, slot, ref, radius: RADIUS[shape], most: 0, count: 1, bySlot: [], vague: false, parts: false, refs: () => [ref],
  };
}

function markOf(
  frame: Frame, clock: Clock, sets: readonly IncidentSet[], from: Collected, { x, y, members }: Group,
): Mark {
  const refAt = (member: number): Ref => ({ set: sets[from.set[member]!]!, row: from.row[member]! });
  const ref = refAt(members[0]!);
  const first = PRECISION_CLASSES[ref.set.precisionClass[ref.row]!]!;
  const count = members.length;
  const bySlot = new Array<number>(9).fill(0);
  let vague = 0;
  let parts = false;
  const slots = sets.map((set) => clock.slots(set));
  for (const member of members) {
    const [index, row] = [from.set[member]!, from.row[member]!];
    const set = sets[index]!;
    bySlot[slots[index]![row]!]!++;
    if (set.precisionClass[row]! >= VICINITY) vague++;
    parts ||= set.x[row] !== ref.set.x[ref.row] || set.y[row] !== ref.set.y[ref.row];
  }
  const shape = first === "area" || count === 1 ? first : "donut";
  const refs = (): readonly Ref[] =>
    members.map(refAt).sort((a, b) => sets.indexOf(a.set) - sets.indexOf(b.set) || a.row - b.row);
  return {
    x: x - frame.view.left,
    y: y - frame.view.top,
    shape,
    radius: shape === "donut" ? donutRadius(count) : count > 1 ? COUNTED_AREA : RADIUS[shape],
    // The square of an area may stand anywhere in it.
    most: shape === "area" ? 26 : 12,
    slot: bySlot.indexOf(Math.max(...bySlot)),
    count,
    bySlot,
    vague: vague > count / 2,
    parts,
    ref,
    refs,
  };
}
