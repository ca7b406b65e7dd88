/** The small bar that shows a distance with its interval. */

import { h, svg } from "./dom";
import type { Border } from "../data/incidents";
import { say } from "../words/catalogue";
import { axisOf } from "../words/border";

const WIDTH = 240;
const EDGE = 6;
const MIDDLE = 7;

export function intervalBar({ distanceM, minM, maxM }: Border, sentence: string): HTMLElement {
  const { end, step } = axisOf(maxM);
  const at = (km: number): number => EDGE + (Math.min(km, end) / end) * (WIDTH - 2 * EDGE);
  const bar = svg("svg", { viewBox: `0 0 ${WIDTH} 26`, width: WIDTH, height: 26, role: "img", "aria-label": sentence });
  bar.append(svg("path", { class: "im-axis", d: `M${at(0)} ${MIDDLE}H${at(end)}` }));
  const ticks = Math.round(end / step);
  for (let i = 0; i <= ticks; i++) {
    const km = i * step;
    bar.append(svg("path", { class: "im-axis", d: `M${at(km)} ${MIDDLE}v4` }));
    const label = svg("text", { x: at(km), y: 23, "text-anchor": i === ticks ? "end" : i === 0 ? "start" : "middle" });
    label.textContent = i === ticks ? say("unit.km", { value: String(Number(km.toPrecision(6))) }) : String(Number(km.toPrecision(6)));
    if (i === ticks) label.setAttribute("x", String(WIDTH));
    if (i === 0) label.setAttribute("x", String(at(0) - 3));
    bar.append(label);
  }
  const [low, high] = [at(minM / 1000), at(maxM / 1000)];
  bar.append(svg("rect", { class: "im-interval", x: low, y: MIDDLE - 3, width: Math.max(6, high - low), height: 6, rx: 3 }));
  bar.append(svg("circle", { class: "im-best", cx: at(distanceM / 1000), cy: MIDDLE, r: 4 }));
  return h("div", { class: "im-interval-bar", dir: "ltr" }, bar);
}
