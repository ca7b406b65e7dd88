// Builds what folium's common elements need into bundle/: one script and one style sheet for each
// of them, so that a page carries no more than it uses. The scripts stand as their authors wrote
// them, because they look for their surroundings themselves.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const MODULES = new URL("node_modules/", import.meta.url);

/** By part: the packages with their licence, their scripts, and the style sheet. */
const PARTS = {
  popup: { packages: { jquery: "LICENSE.txt" }, scripts: ["jquery/dist/jquery.min.js"], style: null },
  icon: {
    packages: { "leaflet.awesome-markers": "LICENSE", bootstrap: "LICENSE" },
    scripts: ["leaflet.awesome-markers/dist/leaflet.awesome-markers.js"],
    style: "src/compat/icon.css",
  },
  fontawesome: {
    packages: { "@fortawesome/fontawesome-free": "LICENSE.txt" }, scripts: [], style: "src/compat/fontawesome.css",
  },
  cluster: {
    packages: { "leaflet.markercluster": "MIT-LICENCE.txt" },
    scripts: ["leaflet.markercluster/dist/leaflet.markercluster.js"],
    style: "src/compat/cluster.css",
  },
  heat: { packages: { "leaflet.heat": "LICENSE" }, scripts: ["leaflet.heat/dist/leaflet-heat.js"], style: null },
  fullscreen: {
    packages: { "leaflet.fullscreen": "LICENSE" },
    scripts: ["leaflet.fullscreen/Control.FullScreen.js"],
    style: "src/compat/fullscreen.css",
  },
  minimap: {
    packages: { "leaflet-minimap": "LICENSE.txt" },
    scripts: ["leaflet-minimap/dist/Control.MiniMap.min.js"],
    style: "src/compat/minimap.css",
  },
  scale: { packages: { d3: "LICENSE" }, scripts: ["d3/d3.min.js"], style: null },
};

const read = (path) => readFile(new URL(path, MODULES), "utf8");

async function notice(packages) {
  const texts = await Promise.all(Object.entries(packages).map(async ([name, licence]) => {
    const { version } = JSON.parse(await read(`${name}/package.json`));
    return `${name} ${version}\n${(await read(`${name}/${licence}`)).trim()}`;
  }));
  return `/*! ${texts.join("\n\n").replaceAll("*/", "* /")}\n*/`;
}

/** Of the formats of a font only the one that all browsers read is carried. */
const oneFormat = {
  name: "one-format",
  setup(bundler) {
    bundler.onLoad({ filter: /fontawesome-free.css.*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/,\s*url\([^)]*\.ttf"?\)\s*format\("truetype"\)/g, ""),
      loader: "css",
    }));
  },
};

/** Bootstrap's icons without the rest of Bootstrap, which would restyle the page; and turned icons. */
const glyphicons = {
  name: "glyphicons",
  setup(bundler) {
    bundler.onResolve({ filter: /^glyphicons$/ }, () => ({ path: "glyphicons", namespace: "made" }));
    bundler.onLoad({ filter: /.*/, namespace: "made" }, async () => {
      const sheet = await read("bootstrap/dist/css/bootstrap.css");
      const rules = [...sheet.matchAll(/^\.glyphicon[^{]*\{[^}]*\}/gm)].map(([rule]) => rule);
      const font = '@font-face{font-family:"Glyphicons Halflings";src:url(bootstrap/dist/fonts/glyphicons-halflings-regular.woff2) format("woff2")}';
      const turns = Array.from({ length: 359 }, (_, i) => `.fa-rotate-${i + 1}{transform:rotate(${i + 1}deg)}`);
      return { contents: [font, ...rules, ...turns].join("\n"), loader: "css", resolveDir: fileURLToPath(MODULES) };
    });
  },
};

export async function buildCompat(common, write) {
  for (const [part, { packages, scripts, style }] of Object.entries(PARTS)) {
    const head = await notice(packages);
    if (scripts.length > 0) {
      const code = await Promise.all(scripts.map(async (path) => {
        const text = (await read(path))
          .replace(/^\/\/# sourceMappingURL=.*$/m, "")
          // Heat is drawn by reading pixels back, of which browsers warn unless they were told.
          .replaceAll(part === "heat" ? 'getContext("2d")' : "\0", 'getContext("2d",{willReadFrequently:true})')
          .trim();
        return path.includes(".min.") ? text : (await transform(text, { minify: true, target: common.target })).code.trim();
      }));
      await write(`compat_${part}.js`, [head, ...code, ""].join("\n"));
    }
    if (style === null) continue;
    const { outputFiles } = await build({
      ...common, entryPoints: [style], write: false, logLevel: "warning", plugins: [oneFormat, glyphicons],
      loader: { ".png": "dataurl", ".svg": "dataurl", ".woff2": "dataurl" },
    });
    await write(`compat_${part}.css`, scripts.length > 0 ? outputFiles[0].text : `${head}\n${outputFiles[0].text}`);
  }
}
