/** Names keep off the parts of the shell, also of those that a drawing itself makes grow or appear. */

import type { Scene } from "../canvas/scene";

/** A chip that appears may move a name that then needs no chip: so often the map tries again. */
const MOST_TRIES = 2;

export function keepClear(scene: Scene): void {
  let view = "";
  let tries = 0;
  scene.afterDraw.add(() => {
    const { frame, clock } = scene;
    if (frame === null) return;
    const { scale, left, top, width, height } = frame.view;
    const now = [scale, left, top, width, height, clock.version].join();
    if (now !== view) {
      view = now;
      tries = 0;
    }
    if (scene.panelsMoved && tries++ < MOST_TRIES) scene.request("top");
  });
}
