// Makes the slim Leaflet smaller than its modules: without what asks for the kind of browser, as all are new, with
// modules of our own for elements, events and small things, and without methods of maps that nothing of ours calls.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const own = (name) => fileURLToPath(new URL(`src/leaflet/${name}.js`, import.meta.url));
const BROWSER = own("browser");
/** Modules of Leaflet that take up much room with what older browsers need. */
const REPLACED = { DomEvent: own("domevent"), DomUtil: own("domutil"), Util: own("util") };
const ASKS = /import Browser from '[./]+\/core\/Browser';|import Browser from '\.\/Browser';/;

/** By module: methods of Leaflet that neither it nor the viewer calls. */
const UNUSED = JSON.parse(await readFile(new URL("src/leaflet/unused.json", import.meta.url), "utf8"));

/** Leaflet's source without a method: all of them begin and end on lines of their own. */
function without(code, name) {
  const [method] = new RegExp(`^\\t${name}: function [^]*?^\\t\\},?$`, "m").exec(code) ?? [];
  if (method === undefined) throw new Error(`Leaflet has no method ${name} that could be left out`);
  return code.replace(method, "");
}

export const slimmed = {
  name: "slimmed",
  setup(bundler) {
    bundler.onResolve({ filter: /\/(DomEvent|DomUtil|Util)(\.js)?$/ }, ({ path }) => ({ path: REPLACED[path.split("/").at(-1).replace(".js", "")] }));
    bundler.onLoad({ filter: /leaflet[\\/]src[\\/].*\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      contents = contents.replace(ASKS, `import * as Browser from ${JSON.stringify(BROWSER)};`);
      contents = contents.replace("checkDeprecatedMixinEvents(props.includes);", "");
      const module = path.replaceAll("\\", "/").split("leaflet/src/")[1];
      contents = (UNUSED[module] ?? []).reduce(without, contents);
      return { contents };
    });
  },
};
