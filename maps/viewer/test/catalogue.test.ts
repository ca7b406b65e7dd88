import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test, vi } from "vitest";
import arabic from "../src/words/ar.json";
import english from "../src/words/en.json";

type Sentence = string | Readonly<Record<string, string>>;
type Catalogue = Readonly<Record<string, Sentence>>;

const ENGLISH: Catalogue = english.say;
const ARABIC: Catalogue = arabic.say;

/** The texts of all files below a folder with this ending. */
function sources(folder: string, ending: string): string[] {
  const below = readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: "utf8" });
  return below.filter((name) => name.endsWith(ending)).map((name) => readFileSync(new URL(`${folder}${name}`, import.meta.url), "utf8"));
}

function forms(sentence: Sentence): string[] {
  return typeof sentence === "string" ? [sentence] : Object.values(sentence);
}

function places(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort();
}

/** The form that holds all places; others may write a number out. */
function fullest(sentence: Sentence): string {
  return typeof sentence === "string" ? sentence : sentence["other"]!;
}

test("both languages have the same sentences with the same places", () => {
  assert.deepEqual(Object.keys(ARABIC), Object.keys(ENGLISH));
  for (const [key, sentence] of Object.entries(ENGLISH)) {
    assert.deepEqual(places(fullest(ARABIC[key]!)), places(fullest(sentence)), key);
    for (const form of [...forms(sentence), ...forms(ARABIC[key]!)]) {
      const known = places(fullest(sentence));
      assert.ok(places(form).every((name) => known.includes(name)), `${key}: ${form}`);
      assert.ok(form.trim() === form && form !== "", key);
    }
  }
});

test("plural forms are those of the language", () => {
  for (const { locale, say } of [english, arabic]) {
    const known = new Intl.PluralRules(locale).resolvedOptions().pluralCategories as string[];
    for (const [key, sentence] of Object.entries<Sentence>(say)) {
      if (typeof sentence === "string") continue;
      assert.ok(Object.keys(sentence).every((form) => known.includes(form)) && "other" in sentence, key);
      assert.ok(places(fullest(sentence)).includes("n"), `${key} has forms but no number`);
    }
  }
});

test("every sentence is used, and every one asked for is there", () => {
  const code = [...sources("../src/", ".ts"), ...sources("../../../layers/", ".py")].join("\n");
  const asked = new Set([...code.matchAll(/"([a-z]+(?:\.\w+)+)"/g)].map(([, key]) => key!));
  const beginnings = [...code.matchAll(/\b(?:say|told)\(`([a-z.]+)\$\{/g)].map(([, beginning]) => beginning!);
  const unasked = Object.keys(ENGLISH).filter((key) => !asked.has(key) && !beginnings.some((each) => key.startsWith(each)));
  assert.deepEqual(unasked, []);
  const said = [...code.matchAll(/\b(?:say|told)\(\s*"([^"]+)"/g)].map(([, key]) => key!);
  assert.deepEqual(said.filter((key) => !(key in ENGLISH)), []);
});

test("Arabic is Arabic", () => {
  // Names, figures and signs alone need no letters.
  const wordless = (text: string): boolean => !/\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ""));
  for (const [key, sentence] of Object.entries(ARABIC)) {
    for (const form of forms(sentence)) assert.ok(wordless(form) || /\p{Script=Arabic}/u.test(form) || key.startsWith("hex."), key);
  }
});

test("a page speaks the language that it brings, and shows the key of a sentence that it lacks", async () => {
  const words = { locale: arabic.locale, names: arabic.names, say: { ...arabic.say } as Record<string, Sentence> };
  delete words.say["strip.play"];
  vi.stubGlobal("document", { getElementById: () => ({ textContent: JSON.stringify(words) }) });
  vi.resetModules();
  const { listed, named, say } = await import("../src/words/catalogue");
  const { shortDate } = await import("../src/words/dates");
  const { length } = await import("../src/words/numbers");
  const { borderSentence } = await import("../src/words/border");
  const { methodSentence } = await import("../src/words/methods");
  vi.unstubAllGlobals();
  const spaced = (text: string): string => text.replaceAll("\u00a0", " ");
  assert.deepEqual(
    [1, 2, 5, 53, 174, 1211].map((n) => spaced(say("count.incidents", { n }))),
    ["حادثة واحدة", "حادثتان", "5 حوادث", "53 حادثة", "174 حادثة", "1,211 حادثة"],
  );
  assert.equal(spaced(shortDate(19782)), "29 فبراير 2024");
  assert.equal(spaced(length(1500)), "1.5 كم");
  assert.equal(listed(["أ", "ب"]), "أ، ب");
  // A reason in English does not say it to those who read Arabic.
  assert.equal(methodSentence("country", "Only the country is given"), say("method.country"));
  assert.equal(named("Flood"), "فيضان");
  assert.equal(named("constructor"), "constructor");
  assert.equal(say("strip.play"), "strip.play");
  const facts = { names: "Jordan–Syria", distanceM: 1330, minM: 0, maxM: 2790, bearingDeg: 144, uncertaintyM: 1000, status: null };
  assert.equal(spaced(borderSentence(facts, say)), "على بعد نحو 1.3 كم (0 إلى 2.8) جنوب شرقي حدود Jordan–Syria");
});
