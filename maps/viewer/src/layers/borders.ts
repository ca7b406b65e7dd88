import L from "leaflet";
import { type Line, readLines } from "../arcs";
import { dashOf, strokeBorder } from "../basemap";
import { openBlock } from "../payload";
import type { Drawer, Frame } from "../frame";
import { type Scene, sceneOf } from "../scene";
import { traceLine } from "../trace";

interface BorderLine {
  readonly line: Line;
  readonly status: string | null;
}

class BorderLines implements Drawer {
  readonly surface = "base";
  readonly order = 5;
  readonly #lines: readonly BorderLine[];

  constructor(lines: readonly BorderLine[]) {
    this.#lines = lines;
  }

  draw(context: CanvasRenderingContext2D, frame: Frame): void {
    for (const dashed of [false, true]) {
      const path = new Path2D();
      for (const { line, status } of this.#lines) {
        if (dashOf(status).length > 0 !== dashed) continue;
        for (const view of frame.views) traceLine(path, line, view);
      }
      strokeBorder(context, frame, path, dashed ? dashOf("disputed") : [], 1.5);
    }
  }
}

/** Chosen borders, drawn stronger than those of the base map. */
export class BorderLayer extends L.Layer {
  readonly #blockId: string;
  #drawer: BorderLines | null = null;
  #scene: Scene | null = null;

  constructor(blockId: string) {
    super();
    this.#blockId = blockId;
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    this.#scene = scene;
    const opened = openBlock(this.#blockId).then((block) => {
      const status = block.has("status") ? block.json("status") : [];
      const row = block.numbers("row");
      const lines = readLines(block, block.numbers("line_length")).map(({ line }, i) => {
        const value = status[row[i]!];
        return { line, status: typeof value === "string" ? value : null };
      });
      if (this.#scene !== scene) return;
      this.#drawer ??= new BorderLines(lines);
      scene.add(this.#drawer);
    });
    void scene.wait(opened);
    return this;
  }

  override onRemove(): this {
    if (this.#drawer !== null) this.#scene?.remove(this.#drawer);
    this.#scene = null;
    return this;
  }
}
