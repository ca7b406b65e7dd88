import L from "leaflet";
import { named } from "../words/catalogue";
import { type Line, readLines } from "../ground/lines";
import { dashOf, strokeBorder } from "../ground/basemap";
import type { Drawer, Frame } from "../canvas/frame";
import { lineGlyph } from "../reading/glyphs";
import type { LegendPart } from "../reading/legend";
import { openBlock } from "../data/payload";
import { type Scene, sceneOf } from "../canvas/scene";
import { traceLine } from "../canvas/trace";

export interface BorderOptions {
  readonly name?: string;
}

interface BorderLine {
  readonly line: Line;
  readonly status: string | null;
}

class BorderLines implements Drawer, LegendPart {
  readonly surface = "base";
  readonly order = 5;
  readonly #lines: readonly BorderLine[];
  readonly #title: string;

  constructor(lines: readonly BorderLine[], title: string) {
    this.#lines = lines;
    this.#title = title;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    const paths = new Map<readonly number[], Path2D>();
    for (const { line, status } of this.#lines) {
      const dash = dashOf(status);
      const path = paths.get(dash) ?? new Path2D();
      paths.set(dash, path);
      for (const view of frame.views) traceLine(path, line, view);
    }
    for (const [dash, path] of paths) strokeBorder(context, frame, path, dash, 1.5);
  }

  version(): string {
    return this.#title;
  }

  keys(): { glyph: Element; text: string }[] {
    return this.#lines.length === 0 ? [] : [{ glyph: lineGlyph(null, 2.6), text: this.#title }];
  }

  block(): Node[] {
    return [];
  }
}

/** Chosen borders, drawn stronger than those of the base map. */
export class BorderLayer extends L.Layer {
  readonly #blockId: string;
  readonly #name: string;
  #drawer: BorderLines | null = null;
  #scene: Scene | null = null;

  constructor(blockId: string, { name }: BorderOptions) {
    super();
    this.#blockId = blockId;
    this.#name = named(name ?? "Borders");
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    this.#scene = scene;
    const opened = openBlock(this.#blockId).then((block) => {
      const status = block.has("status") ? block.json("status") : [];
      const row = block.numbers("row");
      const lines = readLines(block, block.numbers("line_length")).map((line, i) => {
        const value = status[row[i]!];
        return { line, status: typeof value === "string" ? value : null };
      });
      if (this.#scene !== scene) return;
      this.#drawer ??= new BorderLines(lines, this.#name);
      scene.add(this.#drawer);
      scene.legends.add(this.#drawer);
    });
    void scene.wait(opened);
    return this;
  }

  override onRemove(): this {
    if (this.#drawer !== null) {
      this.#scene?.remove(this.#drawer);
      this.#scene?.legends.delete(this.#drawer);
    }
    this.#scene = null;
    return this;
  }
}
