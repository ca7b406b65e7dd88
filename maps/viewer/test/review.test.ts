import assert from "node:assert/strict";
import { test } from "vitest";
import { candidateLine, faultOf, mergeLines, seenLine, splitLines, type Typed, typedLine } from "../src/review/choices";
import { editClash, incidents } from "../src/review/edits";
import { asCsv, contradiction, editLine, keyOf, pairLine, together } from "../src/review/lines";
import { Log } from "../src/review/log";
import { Progress } from "../src/review/progress";
import { Queue } from "../src/review/queue";
import type { Item, Records, Report } from "../src/review/records";
import { Session } from "../src/review/session";
import { chosenOf, spotsOf } from "../src/review/spots";

const COLUMNS = ["incident_id", "place_text", "place", "note", "mine", "action", "other_id", "field", "value"];

test("cells are quoted where CSV needs it, and never against formulas", () => {
  const lines = [{ incident_id: "=1+1", place_text: 'The "Old" Market, Homs', note: "two\nlines" }, { incident_id: "7" }];
  assert.equal(asCsv(["incident_id", "place_text", "note"], lines), 'incident_id,place_text,note\n=1+1,"The ""Old"" Market, Homs","two\nlines"\n7,,\n');
});

test("a pair is the same pair in either order", () => {
  assert.equal(keyOf(pairLine("merge", "b", "a")), keyOf(pairLine("split", "a", "b")));
  assert.notEqual(keyOf(editLine("a", "kind", "fire")), keyOf(editLine("a", "title", "fire")));
});

test("a split between reports that a chain of merges holds together contradicts it", () => {
  const chain = [pairLine("merge", "a", "b"), pairLine("merge", "c", "b"), pairLine("merge", "x", "y")];
  assert.equal(contradiction(chain), null);
  assert.equal(contradiction([...chain, pairLine("split", "a", "x")]), null);
  assert.deepEqual(contradiction([pairLine("split", "a", "c"), ...chain]), pairLine("split", "a", "c"));
});

test("lines stand after the earlier ones, and take the place of those that decide the same", () => {
  const earlier = [
    { incident_id: "7", place_text: "", place: "Old place", note: "by phone", mine: "kept" },
    { action: "split", incident_id: "b", other_id: "a" },
    { incident_id: "8", place: "Homs" },
  ];
  const decided = [{ incident_id: "7", place: "Basra" }, pairLine("merge", "a", "b"), editLine("8", "kind", "fire")];
  assert.equal(asCsv(COLUMNS, together(earlier, decided)), [
    COLUMNS.join(), "7,,Basra,,kept,,,,", "a,,,,,merge,b,,", "8,,Homs,,,,,,", "8,,,,,edit,,kind,fire", "",
  ].join("\n"));
});

test("steps are undone in turn and done again, and what a step replaced comes back", () => {
  const log = new Log();
  log.decide(0, [{ incident_id: "7", place: "Homs" }]);
  log.saved();
  log.decide(0, [{ incident_id: "7", place: "Basra" }]);
  log.decide(1, [pairLine("merge", "a", "b")], [keyOf({ incident_id: "7" })]);
  assert.deepEqual([log.lines, [...log.items()]], [[pairLine("merge", "a", "b")], [1]]);
  assert.equal(log.undo(), 1);
  assert.deepEqual(log.lines, [{ incident_id: "7", place: "Basra" }]);
  assert.equal(log.unsaved, true);
  assert.equal(log.undo(), 0);
  assert.deepEqual([log.lines, log.unsaved], [[{ incident_id: "7", place: "Homs" }], false]);
  assert.equal(log.undo(), 0);
  assert.deepEqual([log.lines, log.unsaved, log.undo()], [[], true, null]);
  assert.deepEqual([log.redo(), log.redo()], [0, 0]);
  assert.deepEqual(log.lines, [{ incident_id: "7", place: "Basra" }]);
  log.decide(2, [], [keyOf({ incident_id: "none" })]);
  assert.equal(log.redo(), 1);
});

function report(id: string, title: string): Report {
  return { id, title, sources: [{ quote: `Quoted ${id}` }], actors: [], candidates: [], group: 0, same: 1 };
}

test("the queue filters by reason, by words and by what is open, and knows where groups begin", () => {
  const items: Item[] = [{ why: "ambiguous", reports: [0] }, { why: "ambiguous", reports: [1] }, { why: "doubtful", reports: [0, 1] }];
  const records: Records = { reports: [report("a", "Şalem"), report("b", "Homs")], items, earlier: { columns: [], rows: [] } };
  const queue = new Queue(records);
  const shown = (done: readonly number[] = [], keep: number | null = null): readonly number[] => {
    queue.refresh((item) => done.includes(item), keep);
    return queue.shown;
  };
  assert.deepEqual([shown(), queue.heads], [[0, 1, 2], [{ place: 0, why: "ambiguous" }, { place: 2, why: "doubtful" }]]);
  queue.words = ["salem"];
  assert.deepEqual(shown(), [0, 2]);
  queue.words = ["quoted b"];
  assert.deepEqual(shown(), [1, 2]);
  queue.words = [];
  queue.chosen.add("doubtful");
  assert.deepEqual([shown(), queue.heads], [[2], [{ place: 0, why: "doubtful" }]]);
  queue.chosen.clear();
  queue.onlyOpen = true;
  assert.deepEqual(shown([0, 1], 1), [1, 2]);
});

const HOMS = { place_id: "geonames:169577", name: "Homs", lon: 36.72, lat: 34.73, uncertainty_m: 4000, is: "settlement" };
const CAMP = { name: "Camp", lon: 36.5, lat: 34.5, uncertainty_m: 900.4 };
const NOTHING: Typed = { place: "", country: "", lon: "", lat: "", radius: "", note: "" };

test("a candidate is chosen by its identifier, or by where it is, for one report or for all of a text", () => {
  const one = { ...report("7", "Shelling"), place_text: "Homs", stated_country: "Syria", candidates: [HOMS, CAMP] };
  assert.deepEqual(candidateLine(one, HOMS, false), { incident_id: "7", place: "Homs", place_id: "geonames:169577" });
  assert.deepEqual(candidateLine(one, CAMP, true), { place_text: "Homs", stated_country: "Syria", place: "Camp", lon: "36.5", lat: "34.5", uncertainty_m: "900" });
  assert.deepEqual([chosenOf(one, candidateLine(one, CAMP, true)), chosenOf(one, { incident_id: "7", place: "Basra" }), chosenOf(one, undefined)], [1, -1, -1]);
  const typed = typedLine(one, { ...NOTHING, lon: "36.1", lat: "34.2", radius: "500" }, false);
  assert.deepEqual(typed, { incident_id: "7", lon: "36.1", lat: "34.2", uncertainty_m: "500" });
  const shown = spotsOf([{ ...one, lon: 38, lat: 35, precision: "country", uncertainty_m: 400_000 }], { active: 0, chosen: -1, placed: typed }, () => undefined);
  assert.deepEqual(shown.map(({ label, radiusM }) => [label, radiusM]), [["✓", 500], ["1", 4000], ["2", 900.4], ["", null]]);
});

test("what is typed is a name, or both degrees", () => {
  const faults = ([
    {}, { place: "Homs" }, { lon: "36" }, { lat: "34" }, { lon: "181", lat: "0" }, { lon: "36.5", lat: "-90.1" }, { lon: "3e1", lat: "2" },
    { lon: "36", lat: "34", radius: "0" }, { place: "Homs", radius: "4 km" }, { lon: "-36.", lat: "+.5", radius: "4000.5" },
  ] as const).map((each) => faultOf({ ...NOTHING, ...each }));
  assert.deepEqual(faults, ["nothing", null, "half", "half", "lon", "lat", "lon", "radius", "radius", null]);
});

test("merges hold what was compared together, and a split takes one report from all others", () => {
  const reports = ["a", "b", "c"].map((id) => report(id, id));
  const item: Item = { why: "merged", reports: [0, 1, 2] };
  assert.deepEqual(mergeLines(item, reports), [pairLine("merge", "a", "b"), pairLine("merge", "a", "c")]);
  assert.deepEqual(mergeLines({ ...item, links: [{ a: "c", b: "b" }] }, reports), [pairLine("merge", "b", "c")]);
  assert.deepEqual(splitLines(item, reports, 1), [pairLine("split", "a", "b"), pairLine("split", "b", "c")]);
  assert.deepEqual(seenLine({ why: "doubtful", reports: [1, 2] }, reports), { action: "seen", incident_id: "b", other_id: "c", field: "doubtful" });
});

test("what is said of all reports of a place, or of all pairs of an incident, decides their items too", () => {
  const says = (id: string, group: number): Report => ({ ...report(id, id), place_text: "Homs", group, same: group === 0 ? 2 : 1 });
  const items: Item[] = [
    { why: "ambiguous", reports: [0] }, { why: "ambiguous", reports: [1] }, { why: "low", reports: [2] },
    { why: "doubtful", reports: [0, 1] }, { why: "merged", reports: [0, 1], links: [{ a: "a", b: "b" }] },
  ];
  const log = new Log();
  const progress = new Progress({ reports: [says("a", 0), says("b", 0), says("c", 1)], items, earlier: { columns: [], rows: [] } }, log);
  const done = (): number[] => {
    progress.refresh();
    return items.flatMap((_, number) => (progress.isDone(number) ? [number] : []));
  };
  log.decide(0, [{ place_text: "Homs", place: "Homs", place_id: HOMS.place_id }]);
  assert.deepEqual(done(), [0, 1]);
  log.decide(3, [pairLine("split", "a", "b")]);
  assert.deepEqual([done(), progress.done], [[0, 1, 3, 4], 4]);
  log.undo();
  log.undo();
  assert.deepEqual(done(), []);
});

test("edits of one incident that the reader of the file refuses are found, and none of two incidents", () => {
  const clash = (...lines: Parameters<typeof editClash>[0]): boolean => editClash(lines, incidents([["m", "n", "o"]], lines)) !== null;
  const [verified, disputed] = [editLine("a", "verification", "verified"), editLine("b", "verification", "disputed")];
  assert.deepEqual([clash(verified, disputed), clash(verified, disputed, pairLine("merge", "a", "b")), clash(verified, editLine("b", "verification", "verified"), pairLine("merge", "a", "b"))], [false, true, false]);
  const merged = [editLine("m", "fatalities_low", "100"), editLine("n", "fatalities_high", "50")];
  assert.deepEqual([clash(...merged), clash(...merged, pairLine("split", "m", "n"), pairLine("split", "n", "o"))], [true, false]);
  assert.deepEqual([clash(editLine("a", "date_start", "2024-02-01"), editLine("a", "date_end", "2024-01-31")), clash(editLine("a", "fatalities_low", "9"), editLine("a", "fatalities_best", ""), editLine("a", "fatalities_high", "10"))], [true, false]);
});

test("what is said of a merged incident stays with the reports that stay, and of each part something else can be said", () => {
  const reports = ["a", "b", "c"].map((id) => report(id, id));
  const items: Item[] = [{ why: "merged", reports: [0, 1, 2], says: {} }];
  const session = new Session({ reports, items, earlier: { columns: COLUMNS, rows: [] } });
  const decide = ([lines, dropped]: readonly [Parameters<Log["decide"]>[1], readonly string[]]): void => {
    session.log.decide(0, lines, dropped);
    session.refresh();
  };
  const [item, [a, b]] = [items[0]!, reports as [Report, Report, Report]];
  decide(session.edited(item, a, "verification", "verified"));
  decide(session.edited(item, b, "verification", "corroborated"));
  assert.deepEqual(session.log.lines, [editLine("a", "verification", "corroborated")]);
  decide(session.parted(item, 0));
  assert.deepEqual(session.log.lines, [pairLine("split", "a", "b"), pairLine("split", "a", "c"), editLine("b", "verification", "corroborated")]);
  assert.deepEqual([session.isWhole(item), session.foremost(item), session.value(item, a, "verification")], [false, 1, ""]);
  decide(session.edited(item, a, "verification", "disputed"));
  assert.deepEqual(session.log.lines.slice(2), [editLine("b", "verification", "corroborated"), editLine("a", "verification", "disputed")]);
});
