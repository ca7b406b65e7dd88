// Builds page.js and the parts beside it. A part is a script of its own for what only some pages hold
// (src/parts/): it takes from page.js, by number, what that has already, and brings the rest.
import { readdir } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { build } from "esbuild";
import { ownNames } from "./names.mjs";
import { withSentences } from "./words.mjs";

/** How a part of esbuild's making says what it takes from a module that stands outside it. */
const TAKEN = /import\{([^}]*)\}from"(page:[^"]+)";/g;
const TAKEN_AT_RUN = "incidentmap.shared";

async function built(options) {
  const { outputFiles, metafile } = await build({ ...options, write: false, metafile: true });
  return { files: outputFiles, modules: Object.keys(metafile.inputs) };
}

/** Leaves out the modules that page.js holds. */
function outside(root, modules) {
  const held = new Set(modules.map((path) => resolve(root, path)));
  return {
    name: "outside",
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, async ({ path, pluginData, ...where }) => {
        if (pluginData === "seen" || where.kind === "entry-point") return null;
        const found = await bundler.resolve(path, { ...where, pluginData: "seen" });
        if (!held.has(found.path)) return found;
        return { path: `page:${relative(root, found.path).replaceAll("\\", "/")}`, external: true };
      });
    },
  };
}

/** The names that a part takes from each module of page.js, as pairs of the module's and the part's own. */
function takenBy(code) {
  return [...code.matchAll(TAKEN)].flatMap(([, names, module]) =>
    names.split(",").map((each) => {
      const [name, own = name] = each.split(" as ");
      return { key: `${module.slice("page:".length)} ${name}`, own };
    }),
  );
}

/** A part as a script: what it takes stands in a list of page.js, under the number of its name. */
function asScript(code, shared) {
  const taken = takenBy(code).map(({ key, own }) => `${shared.indexOf(key)}:${own}`);
  const body = code.replaceAll(TAKEN, "").trim();
  if (/(^|[;}])(import|export)\b/.test(body)) throw new Error("a part must take from page.js by name only");
  return `(()=>{const{${taken.join(",")}}=${TAKEN_AT_RUN};${body}})();\n`;
}

/** page.ts, and the list of what the parts take. */
function entryOf(shared, root) {
  const imports = shared.map((key, i) => {
    const [module, name] = key.split(" ");
    return `import { ${name} as shared${i} } from "./${module}";`;
  });
  const list = shared.map((_, i) => `shared${i}`).join(", ");
  return {
    contents: [`import "./src/page.ts";`, ...imports, `${TAKEN_AT_RUN} = [${list}];`].join("\n"),
    resolveDir: root, sourcefile: "page.js", loader: "js",
  };
}

export async function buildPage(common, leaflet, banner, write) {
  const root = common.absWorkingDir;
  const page = { ...common, ...ownNames, plugins: [leaflet], logLevel: "warning" };
  const { modules } = await built({ ...page, entryPoints: ["src/page.ts"], outdir: "bundle" });
  const names = (await readdir(resolve(root, "src/parts"))).filter((name) => name.endsWith(".ts")).sort();
  const parts = await Promise.all(names.map(async (name) => {
    const options = { ...page, format: "esm", entryPoints: [`src/parts/${name}`], outdir: "bundle" };
    const plugins = [leaflet, outside(root, modules), withSentences(root, [])];
    const { files: [{ text }] } = await built({ ...options, plugins });
    return { name: `part_${name.replace(/\.ts$/, ".js")}`, text };
  }));
  const shared = [...new Set(parts.flatMap(({ text }) => takenBy(text).map(({ key }) => key)))].sort();
  const { files } = await built({ ...page, plugins: [leaflet, withSentences(root, [])], stdin: entryOf(shared, root), outfile: "bundle/page.js", banner });
  for (const { path, text } of files) await write(path, text);
  for (const { name, text } of parts) await write(name, asScript(text, shared));
}
