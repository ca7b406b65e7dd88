import assert from "node:assert/strict";
import { test, vi } from "vitest";
import { Clock } from "../src/time/clock";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { PRECISION_CLASSES } from "../src/data/precision";
import { histogram } from "../src/strip/histogram";
import { drawPlot } from "../src/strip/plot";
import { shortDate } from "../src/words/dates";
import { incidentBlock, type MadeUp } from "./fixture";

const DAY = 19_700;
const KINDS = ["battle", "protest", "flood", "fire"];
const PRECISIONS = ["site", "settlement", "vicinity", "admin1", "country", "none"];

/** Rows enough for several blocks of the sums; one in eleven lasts up to a month, one in fifty has no date. */
function manyRows(count: number, weigh = false): IncidentSet {
  const rows: MadeUp[] = [];
  for (let i = 0; i < count; i++) {
    const start = i >= count - Math.floor(count / 50) ? null : DAY + Math.floor((i * 365) / count);
    rows.push({
      kind: KINDS[(i * 7) % 4]!, precision: PRECISIONS[(i * 5) % 6]!, start, lon: (i % 97) / 10, lat: (i % 53) / 10,
      ...(i % 11 === 0 && start !== null ? { end: start + (i % 31) } : {}),
      ...(weigh ? { weight: 1 + (i % 5) } : {}),
    });
  }
  return new IncidentSet(new Block(incidentBlock(rows)));
}

/** The rows that a window and filters leave, found one by one. */
function slowRows(set: IncidentSet, clock: Clock): number[] {
  const [first, last] = clock.window!;
  const rows: number[] = [];
  for (let row = 0; row < set.size; row++) {
    const dated = row < set.undatedFrom;
    const inTime = dated ? set.start[row]! <= last && set.lastDay(row) >= first : clock.undatedShown;
    const shown = clock.isShown("kind", String(clock.slots(set)[row])) &&
      clock.isShown("precision", PRECISION_CLASSES[set.precisionClass[row]!]!);
    if (inTime && shown) rows.push(row);
  }
  return rows;
}

test("windows and filters leave the same rows and counts as a look at every row", () => {
  for (const weigh of [false, true]) {
    const set = manyRows(10_000, weigh);
    const clock = new Clock();
    clock.add(set);
    for (let step = 0; step < 120; step++) {
      if (step % 5 === 0) clock.toggle("kind", String((step * 3) % 9));
      if (step % 7 === 0) clock.toggle("precision", PRECISION_CLASSES[step % 6]!);
      if (step % 9 === 0) clock.showUndated(!clock.undatedShown);
      if (step % 13 === 0) clock.showAllDates();
      else clock.setWindow(DAY + ((step * 37) % 365), DAY + ((step * 53) % 365));
      const expected = slowRows(set, clock);
      assert.deepEqual([...clock.rows(set)].sort((a, b) => a - b), expected);
      const broad = expected.filter((row) => set.precisionClass[row]! > PRECISION_CLASSES.indexOf("vicinity"));
      assert.deepEqual([...clock.broadRows(set)].sort((a, b) => a - b), broad);
      const weight = expected.reduce((sum, row) => sum + (set.weights?.[row] ?? 1), 0);
      const { visible, byPrecision } = clock.tally();
      assert.equal(visible, weight);
      assert.equal(Object.values(byPrecision).reduce((a, b) => a + b, 0), weight);
    }
  }
});

test("counts of a facet ignore its own filter and keep the others", () => {
  const set = manyRows(5000);
  const clock = new Clock();
  clock.add(set);
  const all = clock.tally().kind;
  clock.toggle("kind", "0");
  assert.deepEqual(clock.tally().kind, all);
  clock.toggle("precision", "settlement");
  const settlements = slowRows(set, clock);
  assert.equal(clock.tally().visible, settlements.length);
  assert.ok(clock.tally().kind["3"]! < all["3"]!);
});

test("actors, sources and countries count and filter as a look at every row does, with a search beside them", () => {
  const rows = 6000;
  const names = ["A", "B", null];
  const actors = Array.from({ length: rows }, (_, i) => ["", "0", "0 1", "2", "1 2"][(i * 7) % 5]!);
  const countries = Array.from({ length: rows }, (_, i) => (i % 13 === 0 ? null : `C${String(i % 20).padStart(2, "0")}`));
  const block = incidentBlock(Array.from({ length: rows }, (_, i) => ({
    kind: KINDS[i % 4]!, precision: "site", start: i > rows - 50 ? null : DAY + Math.floor(i / 20), weight: 1 + (i % 3), actors: actors[i]!, country: countries[i]!,
    ...(i % 11 === 0 && i <= rows - 50 ? { end: DAY + Math.floor(i / 20) + 9 } : {}),
  })), { actor: names });
  const set = new IncidentSet(new Block(block));
  const clock = new Clock();
  clock.add(set);
  assert.deepEqual(clock.present("actor"), ["A", "B", "*", ""]);
  assert.deepEqual(clock.present("source"), []);
  assert.equal(clock.present("country").length, 17);
  const most = new Set(clock.present("country"));
  const actorsOf = (row: number): string[] => (actors[row] === "" ? [""] : actors[row]!.split(" ").map((place) => names[Number(place)] ?? "*"));
  const countryOf = (row: number): string => { const code = countries[row] ?? ""; return most.has(code) ? code : "*"; };
  const found = Uint8Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? 0 : 1));
  const passes = (row: number, but: string): boolean => {
    const [first, last] = clock.window!;
    return (row >= set.undatedFrom ? clock.undatedShown : set.start[row]! <= last && set.lastDay(row) >= first) && (clock.found === null || found[row] === 1) &&
      (but === "kind" || clock.isShown("kind", String(clock.slots(set)[row]))) &&
      (but === "actor" || actorsOf(row).some((name) => clock.isShown("actor", name))) && (but === "country" || clock.isShown("country", countryOf(row)));
  };
  const sum = (has: (row: number) => boolean, but = ""): number => {
    let total = 0;
    for (let row = 0; row < rows; row++) if (passes(row, but) && has(row)) total += set.weights![row]!;
    return total;
  };
  for (let step = 0; step < 40; step++) {
    if (step % 2 === 0) clock.toggle("actor", clock.present("actor")[(step * 3) % 4]!);
    if (step % 3 === 0) clock.toggle("country", clock.present("country")[(step * 5) % 17]!);
    if (step % 5 === 0) clock.toggle("kind", String([0, 3, 7, 6][step % 4]));
    if (step % 7 === 0) clock.showFound(clock.found === null ? () => found : null);
    clock.setWindow(DAY + ((step * 37) % 200), DAY + ((step * 53) % 300));
    const tally = clock.tally();
    assert.equal(tally.visible, sum(() => true), `step ${step}`);
    assert.deepEqual([...clock.rows(set)].sort((a, b) => a - b), [...found.keys()].filter((row) => passes(row, "")));
    for (const name of clock.present("actor")) assert.equal(tally.actor[name], sum((row) => actorsOf(row).includes(name), "actor"), `${step} ${name}`);
    for (const code of clock.present("country")) assert.equal(tally.country[code], sum((row) => countryOf(row) === code, "country"), `${step} ${code}`);
    for (const slot of clock.present("kind")) assert.equal(tally.kind[slot], sum((row) => String(clock.slots(set)[row]) === slot, "kind"), `${step} ${slot}`);
  }
  assert.ok(clock.isFiltered);
  clock.clearFilters();
  assert.equal(clock.tally().visible, set.total);
});

test("the version rises with every change that moves a mark, and with no other", () => {
  const set = manyRows(100);
  const clock = new Clock();
  const seen = [clock.version];
  const changed = (): boolean => {
    seen.push(clock.version);
    return seen.at(-1)! > seen.at(-2)!;
  };
  clock.add(set);
  assert.ok(changed());
  clock.setWindow(DAY, DAY + 3);
  assert.ok(changed());
  clock.toggle("kind", "0");
  assert.ok(changed());
  clock.select({ set, row: 1 });
  clock.hover({ set, row: 2 });
  assert.ok(!changed());
});

test("bars hold every dated incident once, spans in every bar that they touch", () => {
  const row = { kind: "battle", precision: "site" };
  const set = new IncidentSet(new Block(incidentBlock([
    { ...row, start: DAY }, { ...row, start: DAY, end: DAY + 6, dated: "week" }, { ...row, start: DAY + 1, end: DAY + 2, dated: "range" }, { ...row, start: DAY + 9 },
  ])));
  const clock = new Clock();
  clock.add(set);
  const bins = histogram(clock, "day");
  assert.equal(bins.length, 10);
  assert.equal(bins.reduce((sum, { bySlot }) => sum + bySlot.reduce((a, b) => a + b, 0), 0), 2);
  assert.deepEqual(bins.slice(0, 8).map(({ spread }) => Math.round(spread * 7)), [1, 8, 8, 1, 1, 1, 1, 0]);
});

test("an incident of some day of a year has a bar that one can see", () => {
  const clock = new Clock();
  clock.add(new IncidentSet(new Block(incidentBlock([{ kind: "battle", precision: "site", start: DAY, end: DAY + 365, dated: "year" }]))));
  const heights: number[] = [];
  const own: Record<string, unknown> = {};
  const pen = new Proxy(own, {
    get: (_, name: string) => own[name] ?? (() => ({ width: 10 })),
    set: (_, name: string, value) => {
      own[name] = value;
      return true;
    },
  });
  pen["fillRect"] = (_x: number, _y: number, width: number, height: number) => {
    if (width < 20) heights.push(height);
  };
  const canvas = { width: 0, height: 0, getContext: () => pen } as unknown as HTMLCanvasElement;
  vi.stubGlobal("window", { devicePixelRatio: 1 });
  const scale = { first: DAY, last: DAY + 365, width: 800, mirrored: false };
  drawPlot(canvas, { scale, bins: histogram(clock, "week"), windows: [[DAY, DAY + 365]], height: 90, theme: "light" });
  vi.unstubAllGlobals();
  assert.ok(heights.length > 50 && heights.every((height) => height >= 2), heights.join());
});

test("days are the same in every time zone", () => {
  const before = process.env["TZ"];
  for (const zone of ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "America/New_York"]) {
    process.env["TZ"] = zone;
    assert.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone, zone);
    assert.equal(shortDate(19_750), "28\u00a0Jan\u00a02024", zone);
    assert.equal(shortDate(19_813), "31\u00a0Mar\u00a02024", zone);
    const clock = new Clock();
    clock.add(new IncidentSet(new Block(incidentBlock([{ kind: "fire", precision: "site", start: 19_813 }]))));
    assert.deepEqual(clock.window, [19_813, 19_813], zone);
  }
  process.env["TZ"] = before;
});
