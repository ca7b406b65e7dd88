import assert from "node:assert/strict";
import { test, vi } from "vitest";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { NO_TABLE } from "../src/data/texts";
import { CSV, fileName, fileOf, GEOJSON, quoted } from "../src/list/export";
import type { Tables } from "../src/list/sorting";
import type { Ref } from "../src/time/clock";
import { incidentBlock, type MadeUp } from "./fixture";

const DAY = 19_700;
const ROW = { kind: "battle", precision: "site", start: DAY };

function withTexts(rows: readonly MadeUp[], texts: Readonly<Record<string, readonly unknown[]>> = {}): { refs: Ref[]; tables: Tables } {
  const set = new IncidentSet(new Block(incidentBlock(rows)));
  return { refs: rows.map((_, row) => ({ set, row })), tables: new Map([[set, { ...NO_TABLE, column: (name) => texts[name] ?? [] }]]) };
}

async function csvCells(rows: readonly MadeUp[], texts?: Readonly<Record<string, readonly unknown[]>>): Promise<Record<string, string>[]> {
  const { refs, tables } = withTexts(rows, texts);
  const [head, ...lines] = (await (await fileOf(CSV, refs, tables, {})).text()).split("\r\n");
  assert.equal(lines.pop(), "");
  // None of these cells holds a comma or a quote.
  return lines.map((line) => Object.fromEntries(head!.split(",").map((name, i) => [name, line.split(",")[i]!])));
}

interface Collection {
  readonly incidentmap: unknown;
  readonly features: readonly { readonly geometry: unknown; readonly properties: Readonly<Record<string, unknown>> }[];
}

async function geojson(rows: readonly MadeUp[], texts?: Readonly<Record<string, readonly unknown[]>>, about = {}): Promise<Collection> {
  const { refs, tables } = withTexts(rows, texts);
  return JSON.parse(await (await fileOf(GEOJSON, refs, tables, about)).text()) as Collection;
}

test("a spreadsheet takes no text for a formula, and numbers stay numbers", () => {
  const blanks = ["", " ", "\0", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u202e"];
  for (const sign of "=+-@＝＋－＠") for (const blank of blanks) assert.ok(quoted(`${blank}${sign}A1`).startsWith("'"), JSON.stringify(blank + sign));
  for (const first of ["\t", "\r", "\n"]) assert.ok(/^"?'/.test(quoted(`${first}Homs`)), JSON.stringify(first));
  for (const plain of ["Homs", " Homs", "-3.5", "+4e3", "a=1", "3-4", "'=1", ""]) assert.equal(quoted(plain), plain);
  assert.deepEqual([quoted(-3), quoted(null)], ["-3", ""]);
});

test("cells with commas, quotes and ends of lines of any kind are quoted", () => {
  assert.deepEqual(["a,b", 'a "b"', "a\nb", "a\rb", "a b"].map(quoted), ['"a,b"', '"a ""b"""', '"a\nb"', '"a\rb"', "a b"]);
  assert.equal(quoted([{ name: "A" }]), '"[{""name"":""A""}]"');
});

test("numbers have the digits that they have, and groups the incidents that they stand for", async () => {
  const [one, two] = await csvCells([
    { ...ROW, lon: 38.70321, lat: 33.3, uncertaintyM: 0.3, borderM: 54321.123, low: 16777217, weight: 12 }, { kind: "flood", precision: "none", start: null, placed: false },
  ]);
  const pick = (cells: Record<string, string>, ...names: string[]): string[] => names.map((name) => cells[name]!);
  assert.deepEqual(pick(one!, "lon", "lat", "uncertainty_m", "border_distance_m", "fatalities_low", "fatalities_high", "incidents"), ["38.70321", "33.3", "0.3", "54321.12", "16777217", "", "12"]);
  assert.deepEqual(pick(one!, "date_start", "date_end", "date_precision"), ["2023-12-09", "2023-12-09", "day"]);
  assert.deepEqual(pick(two!, "lon", "lat", "date_start", "date_end", "incidents"), ["", "", "", "", "1"]);
});

test("what is known to a country only is no point, and not said to be located", async () => {
  const rows = ["site", "country"].map((precision) => ({ ...ROW, precision, status: "located", country: "JOR" }));
  const { features } = await geojson(rows);
  assert.deepEqual(features.map(({ geometry }) => geometry), [{ type: "Point", coordinates: [0, 0] }, null]);
  assert.deepEqual(features.map(({ properties }) => [properties["status"], properties["country"], properties["worldview"]]), [["located", "Jordan", "default"], ["unlocated", "Jordan", "default"]]);
  assert.deepEqual((await csvCells(rows)).map(({ lon, status }) => [lon, status]), [["0", "located"], ["", "unlocated"]]);
});

test("the evidence leaves with its incident, each fact where it stands in its text", async () => {
  const quote = "😀 a clash in Rutba";
  const actors = [{ name: "A group", attribution: "denied", by: "=B" }];
  const texts = {
    incident_id: ["a"], title: ["=1"], reason: ["No such place"], method: ["none"], date_note: ["The year is inferred"], sensitivity: ["restricted"], actors: [actors],
    sources: [[{ publisher: "a.txt", url: "https://news.example/1", quote, span: [10, 27], marks: [[14, 19, "place"]] }, { publisher: "b.txt" }]],
    candidates: ['[["Rutba","SYR",33.04,null]]'],
  };
  const { incidentmap, features } = await geojson([ROW], texts, { licence: "ODbL" });
  assert.deepEqual(incidentmap, { licence: "ODbL" });
  const [{ properties }] = features as [Collection["features"][number]];
  assert.deepEqual(["title", "reason", "method", "date_note", "sensitivity"].map((name) => properties[name]), ["=1", "No such place", "none", "The year is inferred", "restricted"]);
  assert.deepEqual(properties["actors"], actors);
  const source = { publisher: "a.txt", url: "https://news.example/1" };
  assert.deepEqual(properties["sources"], [{ ...source, quote, start: 9, end: 27 }, { ...source, quote: "Rutba", start: 22, end: 27, fact: "place" }, { publisher: "b.txt" }]);
  assert.deepEqual(properties["candidates"], [{ name: "Rutba", country_a3: "SYR", lat: 33.04, lon: null }]);
  assert.ok(!("injured" in properties));
});

test("a long file is made in parts between which the page lives on, and is the same however it is cut", async () => {
  const { refs, tables } = withTexts(Array.from({ length: 400 }, () => ROW));
  const whole = await (await fileOf(GEOJSON, refs, tables, {})).text();
  const longest: number[] = [];
  let now = 0;
  vi.stubGlobal("performance", { now: () => (now += 1) });
  vi.stubGlobal("Blob", class extends Blob {
    constructor(parts: BlobPart[], options?: BlobPropertyBag) {
      super(parts, options);
      longest.push(...parts.map((part) => (typeof part === "string" ? part.length : 0)));
    }
  });
  let rests = 0;
  vi.stubGlobal("setTimeout", (run: () => void) => { rests++; queueMicrotask(run); });
  const told: number[] = [];
  const cut = await fileOf(GEOJSON, refs, tables, {}, (done) => { told.push(done); });
  vi.unstubAllGlobals();
  assert.equal(await cut.text(), whole);
  assert.ok(told.length >= 30 && told.every((done, i) => done > (told[i - 1] ?? 0) && done <= refs.length), String(told));
  // Between parts, and between columns that are read for the first time.
  assert.ok(rests >= told.length + 30 && Math.max(...longest) < whole.length / 20, `${rests} ${Math.max(...longest)}`);
});

test("files are named from the title", () => {
  assert.equal(fileName("Incidents near the border, 2024: part 1/2", "csv"), "incidents-near-the-border-2024-part-1-2.csv");
  assert.equal(fileName("../..", "csv"), "incidents.csv");
  assert.equal(fileName("حوادث الشتاء", "geojson"), "حوادث-الشتاء.geojson");
});
