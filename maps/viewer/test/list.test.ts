import assert from "node:assert/strict";
import { test, vi } from "vitest";
import { Clock } from "../src/time/clock";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { NO_TABLE, type TextTable } from "../src/data/texts";
import { ShownList } from "../src/list/shownlist";
import { type SortKey, SORTS, type Tables } from "../src/list/sorting";
import { Virtual } from "../src/list/virtual";
import { incidentBlock, type MadeUp } from "./fixture";

const DAY = 19_700;
const WORLD = { west: 0, east: 1, north: 0, south: 1 };
const PRECISIONS = ["site", "settlement", "admin1", "country", "none"];

function setOf(rows: readonly MadeUp[]): IncidentSet {
  return new IncidentSet(new Block(incidentBlock(rows)));
}

/** Dated rows and a few without a date, all over the world. */
function made(count: number, first = DAY): IncidentSet {
  return setOf(Array.from({ length: count }, (_, i) => ({
    kind: ["battle", "flood"][i % 2]!, precision: PRECISIONS[i % 5]!, start: i >= count - 3 ? null : first + i, lon: ((i * 37) % 360) - 180, lat: ((i * 17) % 120) - 60,
    ...(i % 4 === 0 ? {} : { killed: [i % 7, i % 7] as const, borderM: (i * 977) % 5000 }),
  })));
}

function listOf(...sets: IncidentSet[]): { list: ShownList; clock: Clock; rows: () => string[] } {
  const clock = new Clock();
  for (const set of sets) clock.add(set);
  const list = new ShownList(clock);
  const rows = (): string[] => Array.from({ length: list.rows.length }, (_, place) => list.at(place)!).map(({ set, row }) => `${sets.indexOf(set)}:${row}`);
  return { list, clock, rows };
}

test("the list holds each visible incident once: in view, known to a country, without a place", () => {
  const set = made(60);
  const { list, clock, rows } = listOf(set);
  clock.toggle("kind", "0");
  clock.setWindow(DAY + 5, DAY + 40);
  list.refresh(WORLD, new Map());
  assert.deepEqual(rows().sort(), [...clock.rows(set)].map((row) => `0:${row}`).sort());
  assert.equal(list.total, clock.tally().visible);
  const { byPrecision } = clock.tally();
  assert.deepEqual(list.counts.slice(1), [byPrecision.country, byPrecision.none]);
  assert.deepEqual(list.heads.map(({ part, count }) => [part, count]), [["country", byPrecision.country], ["none", byPrecision.none]]);
});

test("newest come first, and those without a date last, whichever way", () => {
  const set = setOf([3, 5, 9, null].map((day) => ({ kind: "battle", precision: "site", start: day === null ? null : DAY + day })));
  const { list, rows } = listOf(set);
  list.refresh(WORLD, new Map());
  assert.deepEqual(rows(), ["0:2", "0:1", "0:0", "0:3"]);
  list.sort = { key: "date", down: false };
  list.refresh(WORLD, new Map());
  assert.deepEqual(rows(), ["0:0", "0:1", "0:2", "0:3"]);
});

test("two tables are one list", () => {
  const [one, other] = [setOf([1, 4].map((day) => ({ kind: "battle", precision: "site", start: DAY + day }))), setOf([2, 9].map((day) => ({ kind: "flood", precision: "site", start: DAY + day })))];
  const { list, rows } = listOf(one, other);
  list.refresh(WORLD, new Map());
  assert.deepEqual(rows(), ["1:1", "0:1", "1:0", "0:0"]);
});

test("each column sorts both ways, with what it lacks at the end", () => {
  const set = made(60);
  const titles = Array.from({ length: 60 }, (_, row) => (row % 9 === 0 ? "" : `Title ${(row * 7) % 60}`));
  const table: TextTable = { ...NO_TABLE, column: (name) => (name === "title" || name === "place" ? titles : []) };
  const tables: Tables = new Map([[set, table]]);
  const { list } = listOf(set);
  const value: Readonly<Partial<Record<SortKey, (row: number) => number | null>>> = {
    killed: (row) => set.toll(row).high, border: (row) => set.border(row)?.distanceM ?? null, place: (row) => (titles[row] === "" ? null : (row * 7) % 60),
  };
  for (const key of SORTS) {
    for (const down of [false, true]) {
      list.sort = { key, down };
      list.refresh({ ...WORLD }, tables);
      assert.equal(list.rows.length, 60, key);
      const values = Array.from(list.rows.subarray(0, list.heads[0]!.place), (row) => value[key]?.(row) ?? null);
      const known = values.filter((each) => each !== null);
      assert.deepEqual(values.slice(0, known.length), known.toSorted((a, b) => (down ? b - a : a - b)), `${key} ${down}`);
    }
  }
});

test("the list follows the view, also over the edge of the world", () => {
  const set = setOf([[-179, 0], [179, 0], [0, 0], [0, 60]].map(([lon, lat]) => ({ kind: "battle", precision: "site", start: DAY, lon: lon!, lat: lat! })));
  const { list, rows } = listOf(set);
  const seen = (west: number, east: number): string[] => {
    list.refresh({ west, east, north: 0.45, south: 0.55 }, new Map());
    return rows().sort();
  };
  assert.deepEqual(seen(0.4, 0.6), ["0:2"]);
  assert.deepEqual(seen(0.95, 1.05), ["0:0", "0:1"]);
  assert.deepEqual(seen(-0.05, 0.05), ["0:0", "0:1"]);
  assert.deepEqual(seen(1.4, 1.6), ["0:2"]);
  assert.deepEqual(seen(-0.3, 1.2), ["0:0", "0:1", "0:2"]);
});

test("the selected incident stands first, and others walk through the list as if it did not", () => {
  const set = made(60);
  const { list, rows } = listOf(set);
  list.refresh(WORLD, new Map());
  const before = rows();
  for (const place of [0, 7, list.heads[0]!.place, list.heads[1]!.place + 2]) {
    list.pin(null);
    const ref = list.at(place)!;
    list.pin(ref);
    assert.equal(list.placeOf(ref), 0);
    assert.deepEqual(rows(), [before[place]!, ...before.filter((_, i) => i !== place)]);
    rows().forEach((_, i) => { assert.equal(list.placeOf(list.at(i)), i); });
    const { at, indexOf, size } = list.order();
    assert.deepEqual([size, indexOf(ref), at(indexOf(ref))?.row], [60, place, ref.row]);
  }
  list.pin({ set: made(1), row: 0 });
  assert.deepEqual(rows(), before);
});

test("the rows in sight are made and placed, however long the list", () => {
  for (const count of [0, 3, 1000, 100_000, 3_000_000]) {
    const heads = count > 3 ? [count - 3, count - 1] : [];
    const list = new Virtual({ count, rowPx: 51, heads, headPx: 34 });
    const height = 600;
    assert.ok(list.height <= 8_000_000);
    for (const share of [0, 0.3, 0.77, 1]) {
      const top = Math.max(0, (list.height - height) * share);
      const { first, end, at } = list.rows({ top, height });
      assert.ok(first >= 0 && end <= count && end - first <= 24, `${count} ${share}`);
      assert.ok(count === 0 || at <= top + 1, "rows begin above the edge");
      const rowsPx = (end - first) * 51 + heads.filter((head) => head >= first && head < end).length * 34;
      assert.ok(at + rowsPx >= Math.min(list.height, top + height) - 1, "and end below it");
      if (share === 1) assert.equal(end, count);
    }
    for (const row of [0, Math.floor(count / 2), count - 1].filter((each) => each >= 0 && each < count)) {
      for (const from of [0, list.height / 2]) {
        const top = list.toShow(row, { top: from, height }, 38);
        const { first, end } = list.rows({ top, height });
        assert.ok(first <= row && row < end, `${count} ${row}`);
      }
    }
  }
});

test("of the killed the best number sorts, else the highest, else the lowest", () => {
  const set = setOf(["1 0 9", "- 2 4", "- 3 -", "5 - -"].map((toll) => {
    const [best, low, high] = toll.split(" ").map((each) => (each === "-" ? null : Number(each)));
    return { kind: "battle", precision: "site", start: DAY, best: best!, low: low!, high: high! };
  }));
  const { list, rows } = listOf(set);
  list.sort = { key: "killed", down: true };
  list.refresh(WORLD, new Map());
  assert.deepEqual(rows(), ["0:3", "0:1", "0:2", "0:0"]);
});

test("a row that stands for several incidents counts as many, in view and below", () => {
  const row = { kind: "battle", start: DAY };
  const set = setOf([
    { ...row, precision: "site", weight: 7 }, { ...row, precision: "site", weight: 2, lon: 90 },
    { ...row, precision: "country", weight: 5 }, { ...row, precision: "country", weight: 1 }, { ...row, precision: "none", placed: false, weight: 30 },
  ]);
  const { list } = listOf(set);
  list.refresh({ ...WORLD, west: 0.4, east: 0.6 }, new Map());
  assert.deepEqual([list.counts, list.total, list.rows.length], [[7, 6, 30], 43, 4]);
  assert.deepEqual(list.heads.map(({ part, count }) => [part, count]), [["country", 6], ["none", 30]]);
});

test("what is taken from the list stays as it was, whatever the list does", () => {
  const set = made(20);
  const { list, clock, rows } = listOf(set);
  list.refresh(WORLD, new Map());
  const [refs, before] = [list.refs(), rows()];
  list.pin({ set, row: 9 });
  clock.toggle("kind", "0");
  list.refresh(WORLD, new Map());
  list.pin(null);
  assert.ok(rows().length < before.length);
  assert.deepEqual([...refs].map(({ row }) => `0:${row}`), before);
});

test("texts that another layer brings are opened, even where one has asked before", async () => {
  const set = made(1);
  assert.equal(await set.texts(), NO_TABLE);
  set.textsId = "later";
  vi.stubGlobal("document", { getElementById: () => null });
  await assert.rejects(set.texts(), /"later"/);
  vi.unstubAllGlobals();
});
