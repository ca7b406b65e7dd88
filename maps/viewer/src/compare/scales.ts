/** One colour means one number in both halves: classes reach up to the largest value of either. */

import type { Scene } from "../canvas/scene";

/** The answer lets each half go by itself. */
export function shareScales(one: Scene, other: Scene): () => void {
  const largestOf = new Map<string, Map<Scene, number>>();
  const { scale } = one.clock;
  for (const [scene, far] of [[one, other], [other, one]] as const) {
    scene.clock.scale = (layer, largest) => {
      const both = largestOf.get(layer) ?? new Map<Scene, number>();
      const before = Math.max(0, ...both.values());
      largestOf.set(layer, both.set(scene, largest));
      const now = Math.max(...both.values());
      if (now !== before) again(far);
      return now;
    };
  }
  return () => {
    one.clock.scale = scale;
    again(one);
  };
}

/** What a half has summed up holds no longer. */
function again(scene: Scene): void {
  scene.clock.version++;
  scene.request("summary");
}
