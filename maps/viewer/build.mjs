// Builds the two bundles of the viewer into bundle/: `page` carries Leaflet and the shell,
// `plugin` draws with the Leaflet that the host page already has.
import { mkdir, readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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

await rm(new URL("bundle", import.meta.url), { recursive: true, force: true });
await mkdir(new URL("bundle", import.meta.url));
await build({
  ...common,
  entryPoints: { page: "src/page.ts" },
  outdir: "bundle",
  banner: { js: notice, css: `/*! Contains Leaflet ${leafletVersion}, BSD-2-Clause: its notice heads page.js */` },
});
await build({ ...common, entryPoints: { plugin: "src/plugin.ts" }, outdir: "bundle", plugins: [hostLeaflet] });
