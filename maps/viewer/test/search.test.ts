import assert from "node:assert/strict";
import { test } from "vitest";
import { IncidentSet } from "../src/data/incidents";
import { Block } from "../src/data/payload";
import { NO_TABLE, type TextTable } from "../src/data/texts";
import { fold, hits, needles } from "../src/search/fold";
import { TextIndex } from "../src/search/textindex";
import { incidentBlock } from "./fixture";

const marked = (text: string, query: string): string[] => hits(text, needles(query)).map(([first, end]) => text.slice(first, end));

test("texts that differ in case, accents, apostrophes or Arabic variants are the same", () => {
  for (const [one, other] of [["Şanlıurfa", "sanliurfa"], ["Sana‘a", "SANAA"], ["Al-ʿĀmāra", "al-amara"], ["الأردن", "الاردن"], ["مدرسة", "مدرسه"], ["Groß", "gross"], ["ﬁre", "fire"], ["مصطفى", "مصطفي"], ["٢٠٢٤", "2024"], ["۲۰۲۴", "2024"], ["Da\u202emas\u00adcus", "damascus"], ["near\n  the  gate", "near the gate"]] as const) {
    assert.equal(fold(one), fold(other));
  }
});

test("a search is words and phrases in quotes", () => {
  assert.deepEqual(needles('  Tower  22 "near  Rukban" '), ["tower", "22", "near rukban"]);
  assert.deepEqual(needles("“two words” “open"), ["two words", "open"]);
  assert.deepEqual(needles('"" \''), []);
});

test("hits are the letters of the text itself, joined where they meet", () => {
  assert.deepEqual(marked("Near Şanlıurfa", "sanliurfa near"), ["Near", "Şanlıurfa"]);
  assert.deepEqual(marked("abcabc", "abc bca"), ["abcabc"]);
  assert.deepEqual(marked("abcdef", "abcdef cd"), ["abcdef"]);
  assert.deepEqual(marked("at the\n  gate", '"the gate"'), ["the\n  gate"]);
  assert.deepEqual(marked("سنة ٢٠٢٤", "2024"), ["٢٠٢٤"]);
  assert.deepEqual(marked("ﬁre at Sana‘a", "fi sanaa"), ["ﬁ", "Sana‘a"]);
  assert.deepEqual(marked("😀 fire", "fire"), ["fire"]);
});

/** A table of texts over columns. */
function tableOf(columns: Readonly<Record<string, readonly unknown[]>>): TextTable {
  return { ...NO_TABLE, column: (name) => columns[name] ?? [] };
}

test("rows are found by all their words, in any of their texts, over many rows", () => {
  const size = 20_000;
  const set = new IncidentSet(new Block(incidentBlock(Array.from({ length: size }, () => ({ kind: "battle", precision: "site", start: 19_700 })))));
  const title = Array.from({ length: size }, (_, row) => (row % 3 === 0 ? null : `Row ${row} of many`));
  const actors = Array.from({ length: size }, (_, row) => (row % 5 === 0 ? [{ name: "The Group" }, { role: "other" }] : null));
  const sources = Array.from({ length: size }, (_, row) => (row === 19_999 ? [{ publisher: "Times", quote: "The last\nof all" }] : []));
  const index = new TextIndex(set, tableOf({ title, actors, sources }));
  const found = (query: string): number[] => [...index.find(needles(query)).entries()].flatMap(([row, flag]) => (flag === 1 ? [row] : []));
  assert.deepEqual(found("row many").length, title.filter((each) => each !== null).length);
  assert.deepEqual(found("group row").length, actors.filter((each, row) => each !== null && title[row] !== null).length);
  assert.deepEqual(found('"row 8192 of"'), [8192]);
  assert.deepEqual(found("times last"), [19_999]);
  assert.deepEqual(found('"last of all"'), [19_999]);
  assert.deepEqual(found(Array.from({ length: 300 }, () => "row").join(" ")), found("row"));
  assert.deepEqual(found("many row many"), found("row"));
  assert.deepEqual(found("group nobody"), []);
  // Who writes on gets what the whole search finds, also after a word is taken away.
  assert.deepEqual(found("the gr"), found("group"));
  assert.deepEqual(found("the grou row"), found("group row"));
  assert.deepEqual(found("times"), [19_999]);
  assert.deepEqual(found("times la"), [19_999]);
  assert.deepEqual(found("times lax"), []);
  assert.deepEqual(found("group"), found("the group"));
  // Kinds without a colour of their own have no filter, and are found by their name.
  assert.equal(found("battle group").length, found("group").length);
  // All was read in parts; a part is done whatever it takes.
  const parts = new TextIndex(set, tableOf({ title, actors, sources }));
  let steps = 1;
  while (!parts.read(0)) steps++;
  assert.ok(steps > 10);
  assert.deepEqual(parts.find(["times"]), index.find(["times"]));
  assert.ok(parts.light && !new TextIndex(set, { ...tableOf({}), bytes: (...names) => names.length * 3e6 }).light);
  // What ends one row and begins the next is no phrase.
  assert.deepEqual(found('"many row"'), []);
});
