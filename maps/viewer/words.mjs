// The sentences under short keys: each page of ours brings a catalogue, and the plugin holds the English it says.
import { readdir, readFile } from "node:fs/promises";
import { resolve } from "node:path";

const KEY = /"([a-z]+(?:\.\w+)+)"/g;

/** What keys begin with that are put together only when the page runs; these keep their names. */
const BEGINNING = /\b(?:say|told)\(`([a-z.]+)\$\{/g;

async function read(root, language) {
  return JSON.parse(await readFile(resolve(root, `src/words/${language}.json`), "utf8"));
}

async function textsOf(root, modules) {
  return Promise.all(modules.filter((path) => path.endsWith(".ts")).map((path) => readFile(resolve(root, path), "utf8")));
}

function beginningsIn(texts) {
  return texts.flatMap((text) => [...text.matchAll(BEGINNING)].map(([, beginning]) => beginning));
}

/** The short key of each sentence, by its place in the catalogue. */
export async function shortKeys(root) {
  const modules = (await readdir(resolve(root, "src"), { recursive: true })).map((path) => `src/${path}`);
  const whole = beginningsIn(await textsOf(root, modules));
  const keys = Object.keys((await read(root, "en")).say);
  return new Map(keys.map((key, i) => [key, whole.some((beginning) => key.startsWith(beginning)) ? key : i.toString(36)]));
}

/** The keys that stand in some modules, in the order of the catalogue. */
export async function keysIn(root, modules) {
  const texts = await textsOf(root, modules);
  const found = new Set(texts.flatMap((text) => [...text.matchAll(KEY)].map(([, key]) => key)));
  const beginnings = beginningsIn(texts);
  return Object.keys((await read(root, "en")).say).filter((key) => found.has(key) || beginnings.some((each) => key.startsWith(each)));
}

/** English sentences under their short keys. */
async function sentencesOf(root, keys) {
  const [{ say }, short] = [await read(root, "en"), await shortKeys(root)];
  return Object.fromEntries(keys.map((key) => [short.get(key), say[key]]));
}

/** Writes short keys into the code, and only these sentences into its catalogue. */
export function withSentences(root, keys) {
  return {
    name: "sentences",
    async setup(bundler) {
      const short = await shortKeys(root);
      bundler.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
        const code = await readFile(path, "utf8");
        return { contents: code.replaceAll(KEY, (text, key) => (short.has(key) ? `"${short.get(key)}"` : text)), loader: "ts" };
      });
      bundler.onLoad({ filter: /[\\/]words[\\/]en\.json$/ }, async () => {
        const english = await read(root, "en");
        return { contents: JSON.stringify({ ...english, say: await sentencesOf(root, keys) }), loader: "json" };
      });
    },
  };
}

/**
 * The catalogues for Python, which writes into each page what the viewer says of one, under the short keys:
 * those of a map, and those of the modules of a review.
 */
export async function writeCatalogues(root, ofReview, write) {
  const keys = await shortKeys(root);
  const modules = (await readdir(resolve(root, "src"), { recursive: true })).map((path) => `src/${path.replaceAll("\\", "/")}`);
  const shortIn = async (paths) => Object.fromEntries((await keysIn(root, paths)).map((key) => [key, keys.get(key)]));
  const short = await shortIn(modules.filter((path) => !/^src\/review(\/|\.ts)/.test(path)));
  const review = await shortIn(ofReview);
  for (const language of ["en", "ar"]) {
    const words = await read(root, language);
    await write(`words_${language}.json`, JSON.stringify(language === "en" ? { ...words, short, review } : words));
  }
}
