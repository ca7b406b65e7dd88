import { Discs } from "../discs";
import type { IncidentSet } from "../incidents";
import type { Stage } from "../stage";
import { SetLayer } from "./setlayer";

/** 90 % discs round the incidents of a block. */
export class UncertaintyLayer extends SetLayer {
  #drawer: Discs | null = null;

  protected show(stage: Stage, set: IncidentSet): void {
    this.#drawer = new Discs(stage.scene.clock, () => [set], () => stage.marks.marks);
    stage.scene.add(this.#drawer);
  }

  protected hide(stage: Stage): void {
    if (this.#drawer !== null) stage.scene.remove(this.#drawer);
  }
}
