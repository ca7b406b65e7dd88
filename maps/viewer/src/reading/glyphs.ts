/** The marks and icons as small SVG, for legends, lists and buttons. */

import { svg } from "./dom";
import type { PrecisionClass } from "../data/precision";

const SIZE = 20;

export function frame(...children: SVGElement[]): SVGElement {
  return svg("svg", { class: "im-glyph", viewBox: `0 0 ${SIZE} ${SIZE}`, width: SIZE, height: SIZE, "aria-hidden": "true" }, ...children);
}

export function ring(radius: number, width: number, dash: string | null = null): SVGElement {
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
  info: "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM8 7.3v3.6M8 5v.1",
  filter: "M2.5 4.5h11M4.5 8h7M6.5 11.5h3",
  more: "M3.5 8h.1M8 8h.1M12.4 8h.1",
  ruler: "M2 10.5L10.5 2 14 5.5 5.5 14zM8.6 3.9l1.6 1.6M6.4 6.1l1.1 1.1M4.2 8.3l1.6 1.6",
  full: "M9.5 2.5h4v4M13.5 2.5L9.5 6.5M6.5 13.5h-4v-4M2.5 13.5l4-4",
  link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 1 0-3.7-3.7l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 1 0 3.7 3.7l.9-.9",
  picture: "M8 2.5v7M5 6.8L8 9.8l3-3M3 13h10",
  print: "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
  keys: "M2 4h12v8H2zM5 10h6M4.6 6.8h.1M7 6.8h.1M9.3 6.8h.1M11.4 6.8h.1",
  table: "M2.5 3.5h11v9h-11zM2.5 6.6h11M6.5 6.6v5.9",
  search: "M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10.2 10.2l3.3 3.3",
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
