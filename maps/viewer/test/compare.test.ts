import assert from "node:assert/strict";
import { test } from "vitest";
import type { Scene } from "../src/canvas/scene";
import { followClock } from "../src/compare/follow";
import { shareScales } from "../src/compare/scales";
import { beginning, countWords } from "../src/compare/windows";
import { dayOf } from "../src/data/civil";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { Clock } from "../src/time/clock";
import type { Window } from "../src/time/tally";
import { incidentBlock } from "./fixture";

const YEAR: Window = [dayOf(2024, 1, 1), dayOf(2024, 12, 31)];

function days(from: readonly [number, number], to: readonly [number, number]): Window {
  return [dayOf(2024, ...from), dayOf(2024, ...to)];
}

test("a window is first compared with the one before it", () => {
  const own = days([3, 11], [3, 20]);
  assert.deepEqual(beginning(own, YEAR), [own, days([3, 1], [3, 10])]);
  const whole = days([2, 1], [3, 31]);
  assert.deepEqual(beginning(whole, [dayOf(2023, 1, 1), YEAR[1]]), [whole, [dayOf(2023, 12, 1), dayOf(2024, 1, 31)]], "as many months");
});

test("where there is no room before it, with the one after it, or with what is left", () => {
  assert.deepEqual(beginning(days([1, 1], [1, 10]), YEAR)[1], days([1, 11], [1, 20]));
  assert.deepEqual(beginning(days([1, 3], [1, 12]), days([1, 1], [1, 20]))[1], days([1, 13], [1, 20]));
  assert.deepEqual(beginning(days([1, 9], [1, 18]), days([1, 1], [1, 20]))[1], days([1, 1], [1, 8]));
});

test("all dates begin as their later half against the half before", () => {
  assert.deepEqual(beginning(YEAR, YEAR), [days([7, 2], [12, 31]), days([1, 1], [7, 1])]);
  const odd = days([1, 1], [1, 5]);
  assert.deepEqual(beginning(odd, odd), [days([1, 4], [1, 5]), days([1, 2], [1, 3])]);
  const two = days([1, 1], [1, 2]);
  assert.deepEqual(beginning(two, two), [days([1, 2], [1, 2]), days([1, 1], [1, 1])]);
});

test("counts are said in the order of time", () => {
  const [early, late] = [days([1, 1], [1, 10]), days([1, 11], [1, 20])];
  assert.equal(countWords(31, late, 18, early), "31, before 18");
  assert.equal(countWords(1031, early, 18, late), "1,031, later 18");
  assert.equal(countWords(31, early, 18, days([1, 10], [1, 20])), "31, in B 18");
});

function clockWith(set: IncidentSet): Clock {
  const clock = new Clock();
  clock.add(set);
  return clock;
}

test("the other half has the filters and the selection of the page, and a window of its own", () => {
  const set = new IncidentSet(new Block(incidentBlock([
    { kind: "fire", precision: "site", start: 1 }, { kind: "flood", precision: "site", start: 2 }, { kind: "fire", precision: "site", start: 9 },
  ])));
  const [own, other] = [clockWith(set), clockWith(set)];
  own.select({ set, row: 0 });
  const end = followClock(own, other);
  other.setWindow(1, 2);
  own.setWindow(9, 9);
  assert.deepEqual([own.tally().visible, other.tally().visible], [1, 2]);
  own.hide("kind", [String(own.slot({ set, row: 1 }))]);
  assert.equal(other.tally().visible, 1);
  own.showFound(() => Uint8Array.of(0, 1, 1));
  assert.deepEqual([own.tally().visible, other.tally().visible], [1, 0]);
  own.showFound(null);
  own.showUndated(false);
  assert.equal(other.undatedShown, false);
  assert.equal(other.selected?.row, 0);
  other.select({ set, row: 2 });
  assert.equal(own.selected?.row, 2);
  assert.deepEqual([...other.window!], [1, 2]);

  end();
  own.select(null);
  own.hide("kind", []);
  assert.deepEqual(other.selected, { set, row: 2 });
  assert.equal(other.tally().visible, 1);
});

test("of a comparison the selected incident stands in the half that holds it", () => {
  const set = new IncidentSet(new Block(incidentBlock([{ kind: "fire", precision: "site", start: 1 }, { kind: "fire", precision: "site", start: 9 }])));
  const clock = clockWith(set);
  clock.setWindow(9, 9);
  clock.select({ set, row: 0 });
  assert.deepEqual(clock.marked, { set, row: 0 });
  clock.aside = () => "";
  assert.deepEqual([clock.marked], [null]);
  clock.select({ set, row: 1 });
  assert.deepEqual(clock.marked, { set, row: 1 });
});

test("one colour means one number in both halves", () => {
  const asked: string[] = [];
  const [one, other] = ["one", "other"].map((name) => ({ clock: new Clock(), request: () => asked.push(name) }) as unknown as Scene) as [Scene, Scene];
  const end = shareScales(one, other);
  assert.equal(one.clock.scale("hex", 20), 20);
  assert.deepEqual(asked, ["other"]);
  assert.equal(other.clock.scale("hex", 7), 20);
  assert.deepEqual(asked, ["other"], "what changes nothing draws nothing anew");
  assert.equal(other.clock.scale("hex", 30), 30);
  assert.deepEqual(asked, ["other", "one"]);
  assert.equal(one.clock.scale("hex", 20), 30);
  assert.equal(one.clock.scale("density", 2), 2, "each layer has a scale of its own");
  end();
  assert.equal(one.clock.scale("hex", 20), 20);
});
