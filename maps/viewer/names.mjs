// Short names for properties that only the viewer's own code says, the same in page.js and in its parts.
import { readFile } from "node:fs/promises";

/** Long names of our own: no browser has them, nor Leaflet, nor what Python writes, and no text spells them. */
const NAMES = JSON.parse(await readFile(new URL("src/ownnames.json", import.meta.url), "utf8"));

// With a sign that no other property of one letter or two begins with.
const short = Object.fromEntries(NAMES.map((name, i) => [name, `$${i.toString(36)}`]));

export const ownNames = { mangleProps: new RegExp(`^(${NAMES.join("|")})$`), mangleCache: short };
