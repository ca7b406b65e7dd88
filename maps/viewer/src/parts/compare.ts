/** Two periods beside each other. */

import { provide } from "../api";
import { beginning } from "../compare/windows";
import { compare, COMPARE, type Comparison } from "../compare/comparison";
import { rememberLayers } from "../compare/twins";
import { look, shrinks } from "../compare/views";
import { button } from "../reading/dom";
import { whenOpened } from "../shell/additions";
import { remembered } from "../shell/hash";
import { readWindow, windowInData } from "../shell/viewstate";
import type { Window } from "../time/tally";
import { say } from "../words/catalogue";

rememberLayers();

const running = new WeakMap<object, Comparison>();

// What a test may ask: the map of the other half.
provide({ compared: (map: object) => running.get(map)?.map ?? null });

whenOpened((shell) => {
  const { scene, strip, layout } = shell;
  const { map, clock } = scene;
  let now: Comparison | null = null;
  let closer = 0;
  const toggle = button({ class: "im-text-button im-compare-periods", "aria-pressed": "false" }, () => {
    if (now !== null) close(true);
    else if (clock.extent !== null) {
      const [own, other] = beginning(clock.window!, clock.extent);
      clock.setWindow(...own);
      open(other, true);
    }
  }, say("compare.open"));
  strip.element.querySelector(".im-all-dates")!.before(toggle);

  /** With `moves` both halves show what the whole map has shown. */
  const open = (other: Window, moves: boolean): void => {
    strip.stop();
    const before = layout.free();
    now = compare(shell, other, () => { close(true); toggle.focus(); });
    running.set(map, now);
    toggle.setAttribute("aria-pressed", "true");
    closer = moves ? Math.max(shrinks(before, layout.free()), map.getMinZoom() - map.getZoom()) : 0;
    if (moves) look(map, before, layout.free(), closer);
  };
  const close = (moves: boolean): void => {
    const before = layout.free();
    now?.end();
    now = null;
    running.delete(map);
    toggle.setAttribute("aria-pressed", "false");
    if (moves) look(map, before, layout.free(), -closer);
  };
  const followAddress = (): void => {
    const other = windowInData(readWindow(remembered(COMPARE)), clock.extent);
    if (other === null && now !== null) close(false);
    else if (other !== null && now !== null) now.setWindow(other);
    else if (other !== null) open(other, false);
  };
  const start = (): void => {
    if (!scene.ready) return;
    scene.afterDraw.delete(start);
    followAddress();
    window.addEventListener("hashchange", followAddress);
  };
  scene.afterDraw.add(start);
  scene.followClock(() => now?.speak());
});
