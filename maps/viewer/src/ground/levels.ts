/** The levels of the base map, decoded once however many layers draw from them. */

import { ArcLevel } from "./arcs";
import { openBlock } from "../data/payload";

const opened = new Map<string, Promise<readonly ArcLevel[]>>();

/** All levels of some blocks, the coarsest first. */
export function openLevels(blockIds: readonly string[], facesId: string): Promise<readonly ArcLevel[]> {
  const key = [facesId, ...blockIds].join();
  let levels = opened.get(key);
  if (levels === undefined) {
    levels = read(blockIds, facesId);
    opened.set(key, levels);
  }
  return levels;
}

async function read(blockIds: readonly string[], facesId: string): Promise<readonly ArcLevel[]> {
  const [faces, ...blocks] = await Promise.all([openBlock(facesId), ...blockIds.map(openBlock)]);
  return blocks.map((block) => new ArcLevel(block, faces)).sort((a, b) => a.minZoom - b.minZoom);
}

/** The level drawn at a zoom; between two whole zooms that of the lower one. */
export function levelAt(levels: readonly ArcLevel[], zoom: number): ArcLevel | null {
  const whole = Math.floor(zoom + 1e-6);
  return levels.findLast((level) => level.minZoom <= whole) ?? levels[0] ?? null;
}
