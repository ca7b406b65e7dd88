/** Which marks a frame shows: singles, donuts, squares for areas. */

import { areaCount, type AreaGroup, groupAreas } from "./areagroups";
import type { Clock, Ref } from "../time/clock";
import { donutRadius, type Group, groupCells } from "./clusters";
import type { Frame } from "../canvas/frame";
import type { Batch, Gatherer } from "./gather";
import type { IncidentSet } from "../data/incidents";
import { OTHER_SLOT } from "../data/kinds";
import type { Members } from "../data/members";
import { PRECISION_CLASSES, type PrecisionClass } from "../data/precision";
import { pushApart } from "./pushapart";
import { firstRows, rowsIn, rowsNear } from "./rowsat";
import { type Spread, spreadMarks } from "./spread";
import { largestToll, sizeOf, type TollSize } from "./tollsize";
import { type Viewport, westEnd } from "../canvas/trace";

/** From this zoom on, every incident has its own mark. */
export const OWN_MARK_ZOOM = 9;
/** Unless there are more than so many in sight: a wall of marks says less than donuts. */
const MOST_OWN_MARKS = 2500;

/** Where a table knows more areas than this, their squares would cover the map. */
const MOST_AREAS = 1000;

const CLUSTER_PX = 27;
const CLUSTER_PHONE_PX = 30;
const OUTSIDE_PX = 40;
/** How far the donut of a spot may stand beside it. */
const MOST_ASIDE_PX = 48;
const SPECK_ZOOM = 4.75;
/** From the edge of the selected mark to what is free of its ring. */
const SELECTED_REACH_PX = 8;

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
  /** The first member; that of a donut is looked for among all incidents when it is first asked for. */
  readonly ref: Ref;
  readonly members: () => readonly Members[];
  readonly withdrawn?: boolean;
  /** All members lie on one spot. */
  readonly oneSpot?: boolean;
  /** Where marks are as large as their incidents are deadly. */
  readonly size?: TollSize | null;
  /** Where a leg begins that leads to the mark. */
  readonly leg?: { readonly x: number; readonly y: number };
}

export interface MarkLayout {
  readonly marks: readonly Mark[];
  /** False where groups stand for incidents although the zoom would give each a mark. */
  readonly own: boolean;
}

const RADIUS: Readonly<Record<PrecisionClass, number>> = {
  point: 5, settlement: 7.25, vicinity: 7.5, area: 8, country: 0, none: 0,
};

/** A square with a number beside it. */
const COUNTED_AREA = 12;

/** Canvas position of a point of the unit square, in the copy of the world round the middle of the view. */
export function onCanvas(view: Viewport, unitX: number, unitY: number): { x: number; y: number } {
  const { scale, left } = view;
  const west = westEnd(view);
  const worldX = unitX * scale - west;
  return { x: west + worldX - scale * Math.floor(worldX / scale) - left, y: unitY * scale - view.top };
}

/** The visible rows of some sets; the selected incident stands alone, so it is left out. */
export function batchesOf(clock: Clock, sets: readonly IncidentSet[], spread: Spread | null): Batch[] {
  const { marked } = clock;
  const alone = marked !== null && spread?.has(marked) !== true ? marked : null;
  const areas = sets.some((set) => areaCount(set) > MOST_AREAS);
  return sets.map((set) => ({
    set, rows: clock.rows(set), broad: clock.broadRows(set), slots: clock.slots(set), without: alone?.set === set ? alone.row : -1, areas,
  }));
}

/** The squares of areas; none where there are so many that they count like points. */
export function areasOf(batches: readonly Batch[]): readonly AreaGroup[] {
  return batches.some((batch) => batch.areas) ? [] : groupAreas(batches);
}

export function layoutMarks(
  frame: Frame, clock: Clock, batches: readonly Batch[], areas: readonly AreaGroup[], spread: Spread | null, gatherer: Gatherer,
): MarkLayout {
  const { view, zoom } = frame;
  const wide = zoom >= OWN_MARK_ZOOM ? rowsNear(batches, view, MOST_OWN_MARKS) : null;
  const marks: Mark[] = [];
  if (wide !== null) {
    for (const spot of spotsOf(batches, wide)) {
      if (spread?.holds(spot) === true) marks.push(...spreadMarks(spread, frame, (ref, x, y, leg) => ({ ...single(clock, ref, x, y), leg })));
      else marks.push(markOfSpot(frame, clock, spot));
    }
    for (const area of areas) marks.push(markOfArea(frame, area));
  } else {
    const cells = gatherer.fill(batches, view);
    const groups = groupCells(cells, view.width < 840 ? CLUSTER_PHONE_PX : CLUSTER_PX);
    const held = new Map<Group, AreaGroup[]>();
    for (const area of areas) {
      const host = hostOf(groups, area, view, zoom);
      if (host === undefined) marks.push(markOfArea(frame, area));
      else {
        absorb(host, area);
        held.set(host, [...(held.get(host) ?? []), area]);
      }
    }
    const refs = firstRefs(batches, view, groups.filter(({ count }) => count > 1).map(({ seed }) => cells.place[seed]!));
    for (const group of groups) {
      const members = (): readonly Members[] => [
        ...rowsIn(batches, view, new Set(group.places)).map((rows, i) => ({ set: batches[i]!.set, rows })),
        ...(held.get(group) ?? []).flatMap((area) => area.members),
      ];
      const [x, y] = [group.x - view.left, group.y - view.top];
      if (!isNear(view, x, y)) continue;
      const { seed, count } = group;
      const place = cells.place[seed]!;
      if (count > 1) marks.push(donut(group, () => refs(place), x, y, members));
      else marks.push(single(clock, { set: batches[cells.batch[seed]!]!.set, row: cells.row[seed]! }, x, y));
    }
  }
  const shown = marks.filter(({ x, y }) => isNear(view, x, y));
  if (wide === null) pushApart(shown);
  else separateDonuts(shown);
  // The largest first, so that single marks are never under a donut.
  shown.sort((a, b) => b.count - a.count || a.y - b.y);
  const { selected } = clock;
  if (selected !== null && batches.some(({ set, without }) => set === selected.set && without === selected.row)) {
    const own = ownMark(frame, clock, selected);
    if (own !== null) {
      makeRoom(shown, own);
      shown.push(own);
    }
  }
  return { marks: shown, own: wide !== null };
}

/** The first incident of each of some cells: looked for on first need, as that takes a look at all rows. */
function firstRefs(batches: readonly Batch[], view: Viewport, places: readonly number[]): (place: number) => Ref {
  let found: ReturnType<typeof firstRows> | null = null;
  return (place) => {
    found ??= firstRows(batches, view, places);
    const { batch, row } = found.get(place)!;
    return { set: batches[batch]!.set, row };
  };
}

/** Donuts of spots close together; a leg leads back to the spot of one that had to move. */
function separateDonuts(marks: Mark[]): void {
  const places = marks.flatMap(({ shape }, i) => (shape === "donut" ? [i] : []));
  const bodies = places.map((i) => ({ x: marks[i]!.x, y: marks[i]!.y, radius: marks[i]!.radius, most: MOST_ASIDE_PX }));
  pushApart(bodies, 40);
  bodies.forEach(({ x, y }, i) => {
    const mark = marks[places[i]!]!;
    if (Math.hypot(x - mark.x, y - mark.y) > 0.5) marks[places[i]!] = { ...mark, x, y, leg: { x: mark.x, y: mark.y } };
  });
}

/** Rows that lie on one spot, per set. */
function spotsOf(batches: readonly Batch[], rows: readonly Int32Array[]): Members[][] {
  const spots = new Map<string, { set: IncidentSet; rows: number[] }[]>();
  batches.forEach(({ set }, i) => {
    for (const row of rows[i]!) {
      const key = `${set.x[row]!},${set.y[row]!}`;
      const spot = spots.get(key);
      const own = spot?.find((each) => each.set === set);
      if (own !== undefined) own.rows.push(row);
      else if (spot !== undefined) spot.push({ set, rows: [row] });
      else spots.set(key, [{ set, rows: [row] }]);
    }
  });
  return [...spots.values()];
}

function markOfSpot(frame: Frame, clock: Clock, spot: readonly Members[]): Mark {
  const { set, rows } = spot[0]!;
  const ref = { set, row: rows[0]! };
  const { x, y } = onCanvas(frame.view, set.x[ref.row]!, set.y[ref.row]!);
  const group = { count: 0, vague: 0, bySlot: new Array<number>(OTHER_SLOT + 1).fill(0) };
  for (const part of spot) {
    const slots = clock.slots(part.set);
    for (const row of part.rows) {
      const weight = part.set.weights?.[row] ?? 1;
      group.count += weight;
      group.bySlot[slots[row]!]! += weight;
      if (PRECISION_CLASSES[part.set.precisionClass[row]!] === "vicinity") group.vague += weight;
    }
  }
  return group.count === 1 ? single(clock, ref, x, y) : { ...donut(group, () => ref, x, y, () => spot), oneSpot: true };
}

function markOfArea(frame: Frame, area: AreaGroup): Mark {
  const { set, rows } = area.members[0]!;
  return {
    ...onCanvas(frame.view, area.x, area.y),
    shape: "area",
    radius: area.count > 1 ? COUNTED_AREA : RADIUS.area,
    // The square of an area may stand anywhere in it.
    most: 26,
    slot: area.bySlot.indexOf(Math.max(...area.bySlot)),
    count: area.count, bySlot: area.bySlot, vague: true, ref: { set, row: rows[0]! }, members: () => area.members,
  };
}

function single(clock: Clock, ref: Ref, x: number, y: number): Mark {
  const shape = PRECISION_CLASSES[ref.set.precisionClass[ref.row]!]!;
  const withdrawn = ref.set.verifications[ref.set.verified[ref.row]!] === "withdrawn";
  const size = clock.sizedByToll ? sizeOf(ref, largestToll(clock.sets)) : null;
  return {
    x, y, shape, size, withdrawn, radius: size?.outer ?? RADIUS[shape], most: 12, slot: withdrawn ? OTHER_SLOT : clock.slot(ref),
    count: 1, bySlot: [], vague: shape === "vicinity", ref, members: () => [{ set: ref.set, rows: [ref.row] }],
  };
}

function donut(
  group: Pick<Group, "count" | "vague" | "bySlot">, ref: () => Ref, x: number, y: number, members: () => readonly Members[],
): Mark {
  const { count, bySlot } = group;
  return {
    x, y, shape: "donut", radius: donutRadius(count), most: 12, slot: bySlot.indexOf(Math.max(...bySlot)),
    count, bySlot, vague: group.vague > count / 2, members,
    get ref() {
      return ref();
    },
  };
}

/** The donut that hides a square; on small scales, where provinces are specks, also the one beside it. */
function hostOf(groups: readonly Group[], area: AreaGroup, view: Viewport, zoom: number): Group | undefined {
  const reach = zoom < SPECK_ZOOM ? 16 : -4;
  const at = onCanvas(view, area.x, area.y);
  return groups.find(({ x, y, count }) =>
    count > 1 && Math.abs(y - view.top - at.y) < 46 && Math.hypot(x - view.left - at.x, y - view.top - at.y) < donutRadius(count) + reach,
  );
}

/** Area incidents count in a donut but never pull its centre. */
function absorb(host: Group, area: AreaGroup): void {
  host.count += area.count;
  host.vague += area.count;
  area.bySlot.forEach((count, slot) => {
    host.bySlot[slot]! += count;
  });
}

/** Groups stand aside for the mark that stands alone, which would hide their number. */
function makeRoom(marks: Mark[], own: Mark): void {
  marks.forEach((mark, i) => {
    if (mark.count < 2) return;
    const [dx, dy] = [mark.x - own.x, mark.y - own.y];
    const [apart, need] = [Math.hypot(dx, dy), mark.radius + SELECTED_REACH_PX + own.radius];
    if (apart >= need) return;
    const [ux, uy] = apart < 1 ? [1, 0] : [dx / apart, dy / apart];
    const [x, y] = [own.x + ux * need, own.y + uy * need];
    // A group of several places has no one place for a leg to lead back to.
    if (mark.oneSpot === true) marks[i] = { ...mark, x, y, leg: mark.leg ?? { x: mark.x, y: mark.y } };
    else [mark.x, mark.y] = [x, y];
  });
}

function isNear({ width, height }: Viewport, x: number, y: number): boolean {
  return x > -OUTSIDE_PX && x < width + OUTSIDE_PX && y > -OUTSIDE_PX && y < height + OUTSIDE_PX;
}

/** The selected incident stands alone, at its true place, whatever lies round it. */
function ownMark(frame: Frame, clock: Clock, ref: Ref): Mark | null {
  const shape = PRECISION_CLASSES[ref.set.precisionClass[ref.row]!]!;
  if (shape === "country" || shape === "none") return null;
  const { x, y } = onCanvas(frame.view, ref.set.x[ref.row]!, ref.set.y[ref.row]!);
  return isNear(frame.view, x, y) ? { ...single(clock, ref, x, y), most: 0 } : null;
}
