import assert from "node:assert/strict";
import { test } from "vitest";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { valueCode } from "../src/shell/viewstate";
import { Clock } from "../src/time/clock";
import { incidentBlock, type MadeUp } from "./fixture";

const ROW = { kind: "battle", precision: "site", start: 19_700 };

function setOf(rows: readonly Partial<MadeUp>[], names: Readonly<Record<string, readonly (string | null)[]>> = {}): IncidentSet {
  return new IncidentSet(new Block(incidentBlock(rows.map((row) => ({ ...ROW, ...row })), names)));
}

function clockOf(...sets: IncidentSet[]): Clock {
  const clock = new Clock();
  for (const set of sets) clock.add(set);
  return clock;
}

test("a value put off hides what has it in every layer, and one alone all that has it not", () => {
  const several = setOf([{ actors: "0" }, { actors: "0 1" }, { actors: "1" }, { actors: "" }], { actor: ["A", "B"] });
  const single = setOf([{ actors: "0" }, { actors: "0" }], { actor: ["B"] });
  const silent = setOf([{}, {}, {}]);
  const clock = clockOf(several, single, silent);
  const rows = (): number[][] => [several, single, silent].map((set) => [...clock.rows(set)]);
  assert.deepEqual(clock.present("actor"), ["B", "A", ""]);
  assert.deepEqual({ ...clock.tally().actor }, { A: 2, B: 4, "": 4 });
  clock.isolate("actor", "A", clock.present("actor"));
  assert.deepEqual(rows(), [[0, 1], [], []]);
  clock.isolate("actor", "B", clock.present("actor"));
  assert.deepEqual(rows(), [[1, 2], [0, 1], []]);
  assert.deepEqual({ ...clock.tally().actor }, { A: 2, B: 4, "": 4 });
  clock.hide("actor", [""]);
  assert.deepEqual(rows(), [[0, 1, 2], [0, 1], []]);
  clock.hide("actor", ["B"]);
  assert.deepEqual(rows(), [[0, 1, 3], [], [0, 1, 2]]);
  // What is left holds one value only, and still obeys.
  clock.hide("actor", ["B"]);
  clock.remove(several);
  clock.remove(silent);
  assert.deepEqual([clock.tally().visible, clock.isFiltered], [0, true]);
});

test("countries are told apart alike in all layers, the most frequent of all", () => {
  const codes = Array.from({ length: 20 }, (_, i) => `C${i}`);
  const wide = setOf(codes.map((country) => ({ country })));
  const local = setOf([{ country: "C19" }, { country: "C19" }, { country: null }]);
  const clock = clockOf(wide, local);
  assert.deepEqual(clock.present("country"), ["C19", ...codes.slice(0, 14), "*", ""]);
  clock.isolate("country", "C19", clock.present("country"));
  assert.deepEqual([[...clock.rows(wide)], [...clock.rows(local)]], [[19], [0, 1]]);
  assert.deepEqual([clock.tally().country["C19"], clock.tally().country["*"]], [3, 5]);
});

test("a value that stands alone does so beside a layer that comes later", () => {
  const [first, second] = [setOf([{ country: "A" }, { country: "B" }]), setOf([{ country: "C" }, {}, { country: "A" }])];
  const clock = clockOf(first);
  clock.isolate("country", "A", clock.present("country"));
  assert.deepEqual({ ...clock.tally().country }, { A: 1, B: 1 });
  clock.add(second);
  assert.deepEqual([[...clock.rows(first)], [...clock.rows(second)]], [[0], [2]]);
  clock.toggle("country", "C");
  clock.remove(second);
  clock.add(second);
  assert.deepEqual([...clock.rows(second)], [0, 2]);
});

test("a second click on one that stands alone shows what there was at first", () => {
  const clock = clockOf(setOf([{ verification: "verified" }, { verification: "disputed" }, { verification: "withdrawn" }]));
  const all = clock.present("verification");
  clock.isolate("verification", "disputed", all);
  assert.deepEqual(clock.hidden("verification"), ["verified", "withdrawn"]);
  clock.isolate("verification", "verified", all);
  assert.deepEqual(clock.hidden("verification"), ["disputed", "withdrawn"]);
  clock.isolate("verification", "verified", all);
  assert.deepEqual(clock.hidden("verification"), ["withdrawn"]);
  clock.toggle("verification", "verified");
  clock.isolate("verification", "verified", all);
  assert.deepEqual(clock.hidden("verification"), ["disputed", "withdrawn"]);
});

test("what was withdrawn is hidden at first and once filters are cleared, and stays as the reader has it", () => {
  const set = setOf([{ verification: "verified" }, { verification: "withdrawn" }, { verification: null }]);
  const clock = clockOf(set);
  assert.deepEqual([[...clock.rows(set)], clock.isFiltered], [[0, 2], false]);
  clock.toggle("verification", "verified");
  assert.ok(clock.isFiltered);
  clock.clearFilters();
  assert.deepEqual([[...clock.rows(set)], clock.isFiltered], [[0, 2], false]);
  clock.toggle("verification", "withdrawn");
  clock.remove(set);
  clock.add(set);
  assert.deepEqual([...clock.rows(set)], [0, 1, 2]);
});

test("where all was withdrawn, clearing what is no filter shows it", () => {
  const set = setOf([{ verification: "withdrawn" }]);
  const clock = clockOf(set);
  assert.equal(clock.tally().visible, 0);
  clock.clearFilters();
  assert.equal(clock.tally().visible, 1);
});

test("what is selected or pointed at goes with its layer, and all are told", () => {
  const [stays, goes] = [setOf([{}]), setOf([{}, {}])];
  const clock = clockOf(stays, goes);
  const told: string[] = [];
  for (const change of ["select", "hover"] as const) clock.on(change, () => { told.push(change); });
  clock.select({ set: goes, row: 1 });
  clock.hover({ set: goes, row: 0 });
  clock.remove(goes);
  assert.deepEqual([clock.selected, clock.hovered, told], [null, null, ["select", "hover", "select", "hover"]]);
  clock.select({ set: stays, row: 0 });
  clock.add(goes);
  clock.remove(goes);
  assert.deepEqual(clock.selected, { set: stays, row: 0 });
});

test("values stand in the address so that no sign of theirs parts them, and actors without their names", () => {
  assert.deepEqual(["JOR", "admin_1", "*", ""].map((value) => valueCode("country", value)), ["JOR", "admin_1", "*", "~"]);
  for (const value of ["a,b", "~", "-x", ".x", "متنازع", "a b"]) assert.match(valueCode("verification", value), /^[0-9a-z]+$/, value);
  assert.match(valueCode("actor", "Group"), /^[0-9a-z]+$/);
  assert.notEqual(valueCode("actor", "Group"), "Group");
});
