/** The drawn world: sea, shore, land, province lines, borders, coast; one level of arcs per zoom range. */

import { type Arc, type ArcLevel, SEA } from "./arcs";
import type { Line } from "./lines";
import { h } from "../reading/dom";
import { type KeyItem, type LegendPart, legendRow } from "../reading/legend";
import { anyInSight, type LineKind, lineKeys, lineRows } from "./linelegend";
import { dotDisputed } from "../canvas/hatching";
import { levelAt, openLevels } from "./levels";
import type { Drawer, Frame } from "../canvas/frame";
import type { Scene } from "../canvas/scene";
import { traceLine, traceRings } from "../canvas/trace";

interface Ground {
  readonly level: ArcLevel;
  readonly land: readonly Line[];
  /** The countries in the data, drawn brighter. */
  readonly subject: readonly Line[];
  readonly coasts: readonly Arc[];
  readonly provinces: readonly Arc[];
  /** Disputed land by dispute, and the part of its edge that is no border. */
  readonly disputed: readonly (readonly Line[])[];
  readonly claims: readonly Arc[];
  /** Border arcs by dash pattern. */
  readonly borders: readonly { readonly dash: readonly number[]; readonly arcs: readonly Arc[] }[];
}

const SHORE = [[18, 0.28], [10, 0.35], [4, 0.5]] as const;

/** From this zoom on provinces have lines. */
const PROVINCE_ZOOM = 4;

export const DASHED = [5, 3.5];
const DOTTED = [1, 3];
const SOLID: readonly number[] = [];

/** The dash pattern of a border's status. */
export function dashOf(status: string | null): readonly number[] {
  if (status === "claimed") return DOTTED;
  return status === null || status === "international" || status === "lease" ? SOLID : DASHED;
}

function groundOf(level: ArcLevel, highlight: ReadonlySet<string>, disputes: readonly ReadonlySet<number>[]): Ground {
  const inSubject = (face: number): boolean => highlight.size === 0 || highlight.has(level.countryOf(face) ?? "");
  const borders = new Map<string, { dash: readonly number[]; arcs: Arc[] }>();
  for (const arc of level.arcs) {
    if (arc.kind !== "border") continue;
    const dash = dashOf(arc.status);
    const group = borders.get(dash.join()) ?? { dash, arcs: [] };
    group.arcs.push(arc);
    borders.set(dash.join(), group);
  }
  return {
    level,
    land: level.land(),
    subject: highlight.size === 0 ? level.land() : level.outline(inSubject),
    coasts: level.arcs.filter((arc) => arc.right === SEA),
    provinces: level.arcs.filter((arc) => arc.kind === "province" && inSubject(arc.left)),
    disputed: disputes.map((faces) => level.outlineOf(faces)),
    claims: level.arcs.filter((arc) => arc.kind === "claim"),
    borders: [...borders.values()],
  };
}

/** The parts of the ground that a reader can switch off. */
export type GroundPart = "borders" | "provinces";

/** The lines of one ground in one view, traced once however often they are drawn. */
interface TracedLines {
  readonly view: string;
  readonly coast: Path2D;
  readonly provinces: Path2D;
  readonly claims: Path2D;
  readonly borders: readonly { readonly dash: readonly number[]; readonly path: Path2D }[];
}

export class BaseMap implements Drawer, LegendPart {
  readonly surface = "base";
  readonly order = 0;
  readonly hidden = new Set<GroundPart>();
  readonly #ids: readonly string[];
  readonly #facesId: string;
  readonly #highlight: ReadonlySet<string>;
  readonly #disputes: readonly ReadonlySet<number>[];
  readonly #grounds = new Map<ArcLevel, Ground>();
  #levels: readonly ArcLevel[] = [];
  #traced: TracedLines | null = null;
  #kinds: { readonly view: string; readonly kinds: readonly LineKind[] } = { view: "", kinds: [] };
  #land: { readonly view: string; readonly path: Path2D } | null = null;
  #scene: Scene | null = null;

  constructor(blockIds: readonly string[], facesId: string, highlight: readonly string[], disputes: readonly ReadonlySet<number>[]) {
    this.#ids = blockIds;
    this.#facesId = facesId;
    this.#highlight = new Set(highlight);
    this.#disputes = disputes;
  }

  async open(scene: Scene): Promise<void> {
    this.#scene = scene;
    this.#levels = await openLevels(this.#ids, this.#facesId);
  }

  /** The level drawn at a zoom. */
  levelAt(zoom: number): ArcLevel | null {
    return levelAt(this.#levels, zoom);
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { width, height } = frame.view;
    const ground = this.#groundAt(frame.zoom);
    // Tiles bring a ground of their own; ours would hide it.
    if (this.#scene?.overTiles !== true) {
      context.fillStyle = frame.tokens.sea;
      context.fillRect(0, 0, width, height);
      if (ground !== null) drawLand(context, frame, ground, this.#lines(ground, frame).coast);
    }
    this.lines(context, frame);
  }

  /** Coasts, provinces and borders, for whatever has been painted over the ground. */
  lines(context: CanvasRenderingContext2D, frame: Frame): void {
    const ground = this.#groundAt(frame.zoom);
    if (ground !== null) drawLines(context, frame, this.#lines(ground, frame), this.hidden, this.#scene?.overTiles === true);
  }

  land(frame: Frame): Path2D | null {
    const ground = this.#groundAt(frame.zoom);
    if (ground === null) return null;
    const view = viewKey(ground, frame);
    if (this.#land?.view !== view) this.#land = { view, path: ringsPath(ground.land, frame) };
    return this.#land.path;
  }

  version(): string {
    return this.#lineKinds().join();
  }

  keys(): KeyItem[] {
    return lineKeys(this.#lineKinds());
  }

  block(): Node[] {
    const rows = lineRows(this.#lineKinds());
    return rows.length === 0 ? [] : [h("ul", {}, ...rows.map(({ glyph, text }) => legendRow(glyph, text)))];
  }

  /** What kinds of borders are in sight. */
  #lineKinds(): readonly LineKind[] {
    const frame = this.#scene?.frame ?? null;
    const ground = frame === null ? null : this.#groundAt(frame.zoom);
    if (frame === null || ground === null || this.hidden.has("borders")) return [];
    const view = viewKey(ground, frame);
    if (this.#kinds.view !== view) {
      const inSight = (arcs: readonly Line[]): boolean => anyInSight(arcs, frame);
      const of = (dash: readonly number[]): readonly Line[] =>
        ground.borders.filter((each) => each.dash.join() === dash.join()).flatMap(({ arcs }) => arcs);
      const found: Record<LineKind, boolean> = {
        solid: inSight(of([])), dashed: inSight(of(DASHED)), dotted: inSight([...of(DOTTED), ...ground.claims]),
      };
      this.#kinds = { view, kinds: (["solid", "dashed", "dotted"] as const).filter((kind) => found[kind]) };
    }
    return this.#kinds.kinds;
  }

  #groundAt(zoom: number): Ground | null {
    const level = this.levelAt(zoom);
    if (level === null) return null;
    let ground = this.#grounds.get(level);
    if (ground === undefined) {
      ground = groundOf(level, this.#highlight, this.#disputes);
      this.#grounds.set(level, ground);
    }
    return ground;
  }

  #lines(ground: Ground, frame: Frame): TracedLines {
    const view = viewKey(ground, frame);
    if (this.#traced?.view !== view) {
      this.#traced = {
        view,
        coast: linesPath(ground.coasts, frame),
        provinces: linesPath(ground.provinces, frame),
        claims: linesPath(ground.claims, frame),
        borders: ground.borders.map(({ dash, arcs }) => ({ dash, path: linesPath(arcs, frame) })),
      };
    }
    return this.#traced;
  }
}

function viewKey({ level }: Ground, { view: { scale, left, top, width, height } }: Frame): string {
  return [level.minZoom, scale, left, top, width, height].join();
}

function linesPath(lines: readonly Line[], frame: Frame): Path2D {
  const path = new Path2D();
  for (const view of frame.views) for (const line of lines) traceLine(path, line, view);
  return path;
}

function ringsPath(rings: readonly Line[], frame: Frame): Path2D {
  const path = new Path2D();
  for (const view of frame.views) traceRings(path, rings, view);
  return path;
}

function drawLand(context: CanvasRenderingContext2D, frame: Frame, ground: Ground, coast: Path2D): void {
  const { tokens } = frame;
  context.lineJoin = "round";
  context.strokeStyle = tokens.sea2;
  for (const [width, alpha] of SHORE) {
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.stroke(coast);
  }
  context.globalAlpha = 1;
  context.fillStyle = tokens[ground.subject === ground.land ? "land" : "land2"];
  // The square of the world ends within Antarctica, which goes on below it.
  const end = frame.view.scale - frame.view.top;
  if (ground.land.some(({ south }) => south > 0.999)) context.fillRect(0, end, frame.view.width, Math.max(0, frame.view.height - end));
  if (ground.subject !== ground.land) {
    context.fill(ringsPath(ground.land, frame), "evenodd");
  }
  context.fillStyle = tokens.land;
  context.fill(ringsPath(ground.subject, frame), "evenodd");
  dotDisputed(context, ground.disputed.map((rings) => ringsPath(rings, frame)), frame);
}

function drawLines(
  context: CanvasRenderingContext2D, frame: Frame, lines: TracedLines, hidden: ReadonlySet<GroundPart>, overTiles: boolean,
): void {
  const { tokens, zoom } = frame;
  context.lineJoin = "round";
  if (zoom >= PROVINCE_ZOOM && !hidden.has("provinces")) {
    context.strokeStyle = tokens.admin1;
    context.lineWidth = zoom >= 7 ? 0.9 : 0.6;
    context.stroke(lines.provinces);
  }
  if (!overTiles) {
    context.strokeStyle = tokens.coast;
    context.lineWidth = 0.8;
    context.stroke(lines.coast);
  }
  if (hidden.has("borders")) return;
  context.strokeStyle = tokens.border;
  context.lineWidth = 0.8;
  context.setLineDash(DOTTED);
  context.stroke(lines.claims);
  context.setLineDash([]);
  for (const { dash, path } of lines.borders) strokeBorder(context, frame, path, dash, 1);
}

/** A border line with its casing. */
export function strokeBorder(
  context: CanvasRenderingContext2D, frame: Frame, path: Path2D, dash: readonly number[], weight: number,
): void {
  const near = frame.zoom >= 9;
  const far = frame.zoom < 4;
  context.strokeStyle = frame.tokens.border;
  context.globalAlpha = 0.15;
  context.lineWidth = (near ? 7 : far ? 2.5 : 4) * weight;
  context.stroke(path);
  context.globalAlpha = 1;
  context.lineWidth = (near ? 1.4 : far ? 0.7 : 1) * weight;
  context.setLineDash([...dash]);
  context.stroke(path);
  context.setLineDash([]);
}
