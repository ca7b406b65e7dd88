// Builds the viewer into bundle/: a Leaflet, whole or slim, then `page` with the shell and the parts
// that only some pages carry; `plugin`, which draws with the Leaflet that the host page already has;
// `review`, the page of a review; and the `compat` files for elements of folium.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildCompat } from "./compat.mjs";
import { ownNames } from "./names.mjs";
import { buildPage } from "./parts.mjs";
import { slimmed } from "./slim.mjs";
import { keysIn, withSentences, writeCatalogues } from "./words.mjs";

const leafletLicence = await readFile(new URL("node_modules/leaflet/LICENSE", import.meta.url), "utf8");
const leafletVersion = JSON.parse(
  await readFile(new URL("node_modules/leaflet/package.json", import.meta.url), "utf8"),
).version;

// BSD-2-Clause asks that the notice travels with every copy, so it travels inside the bundle.
const notice = `/*! Leaflet ${leafletVersion}, BSD-2-Clause:\n${leafletLicence.trim()}\n*/`;

const common = {
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome110", "firefox115", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "dataurl" },
  logLevel: "info",
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
};

/** The Leaflet of the page, which stands before our scripts. */
const leafletOfPage = {
  name: "leaflet-of-page",
  setup(bundler) {
    bundler.onResolve({ filter: /^leaflet$/ }, () => ({ path: "leaflet", namespace: "page" }));
    bundler.onLoad({ filter: /.*/, namespace: "page" }, () => ({ contents: "export default window.L;" }));
  },
};

// Leaflet marks by an underscore what is its own. The shell asks for one of these, and some are strings. What
// names of ours are shortened to is taken.
const ownOfLeaflet = { mangleProps: /^_/, reserveProps: /^_(leaflet|animatingZoom)/, mangleCache: ownNames.mangleCache };

const bundle = new URL("bundle/", import.meta.url);
const written = new Set();

/** A page that is written meanwhile finds the old file or the new one, never a part. */
async function write(path, text) {
  const name = path.replaceAll("\\", "/").split("/").at(-1);
  const part = new URL(`.${name}.${process.pid}`, bundle);
  await writeFile(part, text);
  await rename(part, new URL(name, bundle));
  written.add(name);
}

async function writeBundle(options) {
  const { outputFiles } = await build({ ...common, ...options, outdir: "bundle", write: false });
  for (const { path, text } of outputFiles) await write(path, text);
}

await mkdir(bundle, { recursive: true });
await writeBundle({ entryPoints: { leaflet: "src/leaflet/full.ts" }, banner: { js: notice } });
await writeBundle({ entryPoints: { leaflet_slim: "src/leaflet/slim.js" }, banner: { js: notice }, plugins: [slimmed], ...ownOfLeaflet });
const css = `/*! Contains Leaflet ${leafletVersion}, BSD-2-Clause: its notice heads leaflet.js */`;
await buildPage(common, leafletOfPage, { js: "/*! incidentmap viewer, MIT */", css }, write);
const { metafile } = await build({ ...common, entryPoints: ["src/plugin.ts"], plugins: [leafletOfPage], metafile: true, write: false, outdir: "bundle" });
const said = await keysIn(common.absWorkingDir, Object.keys(metafile.inputs));
await writeBundle({ entryPoints: { plugin: "src/plugin.ts" }, plugins: [leafletOfPage, withSentences(common.absWorkingDir, said)] });
await buildCompat(common, write);
const review = { entryPoints: { review: "src/review.ts" }, plugins: [leafletOfPage, withSentences(common.absWorkingDir, [])], banner: { js: "/*! incidentmap review, MIT */", css } };
const inReview = await build({ ...common, ...review, metafile: true, write: false, outdir: "bundle", logLevel: "warning" });
await writeBundle(review);
await writeCatalogues(common.absWorkingDir, Object.keys(inReview.metafile.inputs), write);
for (const name of await readdir(bundle)) if (!written.has(name)) await rm(new URL(name, bundle));
