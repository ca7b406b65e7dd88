/** The window over a time axis: two handles, a band to drag, empty ground for a new window. */

import { shift } from "../data/civil";
import type { Window } from "../time/tally";
import { h } from "../reading/dom";
import { say } from "../words/catalogue";
import { longDate } from "../words/dates";

export interface BrushTarget {
  window(): Window;
  extent(): Window;
  /** The day edge at a pixel of the plot, and the other way round. */
  dayAt(x: number): number;
  xAt(day: number): number;
  set(start: number, end: number): void;
  showAll(): void;
}

type Grip = "start" | "end" | "band" | "new";

function handle(name: string): HTMLElement {
  return h("div", { class: "im-handle", role: "slider", tabindex: 0, "aria-label": name }, h("span"));
}

export interface Brush {
  /** Moves the handles to the window in force. */
  move(): void;
  /** Tells of it to those who do not see them. */
  tell(): void;
}

/** Adds the brush to the plot; its handles are called so. */
export function attachBrush(plot: HTMLElement, target: BrushTarget, names = [say("strip.first"), say("strip.last")]): Brush {
  const [start, end] = names.map(handle) as [HTMLElement, HTMLElement];
  plot.append(start, end);
  attachPointer(plot, target, (element) => (start.contains(element) ? "start" : end.contains(element) ? "end" : null));
  plot.addEventListener("dblclick", () => {
    target.showAll();
  });
  start.addEventListener("keydown", (event) => {
    onKey(event, target, "start");
  });
  end.addEventListener("keydown", (event) => {
    onKey(event, target, "end");
  });
  return {
    move() {
      const [from, to] = target.window();
      // No other property moves an element without a new layout of those round it.
      for (const [element, edge] of [[start, from], [end, to + 1]] as const) element.style.translate = `${target.xAt(edge)}px`;
    },
    tell() {
      const [first, last] = target.extent();
      target.window().forEach((day, i) => {
        const element = i === 0 ? start : end;
        element.setAttribute("aria-valuemin", String(first));
        element.setAttribute("aria-valuemax", String(last));
        element.setAttribute("aria-valuenow", String(day));
        element.setAttribute("aria-valuetext", longDate(day));
      });
    },
  };
}

function attachPointer(
  plot: HTMLElement, target: BrushTarget, handleOf: (element: Node) => "start" | "end" | null,
): void {
  plot.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    const left = plot.getBoundingClientRect().left;
    const [from, to] = target.window();
    const [first, last] = target.extent();
    const pressed = target.dayAt(down.clientX - left);
    const whole = from === first && to === last;
    const grip: Grip = handleOf(down.target as Node) ?? (!whole && pressed >= from && pressed <= to + 1 ? "band" : "new");
    let moved = false;
    plot.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => {
      // A click that trembles is not a new window.
      if (!moved && Math.abs(event.clientX - down.clientX) < 3) return;
      moved = true;
      const day = Math.max(first, Math.min(last + 1, target.dayAt(event.clientX - left)));
      drag(target, grip, [from, to], pressed, day);
    };
    const up = (): void => {
      plot.removeEventListener("pointermove", move);
      plot.removeEventListener("pointerup", up);
      plot.removeEventListener("pointercancel", up);
    };
    plot.addEventListener("pointermove", move);
    plot.addEventListener("pointerup", up);
    plot.addEventListener("pointercancel", up);
  });
}

function drag(target: BrushTarget, grip: Grip, [from, to]: Window, pressed: number, day: number): void {
  const [first, last] = target.extent();
  if (grip === "start") target.set(Math.min(day, to), to);
  else if (grip === "end") target.set(from, Math.max(day - 1, from));
  else if (grip === "new") target.set(Math.min(pressed, day), Math.max(pressed, day, Math.min(pressed, day) + 1) - 1);
  else {
    const shifted = Math.max(first - from, Math.min(last - to, day - pressed));
    target.set(from + shifted, to + shifted);
  }
}

function onKey(event: KeyboardEvent, target: BrushTarget, which: "start" | "end"): void {
  const [from, to] = target.window();
  const [first, last] = target.extent();
  const day = which === "start" ? from : to;
  const mirrored = getComputedStyle(event.currentTarget as Element).direction === "rtl";
  const ahead = mirrored ? -1 : 1;
  const next: Partial<Record<string, number>> = {
    ArrowRight: day + ahead, ArrowLeft: day - ahead, ArrowUp: day + 1, ArrowDown: day - 1,
    PageUp: shift("month", day, 1), PageDown: shift("month", day, -1), Home: first, End: last,
  };
  const wanted = next[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (which === "start") target.set(Math.min(wanted, to), to);
  else target.set(from, Math.max(wanted, from));
}
