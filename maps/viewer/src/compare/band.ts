/** The second window in the strip: dashed, to be dragged like the first one. */

import { h } from "../reading/dom";
import { attachBrush } from "../strip/brush";
import type { Strip } from "../strip/strip";
import type { Clock } from "../time/clock";
import { say } from "../words/catalogue";

/** Adds it; `tell` is for those who do not see it. */
export function addBand(
  strip: Strip, other: Clock, set: (start: number, end: number) => void,
): { readonly tell: () => void; readonly remove: () => void } {
  const band = h("div", { class: "im-band" });
  const tags = [say("compare.a"), say("compare.b")].map((name) => h("span", { class: "im-band-tag", "aria-hidden": "true" }, name)) as [HTMLElement, HTMLElement];
  const layer = h("div", { class: "im-bands" }, band, ...tags);
  const window = (): readonly [number, number] => other.window ?? [0, 0];
  const { axis, plot } = strip;
  const brush = attachBrush(layer, { ...axis, window, set, showAll: () => undefined }, [say("compare.first"), say("compare.last")]);
  // Below lies the plot, where a press begins a new first window.
  for (const type of ["pointerdown", "dblclick"]) layer.addEventListener(type, (event) => { event.stopPropagation(); });
  strip.other = {
    window,
    drawn: () => {
      brush.move();
      [strip.clockWindow, window()].forEach(([start, end], i) => {
        const [a, b] = [axis.xAt(start), axis.xAt(end + 1)];
        tags[i]!.style.translate = `${a}px`;
        if (i === 0) return;
        band.style.translate = `${Math.min(a, b)}px`;
        band.style.width = `${Math.abs(b - a)}px`;
      });
    },
  };
  plot.append(layer);
  return {
    tell: () => { brush.tell(); },
    remove: () => {
      strip.other = null;
      layer.remove();
    },
  };
}
