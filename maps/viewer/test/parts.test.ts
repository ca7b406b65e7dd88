import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { transformSync } from "esbuild";
import { test } from "vitest";
import unused from "../src/leaflet/unused.json";

const SRC = new URL("../src/", import.meta.url);

function sources(): { name: string; text: string }[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, text: readFileSync(new URL(name.replaceAll("\\", "/"), SRC), "utf8") }));
}

/** What pages with a Leaflet of their own, or with elements of folium, use of it beside. */
const WHOLE_ONLY = new Map([["GridLayer", "shell/background.ts"], ["Control", "reading/popups.ts"], ["popup", "reading/popups.ts"]]);

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
  }
});

test("what a part may take from the page never changes: no module exports a variable", () => {
  for (const { name, text } of sources()) assert.doesNotMatch(text, /^export (let|var) /m, name);
});

test("the plugin holds every part", () => {
  const plugin = readFileSync(new URL("plugin.ts", SRC), "utf8");
  for (const file of readdirSync(new URL("parts/", SRC))) assert.ok(plugin.includes(`"./parts/${file.replace(/\.ts$/, "")}"`), file);
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
