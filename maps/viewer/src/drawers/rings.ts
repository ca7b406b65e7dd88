/** Rings round sites: true circles on the ellipsoid, each with the incidents shown in it. */

import { contains, type Line } from "../ground/lines";
import { type Box, overlaps, within } from "../canvas/boxes";
import { data, h } from "../reading/dom";
import type { Drawer, Frame } from "../canvas/frame";
import { direct, worldX, worldY } from "../canvas/geodesic";
import { ringsGlyph } from "../reading/resultglyphs";
import type { IncidentSet } from "../data/incidents";
import type { Result } from "../layers/results";
import { legendRow } from "../reading/legend";
import { onCanvas } from "../marks/marklayout";
import type { Block } from "../data/payload";
import { countRings, type RingCounts, type RingMembers } from "./ringcounts";
import type { Scene } from "../canvas/scene";
import { readSites, type Site } from "./sites";
import { SANS } from "../canvas/tokens";
import { traceLine } from "../canvas/trace";
import { say } from "../words/catalogue";
import { count, incidents, length } from "../words/numbers";
import { directionOf } from "../words/plaintext";
import { told } from "../words/told";
import { coarseSentence, nearSentence, ringName } from "../words/results";
import { wrappedLine, wrappedRing } from "../canvas/wrapped";

/** Corners of a ring up to so many pixels of radius: the edge is never off by a pixel. */
const CORNERS: readonly (readonly [number, number])[] = [[90, 64], [1500, 240], [Infinity, 1440]];
const LEAST_PX = 3;
const LEAST_NAMED_PX = 20;
/** More have no room for names, nor for halos. */
const MOST_NAMED = 90;
const FONT = `500 11px ${SANS}`;
/** Where a ring may carry its name, in degrees clockwise from north. */
const PLACES = [0, 180, ...Array.from({ length: 22 }, (_, i) => 15 * Math.ceil((i + 1) / 2) * (i % 2 === 0 ? 1 : -1))];
/** On the line, then outside of it. */
const AWAY_PX = [0, 12, 26];

interface Named {
  readonly text: string;
  readonly box: Box;
}

function circle(lon: number, lat: number, radiusM: number, corners: number): { lon: number[]; lat: number[] } {
  const found = Array.from({ length: corners + 1 }, (_, i) => direct(lon, lat, (360 * i) / corners, radiusM));
  return { lon: found.map((each) => each.lon), lat: found.map((each) => each.lat) };
}

class RingLines {
  readonly site: Site;
  readonly innerM: number;
  readonly outerM: number;
  readonly #lines = new Map<number, readonly Line[]>();
  #ring: readonly Line[] | null = null;

  constructor(site: Site, innerM: number, outerM: number) {
    [this.site, this.innerM, this.outerM] = [site, innerM, outerM];
  }

  outline(corners: number): readonly Line[] {
    let lines = this.#lines.get(corners);
    if (lines === undefined) {
      const { lon, lat } = circle(this.site.lon, this.site.lat, this.outerM, corners);
      this.#lines.set(corners, lines = wrappedLine(lon, lat));
    }
    return lines;
  }

  holds(x: number, y: number): boolean {
    if (this.#ring === null) {
      const { lon, lat } = circle(this.site.lon, this.site.lat, this.outerM, 240);
      this.#ring = wrappedRing(lon, lat);
    }
    return contains(this.#ring, x, y);
  }

  /** Radius on the canvas. */
  radius(scale: number): number {
    const { north, south } = this.outline(64)[0]!;
    return ((south - north) * scale) / 2;
  }

  at(azimuthDeg: number, { view }: Frame): { x: number; y: number } {
    const { lon, lat } = direct(this.site.lon, this.site.lat, azimuthDeg, this.outerM);
    return onCanvas(view, worldX(lon), worldY(lat));
  }
}

export class Rings implements Result {
  readonly drawers: readonly Drawer[];
  readonly #scene: Scene;
  readonly #set: IncidentSet | null;
  readonly #members: RingMembers | null;
  readonly #rings: readonly RingLines[];
  readonly #sites: readonly Site[];
  readonly #radiiM: readonly number[];
  readonly #title: string;
  readonly #ruler = document.createElement("canvas").getContext("2d")!;
  #names: readonly Named[] = [];
  #counts: RingCounts | null = null;
  #version = -1;

  constructor(scene: Scene, block: Block, set: IncidentSet | null, title: string) {
    this.#scene = scene;
    this.#set = set;
    this.#title = title;
    this.#radiiM = block.meta["distances_m"] as number[];
    this.#sites = readSites(block);
    this.#rings = this.#sites.flatMap((site) => this.#radiiM.map((outerM, i) => new RingLines(site, this.#radiiM[i - 1] ?? 0, outerM)));
    this.#members = block.has("row") ? { row: block.numbers("row"), ring: block.numbers("ring") } : null;
    this.drawers = [
      { surface: "summary", order: 4, draw: (context, frame) => { this.#drawLines(context, frame); } },
      {
        surface: "top", order: 24,
        layout: (frame) => { this.#names = this.#place(frame); },
        draw: (context, frame) => { this.#drawNames(context, frame); },
      },
    ];
  }

  textAt(x: number, y: number): string | null {
    const ring = this.#rings.findIndex((each) => each.holds(x, y));
    if (ring < 0) return null;
    const { site, innerM, outerM } = this.#rings[ring]!;
    const reach = ringName(innerM, outerM);
    const where = site.name === "" ? reach : say("ring.site", { site: site.name, ring: reach });
    const counts = this.#now();
    return counts === null ? where : say("ring.count", { ring: where, incidents: incidents(counts.byRing[ring]!) });
  }

  version(): string {
    const counts = this.#now();
    return [this.#title, counts?.byRing.join(), counts?.near, counts?.shown, counts?.coarse].join("|");
  }

  keys(): { glyph: Element; text: string }[] {
    return this.#rings.length === 0 ? [] : [{ glyph: ringsGlyph(), text: this.#title }];
  }

  block(): Node[] {
    const counts = this.#now();
    if (counts === null || this.#rings.length === 0) return [];
    const sums = this.#radiiM.map((_, i) => counts.byRing.reduce((sum, each, ring) => (ring % this.#radiiM.length === i ? sum + each : sum), 0));
    const coarse = coarseSentence(counts.coarse);
    return [
      h("h3", {}, data(this.#title)),
      h("ul", {}, ...this.#radiiM.map((outerM, i) => legendRow(ringsGlyph(), ...told("ring.sum", { ring: ringName(this.#radiiM[i - 1] ?? 0, outerM), n: h("strong", {}, count(sums[i]!)) })))),
      h("p", { class: "im-legend-note" }, nearSentence(counts.near, counts.shown, this.#radiiM.at(-1)!, this.#sites.length)),
      ...(coarse === null ? [] : [h("p", { class: "im-legend-note" }, coarse)]),
    ];
  }

  #now(): RingCounts | null {
    const { clock } = this.#scene;
    if (this.#set === null || this.#members === null) return null;
    if (this.#counts === null || this.#version !== clock.version) {
      this.#version = clock.version;
      this.#counts = countRings(clock, this.#set, this.#members, this.#rings.length);
    }
    return this.#counts;
  }

  #drawLines(context: CanvasRenderingContext2D, frame: Frame): void {
    const [path, centres] = [new Path2D(), new Path2D()];
    let drawn = 0;
    for (const ring of this.#rings) {
      const radius = ring.radius(frame.view.scale);
      if (radius < LEAST_PX || !inView(ring.outline(64), frame)) continue;
      drawn++;
      const corners = CORNERS.find(([most]) => radius <= most)![1];
      for (const line of ring.outline(corners)) for (const view of frame.views) traceLine(path, line, view);
    }
    for (const { x, y } of this.#sites) {
      const at = onCanvas(frame.view, x, y);
      centres.addPath(new Path2D(`M${at.x - 4} ${at.y}h8M${at.x} ${at.y - 4}v8`));
    }
    const line = [frame.tokens.ink2, 1.2] as const;
    for (const [colour, width] of drawn > MOST_NAMED ? [line] : [[frame.tokens.halo, 3.2] as const, line]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.stroke(path);
      context.stroke(centres);
    }
  }

  #place(frame: Frame): readonly Named[] {
    this.#ruler.font = FONT;
    const { sight, obstacles } = frame;
    const counts = this.#now();
    const names: Named[] = [];
    const wide = this.#rings.map((ring, i) => ({ ring, i }))
      .filter(({ ring }) => ring.radius(frame.view.scale) >= LEAST_NAMED_PX && inView(ring.outline(64), frame));
    if (wide.length > MOST_NAMED) return [];
    wide.forEach(({ ring, i }) => {
      const text = counts === null ? length(ring.outerM) : `${ringName(ring.innerM, ring.outerM)}: ${count(counts.byRing[i]!)}`;
      const half = this.#ruler.measureText(text).width / 2;
      for (const away of AWAY_PX) {
        for (const azimuth of PLACES) {
          const [at, turn] = [ring.at(azimuth, frame), (azimuth * Math.PI) / 180];
          const [x, y] = [at.x + Math.sin(turn) * (away > 0 ? away + half : 0), at.y - Math.cos(turn) * away];
          const box = { left: x - half, right: x + half, top: y - 7, bottom: y + 7 };
          if (!within(box, sight) || obstacles.some((other) => overlaps(box, other, 1))) continue;
          names.push({ text, box });
          obstacles.push(box);
          return;
        }
      }
    });
    return names;
  }

  #drawNames(context: CanvasRenderingContext2D, frame: Frame): void {
    context.font = FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const { text, box } of this.#names) {
      const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      frame.labels.push({ text, style: "ring", box });
      context.fillStyle = frame.tokens.halo;
      context.beginPath();
      context.roundRect(box.left - 3, box.top, box.right - box.left + 6, box.bottom - box.top, 4);
      context.fill();
      context.fillStyle = frame.tokens.ink;
      context.direction = directionOf(text);
      context.fillText(text, x, y);
    }
  }
}

/** True if the box of a line reaches into the canvas. */
export function inView(lines: readonly Line[], { views }: Frame): boolean {
  return views.some(({ scale, left, top, width, height }) => lines.some((line) =>
    line.east * scale >= left && line.west * scale <= left + width && line.south * scale >= top && line.north * scale <= top + height));
}
