import assert from "node:assert/strict";
import { test } from "vitest";
import { CLASS_COUNT, classNames, classOf, roundClasses } from "../src/drawers/classes";

test("few counts have a class each", () => {
  assert.deepEqual(roundClasses(3, 1, true), [1, 2, 3]);
  assert.deepEqual(classNames([1, 2, 3], true), ["1", "2", "3 or more"]);
  assert.deepEqual(roundClasses(1, 1, true), [1]);
});

test("many counts have round limits, and the first class begins at the least", () => {
  assert.deepEqual(roundClasses(47, 1, true), [1, 2, 5, 10, 20]);
  assert.deepEqual(roundClasses(170, 1, true), [1, 10, 20, 50, 100]);
  assert.deepEqual(classNames([1, 10, 20, 50, 100], true), ["1–9", "10–19", "20–49", "50–99", "100 or more"]);
  assert.deepEqual(roundClasses(47, 5, true), [5, 10, 20]);
});

test("rates have round limits below one, and no binary dust in their names", () => {
  assert.deepEqual(roundClasses(0.37, 0, false), [0, 0.02, 0.05, 0.1, 0.2]);
  assert.deepEqual(classNames([0, 0.02, 0.05], false), ["under 0.02", "0.02 to 0.05", "0.05 or more"]);
});

test("every value from the least to the largest falls into exactly one class", () => {
  for (let largest = 1; largest < 3000; largest = Math.ceil(largest * 1.37)) {
    for (const least of [1, 5]) {
      const limits = roundClasses(largest, least, true);
      assert.ok(limits.length <= CLASS_COUNT);
      assert.deepEqual([...limits].sort((a, b) => a - b), limits);
      for (let value = least; value <= largest; value++) {
        const at = classOf(limits, value);
        assert.ok(at >= 0 && value >= limits[at]! && (limits[at + 1] === undefined || value < limits[at + 1]!));
      }
      assert.equal(classOf(limits, least - 1), -1);
    }
  }
});

test("without any incident there is one empty class", () => {
  assert.deepEqual(roundClasses(0, 1, true), [1]);
  assert.deepEqual(roundClasses(0, 0, false), [0]);
});
