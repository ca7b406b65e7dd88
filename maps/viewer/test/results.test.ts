import assert from "node:assert/strict";
import { test } from "vitest";
import { contains } from "../src/ground/lines";
import { roundLimits } from "../src/drawers/classes";
import { Clock } from "../src/time/clock";
import { countClusters } from "../src/drawers/clusterhulls";
import { sumByCode } from "../src/time/codesums";
import { direct, worldX, worldY } from "../src/canvas/geodesic";
import { classesOf, HexCells } from "../src/drawers/hexcells";
import { convexHull } from "../src/drawers/hull";
import { IncidentSet } from "../src/data/incidents";
import { linkLine, LinkTable } from "../src/drawers/pairs";
import { Block } from "../src/data/payload";
import { PRECISION_CLASSES } from "../src/data/precision";
import { countRings } from "../src/drawers/ringcounts";
import { shownFlags } from "../src/time/shown";
import { clusterChip, clusterSentence } from "../src/words/clusters";
import { hexSentence, hotspotLevel } from "../src/words/hexes";
import { linkSentence, ringName } from "../src/words/results";
import { wrappedLine, wrappedRing } from "../src/canvas/wrapped";
import { container, delta, incidentBlock, type MadeUp, plain } from "./fixture";

const DAY = 19_700;
const plainText = (text: string): string => text.replaceAll("\u00a0", " ");

function clockOf(rows: readonly MadeUp[]): { clock: Clock; set: IncidentSet } {
  const set = new IncidentSet(new Block(incidentBlock(rows)));
  const clock = new Clock();
  clock.add(set);
  return { clock, set };
}

/** Ten incidents on ten days; the last two are known to a province and to a country. */
const TEN: readonly MadeUp[] = Array.from({ length: 10 }, (_, i) => ({
  kind: i % 2 === 0 ? "battle" : "protest", precision: i === 8 ? "admin1" : i === 9 ? "country" : "site", start: DAY + i,
  lon: 36 + i / 10, lat: 33, weight: i === 0 ? 5 : 1,
}));

test("a ring across 180 degrees lies on both sides, and nowhere between", () => {
  const lon = Array.from({ length: 64 }, (_, i) => direct(179.9, 10, (360 * i) / 64, 100_000).lon);
  const lat = Array.from({ length: 64 }, (_, i) => direct(179.9, 10, (360 * i) / 64, 100_000).lat);
  for (const turned of [lon, lon.map((each) => (each > 180 ? each - 360 : each))]) {
    const rings = wrappedRing(turned, lat);
    assert.equal(rings.length, 2);
    const inside = (x: number): boolean => contains(rings, worldX(x), worldY(10));
    assert.deepEqual([179.5, -179.5, 178.5, -178.5, 0].map(inside), [true, true, false, false, false]);
  }
});

test("a ring round a pole holds all that lies poleward of it", () => {
  for (const pole of [90, -90]) {
    const around = Array.from({ length: 360 }, (_, i) => direct(20, pole * 0.99, i, 1_500_000));
    const rings = wrappedRing(around.map(({ lon }) => lon), around.map(({ lat }) => lat));
    const inside = (x: number, lat: number): boolean => contains(rings, worldX(x), worldY(lat));
    const poleward = Math.sign(pole) * 84;
    assert.ok([-179, -90, 0, 20, 90, 179].every((x) => inside(x, poleward) && !inside(x, Math.sign(pole) * 60)), String(pole));
  }
});

test("an open line keeps its length and has no jump", () => {
  const [line] = wrappedLine([170, 175, 179], [0, 0, 0]);
  assert.deepEqual([line!.west, line!.east].map((x) => x * 360 - 180).map(Math.round), [170, 179]);
  const two = wrappedLine([179, -179], [0, 0]);
  assert.deepEqual(two.map(({ west, east }) => Math.round((east - west) * 360)), [2, 2]);
});

test("rings count what the clock shows, each site by itself, and everything near once", () => {
  const { clock, set } = clockOf(TEN);
  const members = { row: [0, 0, 1, 2, 7], ring: [0, 3, 1, 1, 2] };
  const all = countRings(clock, set, members, 4);
  assert.deepEqual([...all.byRing], [5, 2, 1, 5]);
  assert.deepEqual([all.near, all.shown, all.coarse], [8, 14, 2]);
  clock.setWindow(DAY + 1, DAY + 6);
  const some = countRings(clock, set, members, 4);
  assert.deepEqual([[...some.byRing], some.near, some.shown, some.coarse], [[0, 2, 0, 0], 2, 6, 0]);
  clock.toggle("kind", "0");
  assert.deepEqual([...countRings(clock, set, members, 4).byRing], [0, 1, 0, 0]);
});

test("flags say which rows are shown, after each change", () => {
  const { clock, set } = clockOf(TEN);
  assert.equal(shownFlags(clock, set), shownFlags(clock, set));
  clock.setWindow(DAY + 3, DAY + 4);
  assert.deepEqual([...shownFlags(clock, set)], [0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
});

function linksOf(rows: readonly MadeUp[], row: number[], other: number[] | null): { clock: Clock; table: LinkTable } {
  const { clock, set } = clockOf(rows);
  const table = new LinkTable(new Block(container({
    row: delta(row), ...(other === null ? {} : { other: delta(other) }),
    bearing_deg: plain(row.map(() => 90), "f32"), distance_m: plain(row.map(() => 9000), "f32"), share: plain(row.map((_, i) => (i === 0 ? 1 : 0.4)), "f32"),
  })), set);
  return { clock, table };
}

test("a pair is shown with both of its incidents, a link to a site with its one", () => {
  const { clock, table } = linksOf(TEN, [0, 1, 2], [1, 2, 9]);
  assert.deepEqual([...table.shown(clock)], [0, 1, 2]);
  clock.setWindow(DAY + 1, DAY + 8);
  assert.deepEqual([...table.shown(clock)], [1]);
  const { clock: other, table: toSites } = linksOf(TEN, [0, 1, 2], null);
  other.setWindow(DAY + 1, DAY + 8);
  assert.deepEqual([...toSites.shown(other)], [1, 2]);
  assert.deepEqual([table.toSites, toSites.toSites, table.facts(1).share > 0.39], [false, true, true]);
});

test("a link runs along the geodesic, and ends on its incident", () => {
  // From Lisbon to Tokyo the geodesic passes north of 66 degrees; a straight line on the map stays below 40.
  const end = direct(-9.14, 38.72, 15, 11_150_000);
  const [line] = linkLine({ lon: -9.14, lat: 38.72, bearingDeg: 15, distanceM: 11_150_000, end: { lon: end.lon, lat: end.lat } });
  const { points, north } = line!;
  assert.ok(north < worldY(66));
  assert.ok(Math.abs(points.at(-2)! - worldX(end.lon)) < 1e-9 && Math.abs(points.at(-1)! - worldY(end.lat)) < 1e-9);
  const short = linkLine({ lon: 179.99, lat: 0, bearingDeg: 90, distanceM: 9000, end: { lon: -179.93, lat: 0 } });
  assert.deepEqual(short.map(({ points: { length } }) => length), [4, 4]);
});

test("hexagons count by the clock; what is too coarse is told apart", () => {
  const { clock, set } = clockOf(TEN);
  const corners = [0, 1, 2].flatMap((cell) => [0, 60, 120, 180, 240, 300].map((turn) => direct(36 + cell, 33, turn, 10_000)));
  const cells = new HexCells(new Block(container({
    x: delta(corners.map(({ lon }) => Math.round(lon * 1e4))), y: delta(corners.map(({ lat }) => Math.round(lat * 1e4))), corners: plain([6, 6, 6], "u8"),
    // After the three hexagons stand the coarse ones (3), then those in none (4).
    cell: delta([0, 0, 1, 1, 1, 2, 4, 4, 3, 3]), z: plain([3.4, NaN, -2.2], "f32"), level: plain([6, 3, 1], "u8"),
  }, { units: 1e4 })));
  const { sums, shown, counted, coarse } = cells.sums(clock, set)!;
  assert.deepEqual([[...sums], shown, counted, coarse], [[6, 3, 1], 14, 10, 2]);
  clock.setWindow(DAY + 4, DAY + 8);
  assert.deepEqual([...cells.sums(clock, set)!.sums], [0, 1, 1]);
  assert.equal(cells.sums(clock, null), null);
  assert.ok(contains(cells.rings(1), worldX(37), worldY(33)) && !contains(cells.rings(0), worldX(37), worldY(33)));
  assert.deepEqual([cells.facts(0).level, cells.facts(1).z, cells.facts(2).share], [6, null, null]);
  assert.deepEqual(classesOf([0, 1, 7, 23]), { limits: [1, 2, 5, 10, 20], classes: Int8Array.of(-1, 0, 2, 4) });
});

test("sums by code leave out what is too vague, and what has no code", () => {
  const { clock, set } = clockOf(TEN);
  const [area, country] = [PRECISION_CLASSES.indexOf("area"), PRECISION_CLASSES.indexOf("country")];
  const codes = [0, 0, 1, 1, 2, 2, 9, -1, 1, 1];
  const { sums, shown, counted, tooVague } = sumByCode(clock, set, { codes, size: 3, nowhere: 2 }, area);
  assert.deepEqual([[...sums], shown, counted, tooVague[country]], [[6, 3, 0], 14, 9, 1]);
});

test("clusters count their shown members and tell their days", () => {
  const { clock, set } = clockOf([...TEN, { kind: "battle", precision: "site", start: null }]);
  const clusterOf = [0, 0, 0, 1, -1, 1, -1, -1, -1, -1, 1];
  assert.deepEqual(countClusters(clock, set, clusterOf, 2), [
    { count: 7, first: DAY, last: DAY + 2 }, { count: 3, first: DAY + 3, last: DAY + 5 },
  ]);
  clock.setWindow(DAY + 4, DAY + 9);
  const [gone, left] = countClusters(clock, set, clusterOf, 2);
  assert.deepEqual([gone, left], [{ count: 0, first: null, last: null }, { count: 2, first: DAY + 5, last: DAY + 5 }]);
  assert.equal(plainText(clusterSentence("7", 3, left!)), "Cluster 7: 2 of 3 incidents shown, 14 Dec 2023");
  assert.equal(clusterChip({ count: 2, first: null, last: null }), "2");
});

test("the hull of points leaves out those inside, on an edge, and doubles", () => {
  const square = [0, 0, 4, 0, 4, 4, 0, 4];
  assert.deepEqual(convexHull([2, 2, 4, 4, 0, 0, 2, 0, 0, 4, 4, 0, 0, 0]), square);
  assert.deepEqual([convexHull([7, 8, 7, 8]), convexHull([7, 8])], [[7, 8], [7, 8]]);
  assert.deepEqual(convexHull([0, 0, 1, 1, 2, 2]), [0, 0, 2, 2]);
});

test("round limits rise, and the last is the largest round number", () => {
  assert.deepEqual(roundLimits(7.3, 5), [0.2, 0.5, 1, 2, 5]);
  assert.deepEqual(roundLimits(0, 5), []);
});

test("results are said in words", () => {
  assert.deepEqual([ringName(0, 500), ringName(500, 5000), ringName(5000, 25_000)].map(plainText), ["within 500 m", "500 m to 5 km", "5 to 25 km"]);
  const facts = { distanceM: 3210, minM: null, maxM: null, daysMin: 0, daysMax: 2, share: 0.45, name: null };
  assert.equal(plainText(linkSentence(facts)), "3.2 km and 0 to 2 days apart; possible, share 45 %");
  assert.equal(plainText(linkSentence({ ...facts, minM: 0, maxM: 5100, share: 1, name: "Camp" })), "Camp: 3.2 km (0 to 5.1 km)");
  const hot = { count: 40, level: 5, z: 3.14, q: 0.0042, share: 0.83 };
  assert.equal(plainText(hexSentence(hot, 12, true, true, null)), "Hot, 99 % sure (z 3.1, q 0.0042); stays so in 83 % of the draws; 12 of 40 incidents shown");
  assert.deepEqual([4, 2].map((level) => plainText(hotspotLevel(level, 0.1))), ["Hot, 90 % sure", "Cold, 90 % sure"]);
  assert.equal(plainText(hexSentence({ ...hot, level: 3, share: null }, 1, false, true, null)), "1 of 40 incidents shown");
});
