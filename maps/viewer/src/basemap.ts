/** The drawn world: sea, shore, land, province lines, borders, coast; one level of arcs per zoom range. */

import { type Arc, ArcLevel, type Line, SEA } from "./arcs";
import { hatchDisputed } from "./hatching";
import { openBlock } from "./payload";
import type { Drawer, Frame } from "./frame";
import { traceLine, traceRings } from "./trace";

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

export const DASHED = [5, 3.5];
const DOTTED = [1, 3];

/** The dash pattern of a border's status. */
export function dashOf(status: string | null): readonly number[] {
  if (status === "claimed") return DOTTED;
  return status === null || status === "international" || status === "lease" ? [] : DASHED;
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
    land: level.outline(() => true),
    subject: level.outline(inSubject),
    coasts: level.arcs.filter((arc) => arc.right === SEA),
    provinces: level.arcs.filter((arc) => arc.kind === "province" && inSubject(arc.left)),
    disputed: disputes.map((faces) => level.outline((face) => faces.has(face))),
    claims: level.arcs.filter((arc) => arc.kind === "claim"),
    borders: [...borders.values()],
  };
}

export class BaseMap implements Drawer {
  readonly surface = "base";
  readonly order = 0;
  readonly #ids: readonly string[];
  readonly #facesId: string;
  readonly #highlight: ReadonlySet<string>;
  readonly #disputes: readonly ReadonlySet<number>[];
  #levels: readonly ArcLevel[] = [];
  readonly #grounds = new Map<ArcLevel, Ground>();

  constructor(blockIds: readonly string[], facesId: string, highlight: readonly string[], disputes: readonly ReadonlySet<number>[]) {
    this.#ids = blockIds;
    this.#facesId = facesId;
    this.#highlight = new Set(highlight);
    this.#disputes = disputes;
  }

  async open(): Promise<void> {
    const [faces, ...blocks] = await Promise.all([openBlock(this.#facesId), ...this.#ids.map(openBlock)]);
    this.#levels = blocks.map((block) => new ArcLevel(block, faces)).sort((a, b) => a.minZoom - b.minZoom);
  }

  /** The level drawn at a zoom; between two integer zooms that of the lower one. */
  levelAt(zoom: number): ArcLevel | null {
    const whole = Math.floor(zoom + 1e-6);
    return this.#levels.findLast((level) => level.minZoom <= whole) ?? this.#levels[0] ?? null;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const { width, height } = frame.view;
    context.fillStyle = frame.tokens.sea;
    context.fillRect(0, 0, width, height);
    const level = this.levelAt(frame.zoom);
    if (level === null) return;
    let ground = this.#grounds.get(level);
    if (ground === undefined) {
      ground = groundOf(level, this.#highlight, this.#disputes);
      this.#grounds.set(level, ground);
    }
    drawGround(context, frame, ground);
  }
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

function drawGround(context: CanvasRenderingContext2D, frame: Frame, ground: Ground): void {
  const { tokens, zoom } = frame;
  const coast = linesPath(ground.coasts, frame);
  context.lineJoin = "round";
  context.strokeStyle = tokens.sea2;
  for (const [width, alpha] of SHORE) {
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.stroke(coast);
  }
  context.globalAlpha = 1;
  context.fillStyle = tokens.land2;
  context.fill(ringsPath(ground.land, frame), "evenodd");
  context.fillStyle = tokens.land;
  context.fill(ringsPath(ground.subject, frame), "evenodd");
  hatchDisputed(context, ground.disputed.map((rings) => ringsPath(rings, frame)), frame);
  if (zoom >= 4) {
    context.strokeStyle = tokens.admin1;
    context.lineWidth = zoom >= 7 ? 0.9 : 0.6;
    context.stroke(linesPath(ground.provinces, frame));
  }
  context.strokeStyle = tokens.coast;
  context.lineWidth = 0.8;
  context.stroke(coast);
  context.strokeStyle = tokens.border;
  context.setLineDash(DOTTED);
  context.stroke(linesPath(ground.claims, frame));
  context.setLineDash([]);
  for (const { dash, arcs } of ground.borders) strokeBorder(context, frame, linesPath(arcs, frame), dash, 1);
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
