import assert from "node:assert/strict";
import { test } from "vitest";
import type { Making } from "../src/data/making";
import { when } from "../src/words/dates";
import { say } from "../src/words/catalogue";
import { candidateNames, claimNote, linesNote, meetingNote, sensitivityWords, sentences, spanWords, zoneNote } from "../src/words/evidence";
import { makingParts, type PageFacts, plainParts } from "../src/words/making";

const spaced = (text: string): string => text.replaceAll("\u00a0", " ");

test("notes are sentences that follow each other", () => {
  assert.equal(sentences("Known to the day.", null, "The year is inferred", ""), "Known to the day. The year is inferred.");
  assert.equal(sentences(null), "");
});

test("what is everybody's is not said", () => {
  assert.deepEqual([zoneNote(null, say), zoneNote("UTC", say), linesNote(null, say), sensitivityWords(null), sensitivityWords("public")], [null, null, null, null, null]);
  assert.equal(zoneNote("America/New_York", say), "The date is that of America/New York.");
  assert.equal(sensitivityWords("graphic"), "Shows graphic description");
  assert.equal(sensitivityWords("restricted"), "Marked as restricted: show the texts");
});

test("countries that claim or meet are named in one sentence", () => {
  assert.equal(claimNote(["Syria"], say), "Disputed ground, claimed by Syria.");
  assert.equal(meetingNote(["Iraq", "Jordan", "Syria"], say), "Iraq, Jordan and Syria meet within this reach.");
  assert.equal(meetingNote(["Iraq", "Jordan"], say), null);
});

test("another place of the name says only what is known of it", () => {
  const nothing = { name: null, country: null, lat: null, lon: null };
  assert.deepEqual(candidateNames({ name: "Springfield", country: "United States", lat: 37.2, lon: -93.3 }), ["Springfield", "United States", "37.20, -93.30"]);
  assert.deepEqual(candidateNames({ ...nothing, name: "Bagdad", lat: 34.6 }), ["Bagdad"]);
  assert.deepEqual(candidateNames(nothing), []);
  assert.equal(spanWords([1268, 1384]), "characters 1,268 to 1,384");
});

test("days that are known span from the first to the last", () => {
  assert.equal(spaced(when(19758, 19761, "day").text), "5 February 2024 – 8 February 2024");
  assert.equal(spaced(when(19758, 19758, "day").text), "5 February 2024");
  assert.equal(spaced(when(19758, 19761, "range").text), "Between 5 February 2024 and 8 February 2024");
});

const MAKING: Making = {
  software: "0.1.0", schema: 1, total: 60, methods: [["name", 42], ["by hand", 21], ["given", 5], ["service Photon", 2]], unsourced: 1,
  data: [{ from: "Made with Natural Earth.", licence: "Public domain", uses: ["map", "places"], as_of: ["5.1", "5.2"] }],
  others: ["site", "osm"], fingerprints: ["c4ac"], lines: "OpenStreetMap of 2017", inputs: [["incidents.csv", "3ea6"]], made_on: 19758,
};
const FACTS: PageFacts = {
  provenance: "", worldview: { borders: { name: "default", country: null }, incidents: null }, notices: [], hosts: [], grouped: false,
  places: { marked: 54, country: 3, none: 3 }, vague: 6, undated: 0, doubtful: { unlocated: 1, ambiguous: 2, suspicious: 0 },
  unplaced: [{ cells: ["A crash", "“crash site”", "No such place"] }],
};

function panel(making: Partial<Making> = {}, facts: Partial<PageFacts> = {}): string {
  return spaced(plainParts("T", makingParts({ ...MAKING, ...making }, { ...FACTS, ...facts })));
}

test("the method panel tells what was done, with what, and what is missing", () => {
  assert.equal(panel(), [
    "T", "",
    "54 of 60 incidents could be placed.", "3 incidents known only to a country; 3 incidents could not be placed.", "Nothing on this page asks a server.", "",
    "How the places were found", "Found by its name in a gazetteer\t42", "by hand\t21", "The coordinate came with the table\t5",
    "Answered by the online service Photon\t2", "",
    "Could not be placed, or doubtful: 3", "Not placed: 1. Ambiguous: 2.", "A crash\t“crash site”\tNo such place", "",
    "Borders and worldview", "Borders: de facto.", "Dashed lines are disputed or lines of control; dotted ones are claimed.",
    "Distances to borders were measured to these lines: OpenStreetMap of 2017. Their own error is inside every interval.", "",
    "Data and licences", "Incidents\tNot stated\tNot stated\t", "Place names\tYour own list of places\tNot stated\t",
    "Place names\tosm\tNot stated\t", "Map, Place names\tMade with Natural Earth.\tPublic domain\t5.1; 5.2", "",
    "Limits", "Reports are not events: a quiet place may be unreported, not calm.",
    "6 are known only by province or country: no density and no hexagon holds them.", "1 names no source.", "",
    "Versions", "incidentmap 0.1.0, table contract 1.", "Made on 5 February 2024.", "Input: incidents.csv, sha256 3ea6",
    "Fingerprint of the incidents: c4ac",
  ].join("\n"));
});

test("what is not known of a table is said, and parts without content are left out", () => {
  const text = panel(
    { total: 0, methods: [], data: [], others: [], lines: null, inputs: [], made_on: null },
    { places: { marked: 0, country: 0, none: 0 }, doubtful: { unlocated: 0, ambiguous: 0, suspicious: 0 }, hosts: ["tile.example"], notices: [["Grouped.", "Why."]] },
  );
  for (const absent of ["could be placed", "How the places", "doubtful", "were measured"]) assert.ok(!text.includes(absent), absent);
  for (const said of [
    "This page asks tile.example only after you agree.", "Grouped. Why.", "The day of making is not stated.", "The input files are not stated.",
  ]) assert.ok(text.includes(said), said);
});

test("counted incidents cannot be listed one by one", () => {
  const text = panel({}, { grouped: true, doubtful: { unlocated: 9, ambiguous: 0, suspicious: 4 } });
  assert.ok(text.includes("Could not be placed, or doubtful: 13\nNot placed: 9. Doubtful: 4.\nSingle incidents are not in this file"));
  assert.ok(!text.includes("A crash"));
});
