import assert from "node:assert/strict";
import { test } from "vitest";
import { civilOf, dayOf, shift, startOf } from "../src/data/civil";
import { longDate, when } from "../src/words/dates";

test("days and dates agree with the calendar over 400 years", () => {
  for (let day = -100_000; day < 60_000; day += 13) {
    const date = new Date(day * 86_400_000);
    const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    assert.deepEqual(civilOf(day), expected);
    assert.equal(dayOf(expected.year, expected.month, expected.day), day);
  }
});

test("weeks begin on Monday, months on the first", () => {
  assert.equal(longDate(startOf("week", dayOf(2024, 1, 28))), "22\u00a0January 2024");
  assert.equal(startOf("month", dayOf(2024, 2, 29)), dayOf(2024, 2, 1));
  assert.equal(shift("month", dayOf(2024, 1, 31), 1), dayOf(2024, 2, 29));
  assert.equal(shift("month", dayOf(2024, 1, 31), -2), dayOf(2023, 11, 30));
});

test("a date says no more than is known", () => {
  const day = dayOf(2024, 1, 28);
  assert.deepEqual(when(day, day, "day"), { text: "28\u00a0January 2024", note: "Known to the day." });
  assert.equal(when(day, day, "month").text, "In January 2024");
  assert.equal(when(day, day + 2, "range").text, "Between 28\u00a0January 2024 and 30\u00a0January 2024");
  assert.equal(when(null, null, "unknown").text, "Date not known");
});
