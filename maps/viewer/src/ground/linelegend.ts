/** The lines of the base map that are in sight, for the legend. */

import type { Line } from "./lines";
import type { Frame } from "../canvas/frame";
import { lineGlyph } from "../reading/glyphs";
import type { KeyItem } from "../reading/legend";
import { say } from "../words/catalogue";

/** Solid borders, borders whose course is disputed, and edges of disputed land that are no border. */
export type LineKind = "solid" | "dashed" | "dotted";

const GLYPHS: Readonly<Record<LineKind, string | null>> = { solid: null, dashed: "5 3.5", dotted: "1 3" };
const WORDS: Readonly<Record<LineKind, string>> = {
  solid: say("legend.border"), dashed: say("legend.border.disputed.says"), dotted: say("legend.border.claimed"),
};
/** The key bar has room for what needs an explanation. */
const SHORT: Readonly<Partial<Record<LineKind, string>>> = { dashed: say("legend.border.disputed") };

export function lineRows(kinds: readonly LineKind[]): KeyItem[] {
  return kinds.map((kind) => ({ glyph: lineGlyph(GLYPHS[kind]), text: WORDS[kind] }));
}

export function lineKeys(kinds: readonly LineKind[]): KeyItem[] {
  return kinds.flatMap((kind) => {
    const text = SHORT[kind];
    return text === undefined ? [] : [{ glyph: lineGlyph(GLYPHS[kind]), text }];
  });
}

/** True if a vertex of one of the lines is in the window. */
export function anyInSight(lines: readonly Line[], { views, sight }: Frame): boolean {
  return views.some(({ scale, left, top }) => {
    const [west, north] = [(sight.left + left) / scale, (sight.top + top) / scale];
    const [east, south] = [(sight.right + left) / scale, (sight.bottom + top) / scale];
    return lines.some((line) => {
      if (line.east < west || line.west > east || line.south < north || line.north > south) return false;
      const { points } = line;
      for (let i = 0; i < points.length; i += 2) {
        if (points[i]! >= west && points[i]! <= east && points[i + 1]! >= north && points[i + 1]! <= south) return true;
      }
      return false;
    });
  });
}
