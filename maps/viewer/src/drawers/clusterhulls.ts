/** Clusters: the ground that the incidents of each span, the one in their middle, and how many of them are shown. */

import { type Line, readLines } from "../ground/lines";
import { type Box, overlaps, within } from "../canvas/boxes";
import type { Clock } from "../time/clock";
import { data, h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { worldX, worldY } from "../canvas/geodesic";
import { clusterGlyph } from "../reading/resultglyphs";
import type { IncidentSet } from "../data/incidents";
import type { Result } from "../layers/results";
import { legendRow } from "../reading/legend";
import { onCanvas } from "../marks/marklayout";
import type { Block } from "../data/payload";
import { traceRound } from "./hull";
import { inView } from "./rings";
import type { Scene } from "../canvas/scene";
import { SANS } from "../canvas/tokens";
import { count } from "../words/numbers";
import { say } from "../words/catalogue";
import { clusterChip, clusterNotes, clusterSentence } from "../words/clusters";
import { directionOf } from "../words/plaintext";

const FONT = `600 11px ${SANS}`;
const REACH_PX = 6;
/** So far the outline keeps from the incidents, so that it does not hide behind their marks. */
const AWAY_PX = 14;
const DASH = [6, 3];

export interface ClusterCount {
  readonly count: number;
  /** First and last day of the members shown; null where none has a date. */
  readonly first: number | null;
  readonly last: number | null;
}

/** The members shown of each cluster, and their dates. */
export function countClusters(clock: Clock, set: IncidentSet, clusterOf: ArrayLike<number>, size: number): ClusterCount[] {
  const found = Array.from({ length: size }, () => ({ count: 0, first: Infinity, last: -Infinity }));
  for (const row of clock.rows(set)) {
    const cluster = found[clusterOf[row]!];
    if (cluster === undefined) continue;
    cluster.count += set.weights?.[row] ?? 1;
    if (row >= set.undatedFrom) continue;
    cluster.first = Math.min(cluster.first, set.start[row]!);
    cluster.last = Math.max(cluster.last, set.lastDay(row));
  }
  return found.map(({ count, first, last }) => (first > last ? { count, first: null, last: null } : { count, first, last }));
}

interface Cluster {
  readonly name: string;
  readonly total: number;
  /** The middle, in the unit square. */
  readonly x: number;
  readonly y: number;
  readonly rings: readonly Line[];
}

interface Placed {
  readonly cluster: Cluster;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly label: Box | null;
}

export class ClusterHulls implements Result {
  readonly drawers: readonly Drawer[];
  readonly #scene: Scene;
  readonly #set: IncidentSet;
  readonly #title: string;
  readonly #clusters: readonly Cluster[];
  readonly #clusterOf: ArrayLike<number>;
  readonly #grouped: boolean;
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  /** Of the clusters that the last frame has drawn. */
  readonly #outlines = new Map<number, Path2D>();
  #placed: readonly Placed[] = [];
  #counts: readonly ClusterCount[] = [];
  #version = -1;

  constructor(scene: Scene, block: Block, set: IncidentSet, title: string) {
    this.#scene = scene;
    this.#set = set;
    this.#title = title;
    this.#clusters = readClusters(block);
    this.#clusterOf = block.numbers("cluster");
    this.#grouped = block.meta["grouped"] === true;
    this.drawers = [
      { surface: "summary", order: 3, draw: (context, frame) => { this.#drawGround(context, frame); } },
      {
        surface: "top", order: 25,
        layout: (frame) => { this.#placed = this.#place(frame); },
        draw: (context, frame) => { this.#drawMiddles(context, frame); },
      },
    ];
  }

  textAt(x: number, y: number): string | null {
    const { frame } = this.#scene;
    if (frame === null) return null;
    const at = onCanvas(frame.view, x, y);
    for (const [i, outline] of this.#outlines) {
      if (!this.#ruler.isPointInPath(outline, at.x, at.y)) continue;
      const { name, total } = this.#clusters[i]!;
      return clusterSentence(name, total, this.#now()[i]!);
    }
    return null;
  }

  version(): string {
    return [this.#title, ...this.#now().map(({ count }) => count)].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    return this.#now().some(({ count }) => count > 0) ? [{ glyph: clusterGlyph(), text: this.#title }] : [];
  }

  block(): Node[] {
    const counts = this.#now();
    const shown = counts.filter(({ count }) => count > 0).length;
    const notes = this.#grouped ? [say("cluster.grouped")] : clusterNotes(shown, counts.length, counts.reduce((sum, { count }) => sum + count, 0));
    return [
      h("h3", {}, data(this.#title)),
      ...(shown === 0 ? [] : [h("ul", {}, legendRow(clusterGlyph(), say("cluster.says")))]),
      ...notes.map((note) => h("p", { class: "im-legend-note" }, note)),
    ];
  }

  #now(): readonly ClusterCount[] {
    const { clock } = this.#scene;
    if (this.#version !== clock.version) {
      this.#version = clock.version;
      this.#counts = countClusters(clock, this.#set, this.#clusterOf, this.#clusters.length);
    }
    return this.#counts;
  }

  #drawGround(context: CanvasRenderingContext2D, frame: Frame): void {
    const counts = this.#now();
    const path = new Path2D();
    this.#outlines.clear();
    this.#clusters.forEach(({ rings }, i) => {
      if (counts[i]!.count === 0 || !inView(rings, frame)) return;
      const outline = new Path2D();
      this.#outlines.set(i, outline);
      for (const { scale, left, top } of frame.views) {
        for (const { points } of rings) traceRound(outline, Array.from(points, (value, at) => value * scale - (at % 2 === 0 ? left : top)), AWAY_PX);
      }
      path.addPath(outline);
    });
    context.fillStyle = frame.tokens.ink;
    context.globalAlpha = 0.05;
    context.fill(path);
    context.globalAlpha = 1;
    context.strokeStyle = frame.tokens.halo;
    context.lineWidth = 4;
    context.stroke(path);
    context.strokeStyle = frame.tokens.ink;
    context.lineWidth = 1.4;
    context.setLineDash(DASH);
    context.stroke(path);
  }

  #place(frame: Frame): readonly Placed[] {
    this.#ruler.font = FONT;
    const { sight, obstacles } = frame;
    const counts = this.#now();
    const placed: Placed[] = [];
    this.#clusters.forEach((cluster, i) => {
      const found = counts[i]!;
      const { x, y } = onCanvas(frame.view, cluster.x, cluster.y);
      if (found.count === 0 || x < sight.left || x > sight.right || y < sight.top || y > sight.bottom) return;
      const free = (box: Box): boolean => within(box, sight) && !obstacles.some((other) => overlaps(box, other, 2));
      const { text, label } = firstFree([clusterChip(found), count(found.count)], (words) =>
        places(x, y, this.#ruler.measureText(words).width, outlineBox(cluster, x, y, frame)).find(free) ?? null);
      if (label !== null) obstacles.push(label);
      placed.push({ cluster, x, y, text, label });
    });
    return placed;
  }

  #drawMiddles(context: CanvasRenderingContext2D, frame: Frame): void {
    const { tokens } = frame;
    context.font = FONT;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { x, y, text, label } of this.#placed) {
      const cross = new Path2D(`M${x - REACH_PX} ${y}h${2 * REACH_PX}M${x} ${y - REACH_PX}v${2 * REACH_PX}`);
      for (const [colour, width] of [[tokens.halo, 4.5], [tokens.ink, 1.6]] as const) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.stroke(cross);
      }
      if (label === null) continue;
      frame.labels.push({ text, style: "cluster", box: label });
      const middle = (label.top + label.bottom) / 2 + 0.5;
      context.strokeStyle = tokens.halo;
      context.lineWidth = 4;
      context.direction = directionOf(text);
      context.strokeText(text, label.left, middle);
      context.fillStyle = tokens.ink;
      context.fillText(text, label.left, middle);
    }
  }
}

function readClusters(block: Block): readonly Cluster[] {
  const [lon, lat, total] = [block.numbers("lon"), block.numbers("lat"), block.numbers("total")];
  const rings: Line[][] = Array.from(lon, () => []);
  const owner = block.numbers("ring_cluster");
  readLines(block, block.numbers("ring_length"), 1e5).forEach((line, i) => rings[owner[i]!]!.push(line));
  return block.json("name").map((name, i) => ({
    name: String(name), total: total[i]!, x: worldX(lon[i]! / 1e5), y: worldY(lat[i]! / 1e5), rings: rings[i]!,
  }));
}

/** The first of some texts that has room, and where. */
function firstFree(texts: readonly string[], find: (text: string) => Box | null): { text: string; label: Box | null } {
  for (const text of texts) {
    const label = find(text);
    if (label !== null) return { text, label };
  }
  return { text: "", label: null };
}

/** The box of the outline of a cluster whose middle is drawn at a place. */
function outlineBox({ x: unitX, y: unitY, rings }: Cluster, x: number, y: number, { view: { scale } }: Frame): Box {
  const { west, east, north, south } = rings[0] ?? { west: unitX, east: unitX, north: unitY, south: unitY };
  return {
    left: x + (west - unitX) * scale - AWAY_PX, right: x + (east - unitX) * scale + AWAY_PX,
    top: y + (north - unitY) * scale - AWAY_PX, bottom: y + (south - unitY) * scale + AWAY_PX,
  };
}

/** Outside of the outline, then beside the cross, nearer or farther where a mark lies on it. */
function places(x: number, y: number, width: number, { left, right, top, bottom }: Box): Box[] {
  const beside = (from: Box, gap: number): Box[] => [
    { left: from.right + gap, right: from.right + gap + width, top: y - 8, bottom: y + 8 },
    { left: from.left - gap - width, right: from.left - gap, top: y - 8, bottom: y + 8 },
    { left: x - width / 2, right: x + width / 2, top: from.bottom + gap, bottom: from.bottom + gap + 16 },
    { left: x - width / 2, right: x + width / 2, top: from.top - gap - 16, bottom: from.top - gap },
  ];
  const cross = { left: x, right: x, top: y, bottom: y };
  return [...beside({ left, right, top, bottom }, 4), ...[11, 24, 38].flatMap((gap) => beside(cross, gap))];
}
