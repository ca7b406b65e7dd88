import assert from "node:assert/strict";
import { test } from "vitest";
import { axisOf, borderChip, borderSentence, wind } from "../src/words/border";
import { isGiven, METHODS, methodSentence } from "../src/words/methods";
import { length, shortCount } from "../src/words/numbers";
import { coordinates, howSure, type PlaceFacts, placeNames } from "../src/words/places";
import { say } from "../src/words/catalogue";
import { claim, killed, shortToll, tollNumber, verificationBadge } from "../src/words/reports";
import { summary } from "../src/words/summary";
import { leftOut } from "../src/words/leftout";
import { undirected } from "../src/words/plaintext";

const spaced = (text: string): string => text.replaceAll("\u00a0", " ");

test("the border sentence carries its interval, rounded outwards", () => {
  const facts = {
    names: "Jordan–Syria", distanceM: 1330, minM: 0, maxM: 2790, bearingDeg: 144, uncertaintyM: 1000, status: null,
  };
  assert.equal(spaced(borderSentence(facts, say)), "About 1.3 km (0 to 2.8) south-east of the Jordan–Syria border");
  assert.equal(
    spaced(borderSentence({ ...facts, names: "Iran–Iraq", distanceM: 115_200, minM: 113_000, maxM: 117_000, bearingDeg: 268 }, say)),
    "About 115 km west of the Iran–Iraq border",
  );
  assert.equal(
    spaced(borderSentence({ ...facts, distanceM: 900, maxM: 2950 }, say)),
    "On or near the Jordan–Syria border: within 3 km, side unknown",
  );
  assert.match(borderSentence({ ...facts, status: "line_of_control" }, say), /line of control, which is disputed$/);
  assert.equal(spaced(borderChip(2700, 0, 6000)), "2.7 km (0 to 6)");
});

test("winds and axes", () => {
  assert.deepEqual([0, 44, 91, -45, 359].map(wind), ["north", "north-east", "east", "north-west", "north"]);
  assert.deepEqual(axisOf(2800), { end: 3, step: 1 });
  assert.deepEqual(axisOf(117_000), { end: 150, step: 50 });
});

test("places say how sure they are, and digits end where knowledge ends", () => {
  const facts: PlaceFacts = {
    precision: "site", uncertaintyM: 1000, place: "Tower 22", placeText: "Tower 22", province: "Mafraq", country: "Jordan", placed: true,
  };
  assert.equal(spaced(howSure(facts, say)), "A site, within 1 km");
  assert.equal(spaced(howSure({ ...facts, precision: "vicinity", uncertaintyM: 8000, place: "Rukban" }, say)), "Near Rukban, within 8 km");
  assert.equal(
    spaced(howSure({ ...facts, precision: "line", uncertaintyM: 171_000, place: null, placeText: "near the Syrian border" }, say)),
    "Somewhere near the Syrian border, within 171 km",
  );
  assert.equal(howSure({ ...facts, precision: "admin1", province: "Anbar" }, say), "Somewhere in Anbar province");
  assert.equal(howSure({ ...facts, precision: "country", country: "Iraq", placed: false }, say), "Somewhere in Iraq");
  assert.deepEqual(placeNames(facts), ["Tower 22", "Mafraq", "Jordan"]);
  assert.equal(coordinates(38.703, 33.306, 1000, false), "33.31, 38.70");
  assert.equal(coordinates(38.703, 33.306, 1000, true), "33.306, 38.703");
  assert.equal(coordinates(36.2765, 33.5138, 13_000, false), "33.5, 36.3");
  assert.equal(coordinates(38.703, 33.306, 171_000, false), "33, 39");
  assert.deepEqual([85, 350, 999, 1500, 12_400].map((metres) => spaced(length(metres))), ["85 m", "350 m", "1 km", "1.5 km", "12 km"]);
});

test("tolls are ranges and claims are reported speech", () => {
  assert.equal(killed({ best: 2, low: 1, high: 8, injured: null }), "2 killed (1 to 8)");
  assert.equal(killed({ best: null, low: 4, high: null, injured: null }), "At least 4 killed");
  assert.equal(killed({ best: null, low: 1, high: 8, injured: null }), "Killed: reports differ, 1 to 8");
  assert.equal(tollNumber({ best: null, low: 3958, high: null, injured: null }), "3,958+");
  assert.equal(tollNumber({ best: null, low: null, high: 3, injured: null }), "≤3");
  assert.equal(tollNumber({ best: 2, low: 2, high: 4, injured: null }), "2–4");
  // "More than 30 killed" has no upper end.
  assert.equal(killed({ best: 30, low: 30, high: null, injured: null }), "At least 30 killed");
  assert.equal(killed({ best: 0, low: 0, high: null, injured: null }), "No one reported killed");
  assert.equal(tollNumber({ best: 2, low: null, high: null, injured: null }), "2");
  assert.equal(shortToll({ best: 2, low: 2, high: 4, injured: null }), "2–4 killed");
  const numbers = [[2, 1, null], [2, null, 5], [null, 4, 4], [null, 0, 0], [null, 0, 6], [null, null, 3], [null, 3, null], [null, null, null], [0, 0, 0], [7, 7, 7], [2, 5, null]] as const;
  const tolls = numbers.map(([best, low, high]) => ({ best, low, high, injured: null }));
  assert.deepEqual(tolls.map(killed), [
    "2 killed (1 to 2)", "2 killed (2 to 5)", "4 killed", "No one reported killed", "Killed: reports differ, 0 to 6", "At most 3 killed", "At least 3 killed",
    "Killed: not stated", "No one reported killed", "7 killed", "2 killed",
  ]);
  assert.deepEqual(tolls.map(tollNumber), ["1–2", "2–5", "4", "0", "0–6", "≤3", "3+", "", "0", "7", "2"]);
  assert.deepEqual(tolls.map(shortToll), ["1–2 killed", "2–5 killed", "4 killed", "", "0–6 killed", "≤3 killed", "3+ killed", "", "", "7 killed", "2 killed"]);
  assert.deepEqual(claim<string>({ name: "X", attribution: "accused", by: "Y" }, say), ["Accused", "X, by Y"]);
  assert.deepEqual(claim<string>({ name: "X", attribution: "stated", by: "Y" }, say), ["Stated", "X, by Y"]);
  assert.deepEqual(claim<string>({ name: "X", attribution: "denied" }, say), ["Denied by", "X"]);
});

test("a badge says nothing of a verification that nobody states", () => {
  const badge = (value: string | null, sources: number): string => spaced(verificationBadge(value, sources));
  assert.deepEqual([badge(null, 0), badge(null, 2)], ["", "2 sources"]);
  assert.deepEqual([badge("unverified", 0), badge("verified", 1)], ["Unverified", "Verified · 1 source"]);
});

test("the summary counts what it shows", () => {
  const byPrecision = { point: 41, settlement: 73, vicinity: 30, area: 22, country: 8, none: 0 };
  const facts = { visible: 174, total: 332, undated: 0, window: [19730, 19782], byPrecision } as const;
  const pieces = summary(facts);
  assert.deepEqual(pieces.filter(({ isHead }) => isHead).map(({ text }) => spaced(text)), ["174 incidents"]);
  assert.equal(
    spaced(pieces.map(({ text }) => text).join("")),
    "174 incidents between 8 January 2024 and 29 February 2024. 41 are placed to a site or better; 30 are known only by province or country.",
  );
  // What has no date is no part of any window.
  const told = (window: readonly [number, number] | null): string => spaced(summary({ ...facts, undated: 7, window }).map(({ text }) => text).join("")).split(".")[0]!;
  assert.equal(told([19801, 19801]), "167 incidents on 19 March 2024, and 7 without a date");
  assert.equal(told([19730, 19782]), "167 incidents between 8 January 2024 and 29 February 2024, and 7 without a date");
  assert.equal(told(null), "174 incidents");
});

test("every method has its words, and a reason is not said twice", () => {
  const methods = ["given", "coordinates", "name", "fuzzy name", "country", "province", "surrounding place", "region", "override", "none"];
  assert.deepEqual(Object.keys(METHODS).sort(), [...methods].sort());
  for (const method of methods) assert.match(methodSentence(method, null) ?? "", /^[A-Z].+\.$/);
  const reasons = [
    ["given", "The coordinates were given"],
    ["coordinates", "The place text states coordinates"],
    ["name", "The list of sites knows “Tower 22”"],
    ["fuzzy name", "No place named “Rutbo” is known; GeoNames knows “Rutba”, one letter apart"],
    ["country", "Only the country is given"],
    ["province", "Only the province is given"],
    ["surrounding place", "No place named “Xyz” is known in Jordan; placed by Jordan around it"],
    ["region", "“border” means the land within 20 km of that border, on either side"],
    ["override", "place assigned by editor: seen on site"],
    ["none", "No place is given"],
  ] as const;
  for (const [method, reason] of reasons) assert.equal(methodSentence(method, reason), null, method);
  assert.equal(methodSentence("given", "The point stands for a Polygon"), "The coordinate came with the table.");
  assert.equal(methodSentence("name as stated", null), null);
  assert.deepEqual(methods.filter(isGiven), ["given", "coordinates", "override"]);
});

test("what the filters leave out is one sentence", () => {
  const nothing = { kinds: [], places: [], verifications: [], undated: false };
  assert.equal(leftOut(nothing), "");
  assert.equal(
    leftOut({ ...nothing, kinds: ["Flood", "Storm"], places: ["Country only"], undated: true }),
    "Left out: Flood, Storm; place known to: Country only; undated incidents.",
  );
});

test("characters that command a reading direction are not shown", () => {
  assert.equal(undirected("a\u202Eb\u2067c\u2069\u202C d\u200F"), "abc d\u200F");
});

test("a count on the map is written as in the panel", () => {
  assert.deepEqual([999, 1131, 2005, 9999, 10_000].map(shortCount), ["999", "1,131", "2,005", "9,999", "10k"]);
});
