import { Discs } from "../discs";
import { openFootprints } from "../footprints";
import type { IncidentSet } from "../incidents";
import type { Stage } from "../stage";
import { SetLayer } from "./setlayer";

/** 90 % discs round the incidents of a block, or their footprints. */
export class UncertaintyLayer extends SetLayer {
  readonly #footprintsId: string | null;
  #drawer: Discs | null = null;

  constructor(blockId: string, footprintsId: string | null) {
    super(blockId, null);
    this.#footprintsId = footprintsId;
  }

  protected show(stage: Stage, set: IncidentSet): void {
    this.#drawer = new Discs(stage.scene.clock, () => [set], () => stage.marks.marks);
    stage.scene.add(this.#drawer);
    if (this.#footprintsId === null || set.footprints !== null) return;
    void stage.scene.wait(openFootprints(this.#footprintsId).then((footprints) => {
      set.footprints = footprints;
    }));
  }

  protected hide(stage: Stage): void {
    if (this.#drawer !== null) stage.scene.remove(this.#drawer);
  }
}
