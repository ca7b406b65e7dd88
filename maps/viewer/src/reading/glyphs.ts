/** The marks and icons as small SVG, for legends, lists and buttons. */

import { svg } from "./dom";
import type { PrecisionClass } from "../data/precision";

const SIZE = 20;

function frame(...children: SVGElement[]): SVGElement {
  return svg("svg", { class: "im-glyph", viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" }, ...children);
}

function ring(radius: number, width: number, dash: string | null = null): SVGElement {
  return svg("circle", {
    cx: 10, cy: 10, r: radius, fill: "none", stroke: "currentColor", "stroke-width": width, "stroke-dasharray": dash,
  });
}

function disc(radius: number, opacity = 1): SVGElement {
  return svg("circle", { cx: 10, cy: 10, r: radius, fill: "currentColor", "fill-opacity": opacity });
}

/** The glyph of a precision class, in the current text colour. */
export function precisionGlyph(precision: PrecisionClass): SVGElement {
  switch (precision) {
    case "point":
      return frame(disc(5));
    case "settlement":
      return frame(disc(3), ring(6.5, 1.5));
    case "vicinity":
      return frame(disc(6.5, 0.16), ring(6.5, 2, "3.4 2.4"));
    case "area":
      return frame(
        svg("rect", {
          x: 4, y: 4, width: 12, height: 12, rx: 2.5, fill: "none", stroke: "currentColor", "stroke-width": 1.5,
        }),
        svg("path", {
          d: "M4.6 9.4l4.8-4.8M4.4 13.6l9.2-9.2M6.4 15.6l9.2-9.2M10.6 15.4l4.8-4.8",
          stroke: "currentColor", "stroke-width": 1.4, fill: "none",
        }),
      );
    case "country":
      return frame(
        svg("rect", {
          x: 2, y: 5, width: 16, height: 10, rx: 5, fill: "none", stroke: "currentColor", "stroke-width": 1.3,
        }),
        svg("path", {
          d: "M8.2 12.2V8.6M8.2 9.6c.5-.8 3.4-1.4 3.4.7v1.9", fill: "none", stroke: "currentColor", "stroke-width": 1.2,
        }),
      );
    case "none":
      return frame(ring(6, 1.4, "1.2 3"), svg("path", { d: "M7.5 10h5", stroke: "currentColor", "stroke-width": 1.5 }));
  }
}

/** Several incidents: a donut of three kinds. */
export function donutGlyph(): SVGElement {
  const arc = (slot: number, offset: number, share: number): SVGElement => {
    const turn = 2 * Math.PI * 7;
    return svg("circle", {
      cx: 10, cy: 10, r: 7, fill: "none", stroke: `var(--im-kind-${slot})`, "stroke-width": 3.6,
      "stroke-dasharray": `${turn * share - 1} ${turn}`, transform: `rotate(${-90 + 360 * offset} 10 10)`,
    });
  };
  return frame(arc(0, 0, 0.4), arc(1, 0.4, 0.35), arc(3, 0.75, 0.25));
}

export function lineGlyph(dash: string | null, width = 1.6): SVGElement {
  return frame(svg("path", {
    d: "M0 10h20", stroke: "var(--im-border)", "stroke-width": width, "stroke-dasharray": dash, fill: "none",
  }));
}

/** A way to the border: a line to an open dot. */
export function linkGlyph(): SVGElement {
  return frame(
    svg("path", { d: "M2 15L12.5 7.5", stroke: "var(--im-ink)", "stroke-width": 1.5, fill: "none" }),
    svg("circle", { cx: 15, cy: 5.5, r: 3, stroke: "var(--im-ink)", "stroke-width": 1.5, fill: "var(--im-surface)" }),
  );
}

/** Disputed land: a swatch with the dots of the map. */
export function disputeGlyph(): SVGElement {
  return frame(
    svg("rect", {
      x: 3, y: 4, width: 14, height: 12, fill: "none", stroke: "var(--im-border)", "stroke-width": 1.2, "stroke-dasharray": "1.2 2.4",
    }),
    ...[[6, 7], [10, 7], [14, 7], [8, 10], [12, 10], [6, 13], [10, 13], [14, 13]].map(([cx, cy]) =>
      svg("circle", { cx: cx!, cy: cy!, r: 0.9, fill: "var(--im-border)" })),
  );
}

/** Hatched ground: an incident lies anywhere in it. */
export function hatchGlyph(): SVGElement {
  return frame(svg("path", { d: "M3 9l5-5M3 16L15 4M10 16l7-7", stroke: "var(--im-ink3)", "stroke-width": 1, fill: "none" }));
}

/** The ground in which an incident may lie. */
export function discGlyph(): SVGElement {
  const glyph = precisionGlyph("vicinity");
  glyph.classList.add("im-glyph-disc");
  return glyph;
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

const ICONS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3",
  layers: "M8 2.5l5.5 3L8 8.5l-5.5-3zM2.5 8.2L8 11.2l5.5-3M2.5 10.9l5.5 3 5.5-3",
  moon: "M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z",
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  close: "M4 4l8 8M12 4l-8 8",
  chevron: "M6 3.5L10.5 8 6 12.5",
  play: "M5 3.2v9.6l7.6-4.8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  target: "M8 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM8 1v3M8 12v3M1 8h3M12 8h3",
  filter: "M2.5 4.5h11M4.5 8h7M6.5 11.5h3",
} as const;

export type IconName = keyof typeof ICONS;

export function icon(name: IconName): SVGElement {
  return svg(
    "svg", { class: `im-icon im-icon-${name}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", {
      d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.5,
      "stroke-linecap": "round", "stroke-linejoin": "round",
    }),
  );
}
