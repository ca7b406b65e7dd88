/** The user's own places: a diamond in ink each, which no kind of incident has, and its name. */

import { type Box, overlaps, within } from "../canvas/boxes";
import type { Drawer, Frame } from "../canvas/frame";
import { worldX, worldY } from "../canvas/geodesic";
import { siteGlyph } from "../reading/resultglyphs";
import type { LegendPart } from "../reading/legend";
import { onCanvas } from "../marks/marklayout";
import type { Block } from "../data/payload";
import { SANS } from "../canvas/tokens";
import { directionOf, undirected } from "../words/plaintext";

export interface Site {
  readonly lon: number;
  readonly lat: number;
  /** Position in the unit square. */
  readonly x: number;
  readonly y: number;
  readonly name: string;
}

interface Placed {
  readonly site: Site;
  readonly x: number;
  readonly y: number;
  readonly label: Box | null;
}

const REACH_PX = 6;
const GAP_PX = 3;
const FONT = `500 12px ${SANS}`;
/** So near to the middle of a site the pointer means it. */
const POINTED_PX = 9;

export function readSites(block: Block): Site[] {
  const [lon, lat] = [block.numbers("lon"), block.numbers("lat")];
  return block.json("name").map((name, i) => ({
    lon: lon[i]! / 1e5, lat: lat[i]! / 1e5, x: worldX(lon[i]! / 1e5), y: worldY(lat[i]! / 1e5), name: typeof name === "string" ? undirected(name) : "",
  }));
}

export class Sites implements Drawer, LegendPart {
  readonly surface = "top";
  /** Above the names of the map, below the marks of incidents. */
  readonly order = 26;
  readonly #sites: readonly Site[];
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  readonly #title: string;
  #placed: readonly Placed[] = [];

  constructor(sites: readonly Site[], title: string) {
    this.#sites = sites;
    this.#title = title;
  }

  layout(frame: Frame): void {
    this.#ruler.font = FONT;
    const { sight, obstacles } = frame;
    const spots = this.#sites
      .map((site) => ({ site, ...onCanvas(frame.view, site.x, site.y) }))
      .filter(({ x, y }) => x > sight.left - REACH_PX && x < sight.right + REACH_PX && y > sight.top - REACH_PX && y < sight.bottom + REACH_PX);
    // All symbols claim their room before the first name does.
    const marks = spots.map(({ x, y }) => ({ left: x - REACH_PX, right: x + REACH_PX, top: y - REACH_PX, bottom: y + REACH_PX }));
    const before = obstacles.length;
    obstacles.push(...marks);
    this.#placed = spots.map(({ site, x, y }, i) => {
      const width = this.#ruler.measureText(site.name).width;
      const free = (box: Box): boolean => within(box, sight) &&
        !obstacles.some((other, j) => j !== before + i && overlaps(box, other, GAP_PX));
      const label = site.name === "" ? null : (besides(x, y, width).find(free) ?? null);
      if (label !== null) obstacles.push(label);
      return { site, x, y, label };
    });
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { tokens } = frame;
    context.lineJoin = "round";
    context.font = FONT;
    context.textAlign = "left";
    context.textBaseline = "middle";
    for (const { site, x, y, label } of this.#placed) {
      const path = new Path2D(`M${x} ${y - 5.5}L${x + 5.5} ${y} ${x} ${y + 5.5} ${x - 5.5} ${y}z`);
      context.strokeStyle = tokens.halo;
      context.lineWidth = 4.5;
      context.stroke(path);
      context.fillStyle = tokens.surface;
      context.fill(path);
      context.strokeStyle = tokens.ink;
      context.lineWidth = 1.5;
      context.stroke(path);
      if (label === null) continue;
      frame.labels.push({ text: site.name, style: "site", box: label });
      const middle = (label.top + label.bottom) / 2 + 0.5;
      context.strokeStyle = tokens.halo;
      context.lineWidth = 3.5;
      context.direction = directionOf(site.name);
      context.strokeText(site.name, label.left, middle);
      context.fillStyle = tokens.ink;
      context.fillText(site.name, label.left, middle);
    }
  }

  /** The name of the site at a place of the unit square. */
  nameAt(x: number, y: number, frame: Frame): string | null {
    const at = onCanvas(frame.view, x, y);
    const found = this.#placed.find((site) => Math.hypot(site.x - at.x, site.y - at.y) < POINTED_PX);
    return found === undefined || found.site.name === "" ? null : found.site.name;
  }

  version(): string {
    return `${this.#title}|${this.#placed.length > 0}`;
  }

  keys(): { glyph: Element; text: string }[] {
    return this.#placed.length === 0 ? [] : [{ glyph: siteGlyph(), text: this.#title }];
  }

  block(): Node[] {
    return [];
  }
}

/** Places for a name beside a point: end, start, below, above. */
function besides(x: number, y: number, width: number): Box[] {
  const [half, away] = [8, REACH_PX + 4];
  return [
    { left: x + away, right: x + away + width, top: y - half, bottom: y + half },
    { left: x - away - width, right: x - away, top: y - half, bottom: y + half },
    { left: x - width / 2, right: x + width / 2, top: y + away - 1, bottom: y + away + 2 * half - 1 },
    { left: x - width / 2, right: x + width / 2, top: y - away - 2 * half + 1, bottom: y - away + 1 },
  ];
}
