import assert from "node:assert/strict";
import { test } from "vitest";
import { Clock } from "../src/time/clock";
import { donutRadius } from "../src/marks/clusters";
import { Grounds } from "../src/canvas/grounds";
import type { Frame } from "../src/canvas/frame";
import { Gatherer } from "../src/marks/gather";
import { worldX, worldY } from "../src/canvas/geodesic";
import { IncidentSet } from "../src/data/incidents";
import { OTHER_SLOT } from "../src/data/kinds";
import { areasOf, batchesOf, layoutMarks, type Mark } from "../src/marks/marklayout";
import { boundsOf, refsOf } from "../src/data/members";
import { Block } from "../src/data/payload";
import { pushApart } from "../src/marks/pushapart";
import { legEnds, MOST_SPREAD, Spread } from "../src/marks/spread";
import { tollRadius, tollSteps } from "../src/marks/tollsize";
import { incidentBlock, type MadeUp } from "./fixture";

const DAY = 19_700;

function frameAt(lon: number, lat: number, zoom: number): Frame {
  const scale = 256 * 2 ** zoom;
  const view = { scale, left: Math.round(worldX(lon) * scale - 600), top: Math.round(worldY(lat) * scale - 400), width: 1200, height: 800 };
  return { view, views: [view], zoom } as unknown as Frame;
}

function clockOf(rows: readonly MadeUp[]): { clock: Clock; set: IncidentSet } {
  const set = new IncidentSet(new Block(incidentBlock(rows)));
  const clock = new Clock();
  clock.add(set);
  return { clock, set };
}

function marksOf(clock: Clock, frame: Frame, spread: Spread | null = null): readonly Mark[] {
  const batches = batchesOf(clock, clock.sets, spread);
  return layoutMarks(frame, clock, batches, areasOf(batches), spread, new Gatherer()).marks;
}

const SCATTERED: readonly MadeUp[] = Array.from({ length: 3000 }, (_, i) => ({
  kind: ["battle", "protest", "flood"][i % 3]!, precision: ["site", "settlement", "vicinity"][i % 3]!, start: DAY + Math.floor(i / 10),
  lon: 36 + ((i * 7919) % 997) / 300, lat: 32 + ((i * 104_729) % 613) / 300,
}));

test("groups hold every incident of the view once, and their rings add up", () => {
  const { clock } = clockOf(SCATTERED);
  const marks = marksOf(clock, frameAt(37.6, 33, 6.25));
  const rows = marks.flatMap(({ members }) => refsOf(members()).map(({ row }) => row)).sort((a, b) => a - b);
  assert.deepEqual(rows, Array.from({ length: 3000 }, (_, i) => i));
  for (const { shape, count, bySlot, members } of marks) {
    assert.equal(refsOf(members()).length, count);
    if (shape === "donut") assert.equal(bySlot.reduce((a, b) => a + b, 0), count);
  }
});

test("panning moves no incident to another group", () => {
  const { clock } = clockOf(SCATTERED);
  const groupsAt = (dx: number): string[] => {
    const frame = frameAt(37.6, 33, 6.25);
    const view = { ...frame.view, left: frame.view.left + dx };
    return marksOf(clock, { ...frame, view, views: [view] }).map(({ count, members }) => `${count} ${refsOf(members(), 1)[0]!.row}`).sort();
  };
  assert.deepEqual(groupsAt(37), groupsAt(0));
  assert.deepEqual(groupsAt(-101), groupsAt(0));
});

test("a donut shows what the filter leaves", () => {
  const { clock } = clockOf(SCATTERED);
  clock.toggle("kind", "0");
  const marks = marksOf(clock, frameAt(37.6, 33, 6.25));
  assert.equal(marks.reduce((sum, { count }) => sum + count, 0), 2000);
  assert.ok(marks.every(({ bySlot }) => (bySlot[0] ?? 0) === 0));
});

test("a view with more marks than can be told apart stays grouped at any zoom", () => {
  const { clock } = clockOf(SCATTERED.map((row) => ({ ...row, lon: 36 + (row.lon! - 36) / 100, lat: 32 + (row.lat! - 32) / 100 })));
  const frame = frameAt(36.016, 32.01, 13);
  assert.ok(marksOf(clock, frame).length < 1500);
  clock.setWindow(DAY, DAY + 99);
  assert.equal(marksOf(clock, frame).length, 1000);
});

const SPOT: readonly MadeUp[] = ["battle", "protest", "flood"].map((kind) => ({ kind, precision: "site", start: DAY, lon: 38.7, lat: 33.3 }));

test("incidents of one spot are one mark until they are spread", () => {
  const { clock, set } = clockOf(SPOT);
  const frame = frameAt(38.7, 33.3, 12);
  const [mark, ...others] = marksOf(clock, frame);
  assert.deepEqual([mark!.count, mark!.oneSpot, others.length], [3, true, 0]);
  const spread = new Spread(refsOf(mark!.members()));
  const legs = marksOf(clock, frame, spread);
  assert.deepEqual(legs.map(({ ref }) => ref.row).sort(), [0, 1, 2]);
  assert.ok(legs.every(({ leg }) => leg !== undefined && Math.abs(leg.x - mark!.x) < 1e-6));
  clock.select({ set, row: 1 });
  assert.equal(marksOf(clock, frame, spread).length, 3);
  assert.equal(marksOf(clock, frame).length, 2);
});

test("legs end apart from each other", () => {
  for (const count of [2, 5, 9, 10, MOST_SPREAD]) {
    const ends = legEnds(count);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) assert.ok(Math.hypot(ends[i]![0] - ends[j]![0], ends[i]![1] - ends[j]![1]) > 15, `${count}: ${i}, ${j}`);
    }
  }
});

test("the area of a mark grows with the number of killed", () => {
  assert.deepEqual([0, 1, 100, 400, 9999].map((number) => tollRadius(number, 400)), [5, 5, 10, 20, 20]);
  assert.deepEqual(tollSteps(400), [30, 100, 400]);
  assert.deepEqual([tollSteps(3), tollSteps(0)], [[3], []]);
  const { clock } = clockOf([{ ...SPOT[0]!, killed: [1, 9] }, { ...SPOT[0]!, lon: 38.9, killed: [0, 0] }]);
  const frame = frameAt(38.7, 33.3, 12);
  assert.deepEqual(marksOf(clock, frame).map(({ radius }) => radius), [5, 5]);
  clock.sizeByToll(true);
  const sizes = marksOf(clock, frame).map(({ size }) => [size!.outer, Math.round(size!.inner * 10) / 10]);
  assert.deepEqual(sizes.sort((a, b) => b[0]! - a[0]!), [[20, 6.7], [5, 0]]);
});

test("pushing keeps marks near their places", () => {
  const bodies = Array.from({ length: 400 }, (_, i) => ({ x: (i * 7919) % 397, y: (i * 104_729) % 313, radius: donutRadius(1 + (i % 9)), most: 12 }));
  const homes = bodies.map(({ x, y }) => ({ x, y }));
  pushApart(bodies);
  bodies.forEach(({ x, y }, i) => {
    assert.ok(Math.hypot(x - homes[i]!.x, y - homes[i]!.y) < 12.001);
  });
  const pair = [{ x: 0, y: 0, radius: 10, most: 12 }, { x: 12, y: 0, radius: 10, most: 12 }];
  pushApart(pair);
  assert.ok(pair[1]!.x - pair[0]!.x >= 21.9);
});

test("donuts of spots close together are pushed apart, each with a leg to its spot", () => {
  const near = (lon: number): MadeUp[] => Array.from({ length: 4 }, () => ({ kind: "battle", precision: "site", start: DAY, lon, lat: 33.3 }));
  const { clock } = clockOf([...near(38.7), ...near(38.703)]);
  const [a, b] = marksOf(clock, frameAt(38.7, 33.3, 10)) as [Mark, Mark];
  assert.deepEqual([a.shape, b.shape], ["donut", "donut"]);
  assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= a.radius + b.radius + 1.9);
  assert.ok(a.leg !== undefined && b.leg !== undefined && Math.abs(a.leg.x - b.leg.x) < 4);
});

test("groups stand aside for the selected mark, which would hide their number", () => {
  const near = Array.from({ length: 6 }, (_, i) => ({ kind: "battle", precision: "site", start: DAY, lon: 38.7 + i / 1000, lat: 33.3 }));
  for (const zoom of [6, 12]) {
    const { clock, set } = clockOf(zoom === 6 ? near : near.map((row) => ({ ...row, lon: 38.7 })));
    clock.select({ set, row: 2 });
    const marks = marksOf(clock, frameAt(38.7, 33.3, zoom));
    const [group, own] = [marks.find(({ shape }) => shape === "donut")!, marks.at(-1)!];
    assert.deepEqual([group.count, own.count, own.ref.row], [5, 1, 2]);
    assert.ok(Math.hypot(group.x - own.x, group.y - own.y) >= group.radius + own.radius + 5, `zoom ${zoom}`);
    assert.equal(group.leg !== undefined, zoom === 12);
    assert.equal(refsOf(group.members()).length, 5);
  }
});

test("incidents of one place lie in one copy of the world, half a world round the middle that is left free", () => {
  const { clock } = clockOf(Array.from({ length: 40 }, (_, i) => ({ kind: "earthquake", precision: "site", start: DAY, lon: -119 + i / 20, lat: 35 })));
  const frame = frameAt(62.2, 20, 1.25);
  const view = { ...frame.view, middle: frame.view.left + 700 };
  assert.equal(marksOf(clock, frame).length, 2);
  const marks = marksOf(clock, { ...frame, view, views: [view] });
  assert.deepEqual(marks.map(({ count }) => count), [40]);
  assert.ok(marks[0]!.x > 700);
});

test("places on both sides of the date line have a narrow box", () => {
  const { set } = clockOf([179, -178].map((lon) => ({ kind: "storm", precision: "site", start: DAY, lon, lat: -17 })));
  const { west, east } = boundsOf([{ set, rows: [0, 1] }])!;
  assert.deepEqual([west, Math.round(east * 10) / 10], [179, 182.1]);
});

test("a ground that incidents of several kinds share is of none", () => {
  const grounds = new Grounds();
  const path = {} as Path2D;
  let made = 0;
  for (const [key, slot] of [["a", 0], ["a", 0], ["b", 0], ["b", 3], ["b", 0]] as const) grounds.addArea(key, slot, () => (made++, path));
  assert.deepEqual([made, ...grounds.areas.map(({ slot }) => slot)], [2, 0, OTHER_SLOT]);
});

test("discs of one spot leave each other out, from large to small", () => {
  const grounds = new Grounds();
  for (const [x, radius, slot] of [[5, 20, 0], [5, 60, 1], [5, 20, 0], [9, 40, 2], [5, 40, 3], [5, 40, 2]] as const) {
    grounds.addDisc(x, 5, radius, slot, false);
  }
  grounds.addDisc(5, 5, 70, 1, true);
  assert.deepEqual(grounds.rings().map(({ x, outer, inner, slot, water }) => [x, outer, inner, slot, water]), [
    [5, 70, 0, 1, true], [5, 60, 40, 1, false], [5, 40, 20, OTHER_SLOT, false], [9, 40, 0, 2, false], [5, 20, 0, 0, false],
  ]);
  assert.deepEqual([grounds.count, grounds.anyWater], [5, true]);
});

test("undated incidents are counted as far as the filters let them pass", () => {
  const { clock } = clockOf(["battle", "protest", "protest"].map((kind) => ({ kind, precision: "site", start: null })));
  assert.equal(clock.undated, 3);
  clock.showUndated(false);
  assert.equal(clock.undated, 3);
  clock.toggle("kind", String(clock.plan.slotOf.get("battle")));
  assert.equal(clock.undated, 2);
});
