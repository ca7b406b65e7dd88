/** Marks stand in one copy of the world; beside it the ground fades, so that no land looks empty of them. */

import type { Drawer } from "../canvas/frame";
import { westEnd } from "../canvas/trace";

export const ONE_WORLD: Drawer = {
  surface: "top",
  order: 0,
  draw(context, { view, tokens }) {
    const west = westEnd(view) - view.left;
    context.globalAlpha = 0.65;
    context.fillStyle = tokens.sea;
    context.fillRect(0, 0, Math.max(0, west), view.height);
    context.fillRect(west + view.scale, 0, Math.max(0, view.width - west - view.scale), view.height);
  },
};
