import assert from "node:assert/strict";
import { afterEach, beforeEach, test, vi } from "vitest";
import { Speech } from "../src/canvas/speech";
import { Clock } from "../src/time/clock";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { incidentBlock } from "./fixture";

const DAY = 19_700;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", { setTimeout, clearTimeout });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A map that draws a picture for each change, and how often it has spoken. */
function speaking(): { clock: Clock; speech: Speech; said: number[] } {
  const clock = new Clock();
  clock.add(new IncidentSet(new Block(incidentBlock(Array.from({ length: 40 }, (_, i) => ({ start: DAY + i, kind: "battle", precision: "site", lon: 38, lat: 33 }))))));
  const said: number[] = [];
  const speech: Speech = new Speech(clock, () => { speech.speak(); });
  speech.add(() => said.push(clock.tally().visible));
  speech.speak();
  return { clock, speech, said };
}

test("while a window moves, words follow within 100 ms and not for each picture; at its end they are exact", () => {
  const { clock, speech, said } = speaking();
  vi.advanceTimersByTime(1000);
  const seen: number[] = [];
  for (let step = 0; step < 32; step++) {
    clock.setWindow(DAY, DAY + step);
    speech.speak();
    seen.push(step + 1);
    vi.advanceTimersByTime(16);
    assert.ok(said.at(-1)! >= step + 1 - 6, "words are more than six pictures old");
  }
  assert.ok(said.length < 10, "words followed each picture");
  assert.equal(speech.done, false);
  vi.advanceTimersByTime(80);
  assert.equal(speech.done, true);
  assert.equal(said.at(-1), seen.at(-1));
});

test("what was pressed is answered at once, and so is the first step of a window", () => {
  const { clock, speech, said } = speaking();
  vi.advanceTimersByTime(1000);
  clock.setWindow(DAY, DAY + 4);
  speech.speak();
  assert.equal(said.at(-1), 5);
  clock.toggle("kind", "0");
  speech.speak();
  assert.equal(said.at(-1), 0);
  assert.equal(speech.done, true);
});

test("a timer that rings a part of a millisecond early leaves nothing unsaid", () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(1000);
  const { clock, speech } = speaking();
  clock.setWindow(DAY, DAY + 1);
  speech.speak();
  now.mockReturnValue(1079.7);
  vi.advanceTimersByTime(80);
  assert.equal(speech.done, false);
  now.mockReturnValue(1081);
  vi.advanceTimersByTime(1);
  assert.equal(speech.done, true);
  now.mockRestore();
});
