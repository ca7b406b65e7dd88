import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { test } from "vitest";
import unused from "../src/leaflet/unused.json";
import ownNames from "../src/ownnames.json";

const SRC = new URL("../src/", import.meta.url);

function sources(): { name: string; text: string }[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, text: readFileSync(new URL(name.replaceAll("\\", "/"), SRC), "utf8") }));
}

/** All words in files of a folder, and in the folders in it. */
function wordsIn(folder: string, kind: RegExp): string[] {
  const place = new URL(folder, SRC);
  return readdirSync(place, { recursive: true, encoding: "utf8" }).filter((name) => kind.test(name))
    .flatMap((name) => readFileSync(new URL(name.replaceAll("\\", "/"), place), "utf8").match(/\w+/g) ?? []);
}

/** What pages with a Leaflet of their own, or with elements of folium, use of it beside. */
const WHOLE_ONLY = new Map([["GridLayer", "shell/background.ts"], ["Control", "reading/popups.ts"], ["popup", "reading/popups.ts"], ["disableClickPropagation", "reading/popups.ts"]]);
/** Parts of the page round a map, which the plugin does not have. */
const OF_THE_SHELL = ["compare.ts"];

test("the slim Leaflet has all that the sources ask of Leaflet", () => {
  const slim = readFileSync(new URL("leaflet/slim.js", SRC), "utf8");
  const list = /window\.L = \{(.*)\};/.exec(slim)?.[1]?.replace("{ EPSG3857 }", "") ?? "";
  const had = new Set(list.split(",").map((each) => each.split(":")[0]!.trim()));
  for (const { name, text } of sources()) {
    if (name.startsWith("leaflet")) continue;
    // Without its types the text asks for values only.
    for (const [, used] of transformSync(text, { loader: "ts" }).code.matchAll(/\bL\.(\w+)/g)) {
      assert.ok(had.has(used!) || WHOLE_ONLY.get(used!) === name, `${name} uses L.${used!}, which leaflet/slim.js lacks`);
    }
    for (const [, module, used] of text.matchAll(/\bL\.(Dom\w+)\.(\w+)/g)) {
      const held = new RegExp(`const ${module!} = \\{(.*)\\};`).exec(slim)?.[1]?.split(",").map((each) => each.trim()) ?? [];
      assert.ok(held.includes(used!) || WHOLE_ONLY.get(used!) === name, `${name} uses L.${module!}.${used!}, which leaflet/slim.js lacks`);
    }
  }
});

test("what a part may take from the page never changes: no module exports a variable", () => {
  for (const { name, text } of sources()) assert.doesNotMatch(text, /^export (let|var) /m, name);
});

test("the plugin holds every part but those of the shell", () => {
  const plugin = readFileSync(new URL("plugin.ts", SRC), "utf8");
  for (const file of readdirSync(new URL("parts/", SRC))) {
    assert.equal(plugin.includes(`"./parts/${file.replace(/\.ts$/, "")}"`), !OF_THE_SHELL.includes(file), file);
  }
});

test("the sources call no method that the slim Leaflet is without, and none of its own", () => {
  const left = Object.values(unused).flat();
  assert.ok(left.includes("flyTo"));
  for (const { name, text } of sources()) {
    const code = transformSync(text, { loader: "ts" }).code;
    for (const [, used] of code.matchAll(/\.(\w+)/g)) {
      assert.ok(!left.includes(used!), `${name} uses ${used!}, which slim.mjs leaves out`);
      if (!name.startsWith("leaflet")) assert.ok(!used!.startsWith("_") || used === "_animatingZoom", `${name} uses ${used!}, which has another name in a page`);
    }
  }
});

test("a name that is shortened is said by the viewer's own code alone", () => {
  const known = new Set([
    ...wordsIn("../node_modules/typescript/lib/", /^lib\.(dom|es5|es20[12]\d\..*)\.d\.ts$/),
    ...wordsIn("../node_modules/leaflet/src/", /\.js$/), ...wordsIn("../../../layers/", /\.py$/),
  ]);
  assert.ok(known.has("getBoundingClientRect") && known.has("flatMap"));
  const codes = sources().map(({ text }) => transformSync(text, { loader: "ts" }).code);
  const used = new Set(codes.flatMap((code) => [...code.matchAll(/\w+/g)].map(([word]) => word)));
  const texts = new Set(codes.flatMap((code) => [...code.matchAll(/(["'`])(\w+)\1/g)].map(([, , text]) => text)));
  assert.equal(new Set(ownNames).size, ownNames.length);
  for (const name of ownNames) {
    // What Python writes has no capitals inside.
    assert.match(name, /^[a-z]+[A-Z]\w*$/);
    assert.ok(used.has(name), `${name} is in ownnames.json, and no module says it`);
    assert.ok(!known.has(name), `${name} is in ownnames.json, and a browser, Leaflet or Python knows it, too`);
    assert.ok(!texts.has(name), `${name} is in ownnames.json, and a text spells it`);
  }
});
