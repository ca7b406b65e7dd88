import type { IncidentSet } from "../incidents";
import { linkedRefs, Links } from "../links";
import type { Stage } from "../stage";
import { SetLayer } from "./setlayer";

/** Lines from the incidents of a block to their nearest border point. */
export class BorderLinkLayer extends SetLayer {
  #drawer: Links | null = null;

  protected show(stage: Stage, set: IncidentSet): void {
    const { clock } = stage.scene;
    this.#drawer = new Links(30, () => linkedRefs(clock, [set], stage.marks.marks));
    stage.scene.add(this.#drawer);
  }

  protected hide(stage: Stage): void {
    if (this.#drawer !== null) stage.scene.remove(this.#drawer);
  }
}
