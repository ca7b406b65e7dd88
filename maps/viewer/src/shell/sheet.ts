/** The phone's bottom sheet: three heights, by dragging or by its grip button. */

import { button } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import { say } from "../words/catalogue";
import { isPhone } from "./layout";

export const HEIGHTS = ["peek", "half", "full"] as const;
export type SheetHeight = (typeof HEIGHTS)[number];

export class Sheet {
  readonly grip: HTMLButtonElement;
  readonly #panel: HTMLElement;
  readonly #onChange: () => void;
  #height: SheetHeight = "half";

  constructor(panel: HTMLElement, onChange: () => void) {
    this.#panel = panel;
    this.#onChange = onChange;
    this.grip = button({ class: "im-grip", "aria-label": say("sheet.grip") }, () => {
      this.#panel.classList.add("im-moving");
      this.set(HEIGHTS[(HEIGHTS.indexOf(this.#height) + 1) % HEIGHTS.length]!);
    });
    panel.prepend(this.grip);
    this.#dragging();
    this.set("half");
  }

  /** True while it leaves no more of a phone's page in sight than the search. */
  get isFull(): boolean {
    return isPhone() && this.#height === "full";
  }

  set(height: SheetHeight): void {
    this.#height = height;
    this.#panel.dataset["height"] = height;
    this.#panel.style.removeProperty("height");
    this.grip.setAttribute("aria-expanded", String(height !== "peek"));
    this.#onChange();
  }

  #dragging(): void {
    this.grip.addEventListener("pointerdown", (down) => {
      if (!isPhone()) return;
      const from = this.#panel.offsetHeight;
      let moved = false;
      this.grip.setPointerCapture(down.pointerId);
      const move = (event: PointerEvent): void => {
        this.#panel.classList.remove("im-moving");
        moved ||= Math.abs(event.clientY - down.clientY) > 6;
        if (moved) this.#panel.style.height = `${from + down.clientY - event.clientY}px`;
      };
      const up = (event: PointerEvent): void => {
        this.grip.removeEventListener("pointermove", move);
        this.grip.removeEventListener("pointerup", up);
        if (!moved) return;
        const wanted = from + down.clientY - event.clientY;
        this.set(wanted < 210 ? "peek" : wanted < window.innerHeight * 0.6 ? "half" : "full");
        // The click that ends the drag must not step the height once more.
        this.grip.addEventListener("click", (click) => {
          click.stopImmediatePropagation();
        }, { once: true, capture: true });
      };
      this.grip.addEventListener("pointermove", move);
      this.grip.addEventListener("pointerup", up);
    });
  }
}

/** What a panel covers, keys and screen readers leave alone too. */
export function coverWith(scene: Scene, covers: () => boolean, panel: HTMLElement, parts: readonly (HTMLElement | null)[]): void {
  let before = false;
  scene.afterDraw.add(() => {
    const covered = covers();
    if (covered === before) return;
    before = covered;
    if (covered) panel.setAttribute("role", "dialog");
    else panel.removeAttribute("role");
    for (const part of parts) if (part !== null) part.inert = covered;
  });
}
