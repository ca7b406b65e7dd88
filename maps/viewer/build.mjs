// Builds the viewer into bundle/: `page` carries Leaflet and the shell, `plugin` draws with the
// Leaflet that the host page already has, and the `compat` files are for elements of folium.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildCompat } from "./compat.mjs";

const leafletLicence = await readFile(new URL("node_modules/leaflet/LICENSE", import.meta.url), "utf8");
const leafletVersion = JSON.parse(
  await readFile(new URL("node_modules/leaflet/package.json", import.meta.url), "utf8"),
).version;

// BSD-2-Clause asks that the notice travels with every copy, so it travels inside the bundle.
const notice = `/*! incidentmap viewer, MIT. Contains Leaflet ${leafletVersion}, BSD-2-Clause:\n${leafletLicence.trim()}\n*/`;

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

const hostLeaflet = {
  name: "host-leaflet",
  setup(bundler) {
    bundler.onResolve({ filter: /^leaflet$/ }, () => ({ path: "leaflet", namespace: "host" }));
    bundler.onLoad({ filter: /.*/, namespace: "host" }, () => ({ contents: "module.exports = window.L;" }));
  },
};

const bundle = new URL("bundle/", import.meta.url);
const written = new Set();

/** A page that is written meanwhile finds the old file or the new one, never a part. */
async function write(name, text) {
  const part = new URL(`.${name}.${process.pid}`, bundle);
  await writeFile(part, text);
  await rename(part, new URL(name, bundle));
  written.add(name);
}

async function writeBundle(options) {
  const { outputFiles } = await build({ ...common, ...options, outdir: "bundle", write: false });
  for (const { path, text } of outputFiles) await write(path.replaceAll("\\", "/").split("/").at(-1), text);
}

await mkdir(bundle, { recursive: true });
await writeBundle({
  entryPoints: { page: "src/page.ts" },
  banner: { js: notice, css: `/*! Contains Leaflet ${leafletVersion}, BSD-2-Clause: its notice heads page.js */` },
});
await writeBundle({ entryPoints: { plugin: "src/plugin.ts" }, plugins: [hostLeaflet] });
await buildCompat(common, write);
for (const name of await readdir(bundle)) if (!written.has(name)) await rm(new URL(name, bundle));
