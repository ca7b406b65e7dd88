import assert from "node:assert/strict";
import { test } from "vitest";
import { ArcLevel } from "../src/ground/arcs";
import { contains } from "../src/ground/lines";
import { Clock } from "../src/time/clock";
import { Disputes } from "../src/ground/disputes";
import { Footprints, reachOf } from "../src/data/footprints";
import { direct, worldX, worldY } from "../src/canvas/geodesic";
import type { Frame, MarkBox } from "../src/canvas/frame";
import { IncidentSet } from "../src/data/incidents";
import { planKinds } from "../src/data/kinds";
import { isMistakable } from "../src/names/labels";
import { Block } from "../src/data/payload";
import { KIND_COLOURS, TOKENS } from "../src/canvas/tokens";
import { clipRing } from "../src/canvas/trace";
import { disputeSentence, worldviewLine } from "../src/words/disputes";
import { container, delta, dictionary, incidentBlock, type MadeUp, plain } from "./fixture";

/** Two square provinces side by side, of two countries, in the sea; 1 degree wide. */
function twoSquares(): ArcLevel {
  const arcs = [
    { left: 2, right: 0, kind: "border", points: [[1, 0], [1, 1]] },
    { left: 0, right: -1, kind: "coast", points: [[1, 0], [0, 0], [0, 1], [1, 1]] },
    { left: 2, right: -1, kind: "coast", points: [[1, 1], [2, 1], [2, 0], [1, 0]] },
  ];
  const points = arcs.flatMap((arc) => arc.points);
  return new ArcLevel(new Block(container({
    x: delta(points.map(([x]) => x! * 1e6)),
    y: delta(points.map(([, y]) => y! * 1e6)),
    arc_length: plain(arcs.map((arc) => arc.points.length), "i32"),
    left: delta(arcs.map((arc) => arc.left)),
    right: delta(arcs.map((arc) => arc.right)),
    kind: dictionary(arcs.map((arc) => arc.kind)),
    border_pair: dictionary(["AAA-BBB", null, null]),
    status: dictionary(["international", null, null]),
  }, { level: "low", min_zoom: 0, max_zoom: 5 })), new Block(container({
    country_a3: dictionary(["AAA", null, "BBB"]),
    admin1_code: dictionary(["A", null, "B"]),
  })));
}

test("faces and unions are stitched into rings without their inner lines", () => {
  const level = twoSquares();
  const inside = (rings: ReturnType<ArcLevel["province"]>, lon: number, lat: number): boolean =>
    contains(rings, worldX(lon), worldY(lat));
  const [a, all] = [level.province("A"), level.outline(() => true)];
  assert.equal(a.length, 1);
  assert.equal(a[0]!.points.length / 2, 4);
  assert.deepEqual([inside(a, 0.5, 0.5), inside(a, 1.5, 0.5)], [true, false]);
  assert.equal(all.length, 1);
  assert.deepEqual([inside(all, 0.5, 0.5), inside(all, 1.5, 0.5), inside(all, 2.5, 0.5)], [true, true, false]);
  const [east, both] = [level.outlineOf(new Set([2])), level.outlineOf(new Set([0, 2, 7]))];
  assert.deepEqual([inside(east, 0.5, 0.5), inside(east, 1.5, 0.5)], [false, true]);
  assert.equal(both.length, 1);
  assert.deepEqual([inside(both, 0.5, 0.5), inside(both, 1.5, 0.5), inside(both, 2.5, 0.5)], [true, true, false]);
});

test("disputed areas in sight are named, also where one fills the window", () => {
  const level = twoSquares();
  const data = [{ holder: "A", claimants: ["B", "C"], areas: { 0: "West", 7: "Nowhere" } }, { holder: null, claimants: [], areas: { 2: "East" } }];
  const disputes = new Disputes(data);
  const frameAt = (lon: number, lat: number, zoom: number): Frame => {
    const scale = 256 * 2 ** zoom;
    const view = { scale, left: worldX(lon) * scale - 50, top: worldY(lat) * scale - 50, width: 100, height: 100 };
    return { view, views: [view], zoom, marks: [], sight: { left: 0, top: 0, right: 100, bottom: 100 } } as unknown as Frame;
  };
  const said = (lon: number, lat: number, zoom: number): string[] => disputes.inSight(frameAt(lon, lat, zoom), level, 0).map(disputeSentence);
  assert.deepEqual(said(0.9, 0.5, 8), ["West: held by A, claimed by B and C", "East: status disputed"]);
  assert.deepEqual(said(0.5, 0.4, 14), ["West: held by A, claimed by B and C"]);
  assert.deepEqual(said(1.1, 0.5, 8), said(0.9, 0.5, 8).reverse());
  assert.deepEqual(said(-3, 0.5, 8), []);
  const frame = frameAt(0.9, 0.5, 8);
  const [x, y] = [worldX(1.05) * frame.view.scale - frame.view.left, worldY(0.5) * frame.view.scale - frame.view.top];
  const marked = { ...frame, marks: [{ left: x - 1, right: x + 1, top: y - 1, bottom: y + 1 }] } as unknown as Frame;
  assert.equal(disputes.inSight(marked, level, 1)[0]!.names.join(), "East");
  assert.equal(disputes.inSight(frame, level, 2)[0]!.names.join(), "West");
  // A filter changes their order, and cuts no area to the view again.
  const uncut = { ...marked, get views(): never { throw new Error("cut again"); } };
  assert.equal(disputes.inSight(uncut, level, 3)[0]!.names.join(), "East");
  assert.equal(disputes.at(worldX(1.5), worldY(0.5), level)?.names.join(), "East");
  assert.equal(disputes.at(worldX(2.5), worldY(0.5), level), null);
});

test("a country that is disputed as a whole does not hold itself, and long lists end", () => {
  const names = ["a", "b", "c", "d", "e"];
  assert.equal(disputeSentence({ holder: "Kosovo", claimants: ["Serbia"], names: ["Kosovo"] }), "Kosovo: claimed by Serbia");
  assert.equal(disputeSentence({ holder: "K", claimants: ["S"], names }), "a, b, c and 2 more: held by K, claimed by S");
});

test("the worldview of the borders is said, and that of the incidents where it differs", () => {
  const [facto, ukraine] = [{ name: "default", country: null }, { name: "UA", country: "Ukraine" }];
  assert.equal(worldviewLine({ borders: facto, incidents: facto }), "Borders: de facto");
  assert.equal(worldviewLine({ borders: ukraine, incidents: null }), "Borders: as seen by Ukraine");
  assert.equal(worldviewLine({ borders: ukraine, incidents: facto }), "Borders: as seen by Ukraine; countries of incidents: de facto");
  assert.equal(worldviewLine({ borders: { name: "mine", country: null }, incidents: null }), "Borders: as in mine");
  assert.equal(worldviewLine({ borders: null, incidents: null }), "");
});

test("a footprint is found by its row", () => {
  const squares = [[0, 0, 2, 0, 2, 2, 0, 2], [0.5, 0.5, 1.5, 0.5, 1.5, 1.5, 0.5, 1.5], [5, 0, 6, 0, 6, 1, 5, 1]];
  const every = (axis: number): number[] => squares.flat().filter((_, i) => i % 2 === axis).map((value) => value * 1e5);
  const footprints = new Footprints(new Block(container({
    x: delta(every(0)), y: delta(every(1)), ring_length: plain([4, 4, 4], "i32"), ring_row: plain([1, 1, 4], "i32"),
  })));
  assert.deepEqual([0, 1, 2, 4].map((row) => footprints.of(row)?.length ?? 0), [0, 2, 0, 1]);
  const rings = footprints.of(1)!;
  assert.equal(contains(rings, worldX(0.2), worldY(0.2)), true);
  assert.equal(contains(rings, worldX(1), worldY(1)), false);
  assert.ok(Math.abs(reachOf(footprints.of(4)!) * 360 - 0.5) < 1e-4);
});

test("rings are cut to the view", () => {
  const cut = clipRing([-1000, -1000, 5000, -1000, 5000, 5000, -1000, 5000], 100, 50);
  assert.deepEqual([Math.min(...cut), Math.max(...cut)], [-32, 132]);
});

const DAY = 19_700;
const ROWS: readonly MadeUp[] = [
  { kind: "battle", precision: "site", start: DAY, lon: 36, lat: 33 },
  { kind: "protest", precision: "country", start: DAY + 1, end: DAY + 7, placed: false },
  { kind: "protest", precision: "settlement", start: DAY + 2, lon: 37, lat: 33 },
  { kind: "battle", precision: "none", start: DAY + 20, placed: false },
  { kind: "flood", precision: "admin1", start: null, lon: 38, lat: 34 },
];

test("a town is not named beside the mark of another place", () => {
  const at = { kind: "fire", start: DAY, lon: 38.7, lat: 33.3 };
  const set = new IncidentSet(new Block(incidentBlock([{ ...at, precision: "site" }, { ...at, precision: "settlement" }])));
  const frame = { view: { scale: 256 * 2 ** 8, left: 0, top: 0, width: 800, height: 600 }, zoom: 8 };
  const mark = (row: number, count = 1): MarkBox => ({ left: 95, right: 105, top: 95, bottom: 105, count, first: { set, row } });
  const here = { x: worldX(38.7), y: worldY(33.3) };
  const there = { x: worldX(38.75), y: worldY(33.3) };
  assert.equal(isMistakable(mark(0), 108, 100, there, frame), true);
  assert.equal(isMistakable(mark(0), 100, 100, here, frame), true);
  assert.equal(isMistakable(mark(1), 100, 100, here, frame), false);
  assert.equal(isMistakable(mark(1), 108, 100, there, frame), true);
  assert.equal(isMistakable(mark(1), 120, 100, there, frame), false);
  assert.equal(isMistakable(mark(0, 3), 108, 100, there, frame), false);
});

test("a border beyond 500 km is none", () => {
  const made = { kind: "fire", precision: "site", start: DAY };
  const set = new IncidentSet(new Block(incidentBlock([{ ...made, borderM: 1300 }, { ...made, borderM: 4_997_000 }, made])));
  assert.deepEqual([0, 1, 2].map((row) => set.border(row)?.pair ?? null), ["AAA-BBB", null, null]);
});

test("window and filters: every count comes from the same rows", () => {
  const set = new IncidentSet(new Block(incidentBlock(ROWS)));
  const clock = new Clock();
  clock.add(set);
  assert.deepEqual(clock.window, [DAY, DAY + 20]);
  assert.equal(clock.tally().visible, 5);
  clock.setWindow(DAY + 5, DAY + 10);
  // The protest of a week reaches into the window; the undated flood stays unless it is put off.
  assert.deepEqual([...clock.rows(set)], [1, 4]);
  clock.showUndated(false);
  assert.deepEqual([...clock.rows(set)], [1]);
  clock.showAllDates();
  clock.toggle("kind", "0");
  assert.deepEqual([...clock.rows(set)], [1, 2]);
  assert.equal(clock.tally().kind["0"], 2);
  assert.equal(clock.tally().byPrecision.country, 1);
  clock.clearFilters();
  assert.equal(clock.tally().visible, 5);
});

test("random filters keep the counts equal", () => {
  const set = new IncidentSet(new Block(incidentBlock(ROWS)));
  const clock = new Clock();
  clock.add(set);
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let step = 0; step < 200; step++) {
    if (next(2) === 0) clock.toggle("kind", String(next(9)));
    else clock.setWindow(DAY + next(21), DAY + next(21));
    const { visible, byPrecision } = clock.tally();
    assert.equal(visible, clock.rows(set).length);
    assert.equal(visible, Object.values(byPrecision).reduce((a, b) => a + b, 0));
  }
});

test("a kind keeps its slot; of two that share one the rarer moves", () => {
  const plan = planKinds(new Map([["protest", 5], ["riot", 2], ["battle", 1], ["odd", 1]]), new Map());
  assert.deepEqual([plan.slotOf.get("protest"), plan.slotOf.get("battle"), plan.slotOf.get("odd")], [3, 0, 8]);
  assert.equal(plan.slotOf.get("riot"), 4);
  assert.deepEqual(plan.entries.map(({ borrowed }) => borrowed), [false, false, true, false]);
});

test("the direct geodesic problem", () => {
  // Flinders Peak to Buninyong, the worked example of the Australian geodetic manual.
  const end = direct(144.42486789, -37.95103342, 306.86815833, 54_972.271);
  assert.ok(Math.abs(end.lon - 143.92649553) < 1e-6 && Math.abs(end.lat + 37.65282114) < 1e-6);
});

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

test("colours keep their contrast on every ground", () => {
  for (const theme of ["light", "dark"] as const) {
    const tokens = TOKENS[theme];
    for (const colour of KIND_COLOURS[theme]) {
      for (const ground of [tokens.land, tokens.land2, tokens.sea, tokens.surface]) assert.ok(contrast(colour, ground) >= 3, `${colour} on ${ground}`);
    }
    for (const text of [tokens.ink, tokens.ink2, tokens.ink3]) {
      for (const ground of [tokens.surface, tokens.surface2]) assert.ok(contrast(text, ground) >= 4.5, `${text} on ${ground}`);
    }
    assert.ok(contrast(tokens.control, tokens.surface) >= 3);
  }
});

test("kinds without a colour of their own are named, all of them", () => {
  const counts = new Map([["protest", 5], ["odd", 3], ["even", 2], ["battle", 1]]);
  const { entries } = planKinds(counts, new Map([["odd", "Odd things"]]));
  const other = entries.find(({ slot }) => slot === 8)!;
  assert.deepEqual([other.label, other.names], ["Other kinds", ["Odd things", "even"]]);
  assert.deepEqual(entries.filter(({ names }) => names.length === 1).map(({ label }) => label), ["battle", "protest"]);
});
