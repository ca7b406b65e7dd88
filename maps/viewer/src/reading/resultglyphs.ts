/** The glyphs of layers that only some pages hold; they stand in the parts that draw these. */

import { svg } from "./dom";
import { frame, ring } from "./glyphs";

/** A way to the border: a line to an open dot. */
export function linkGlyph(): SVGElement {
  return frame(
    svg("path", { d: "M2 15L12.5 7.5", stroke: "var(--im-ink)", "stroke-width": 1.5, fill: "none" }),
    svg("circle", { cx: 15, cy: 5.5, r: 3, stroke: "var(--im-ink)", "stroke-width": 1.5, fill: "var(--im-surface)" }),
  );
}

/** A colour of a legend. */
export function swatchGlyph(colour: string): SVGElement {
  return frame(svg("rect", {
    x: 3, y: 4, width: 14, height: 12, rx: 2, fill: colour, stroke: "var(--im-line2)", "stroke-width": 1,
  }));
}

/** Three steps of the ramp that counts and rates are coloured with. */
export function rampGlyph(): SVGElement {
  return frame(...[0, 2, 4].map((step, i) => svg("rect", { x: 2 + 5.5 * i, y: 5, width: 5.5, height: 10, fill: `var(--im-ramp-${step})` })));
}

/** A unit with too few incidents for a colour. */
export function fewGlyph(): SVGElement {
  return frame(
    svg("rect", { x: 3, y: 4, width: 14, height: 12, rx: 2, fill: "var(--im-land)", stroke: "var(--im-line2)", "stroke-width": 1 }),
    svg("path", { d: "M3.5 11l6.5-6.5M4 15.5L15.5 4M10 15.5l6.5-6.5", stroke: "var(--im-ramp-2)", "stroke-width": 1.1, fill: "none" }),
  );
}

/** A place of the user's own list. */
export function siteGlyph(): SVGElement {
  return frame(svg("path", {
    d: "M10 4.5L15.5 10 10 15.5 4.5 10z", fill: "var(--im-surface)", stroke: "var(--im-ink)", "stroke-width": 1.5, "stroke-linejoin": "round",
  }));
}

/** Rings round a site. */
export function ringsGlyph(): SVGElement {
  const glyph = frame(ring(3.2, 1.2), ring(7.6, 1.2));
  glyph.setAttribute("color", "var(--im-ink2)");
  return glyph;
}

/** A pair of incidents; broken where it only may be one. */
export function pairGlyph(dash: string | null): SVGElement {
  return frame(
    svg("path", { d: "M3 15.5L17 4.5", stroke: "var(--im-ink)", "stroke-width": 1.4, "stroke-dasharray": dash, fill: "none" }),
    svg("circle", { cx: 3, cy: 15.5, r: 2, fill: "var(--im-ink)" }),
    svg("circle", { cx: 17, cy: 4.5, r: 2, fill: "var(--im-ink)" }),
  );
}

/** A hexagon in a colour. */
export function hexGlyph(colour: string, hatched = false): SVGElement {
  const d = "M10 2.5L16.5 6.2v7.6L10 17.5 3.5 13.8V6.2z";
  return frame(
    svg("path", { d, fill: hatched ? "none" : colour, stroke: hatched ? colour : "var(--im-line2)", "stroke-width": 1 }),
    ...(hatched ? [svg("path", { d: "M3.5 12l9-9M4.5 15.5L16.5 6.5M10 17.5l6.5-6.5", stroke: colour, "stroke-width": 1.3, fill: "none" })] : []),
  );
}

/** A cluster: the ground that its incidents span, and the one in their middle. */
export function clusterGlyph(): SVGElement {
  return frame(
    svg("path", { d: "M4 6l7-3.5 6 5-2 8-8 1.5z", fill: "var(--im-ink)", "fill-opacity": 0.08, stroke: "var(--im-ink)", "stroke-width": 1.3, "stroke-dasharray": "3.4 2" }),
    svg("path", { d: "M10 7v6M7 10h6", stroke: "var(--im-ink)", "stroke-width": 1.5 }),
  );
}
