import { Discs } from "../drawers/discs";
import { openFootprints } from "../data/footprints";
import { h } from "../reading/dom";
import { discGlyph } from "../reading/glyphs";
import type { IncidentSet } from "../data/incidents";
import { type LegendPart, legendRow } from "../reading/legend";
import type { Stage } from "../reading/stage";
import { SetLayer } from "./setlayer";
import { say } from "../words/catalogue";

/** 90 % discs round the incidents of a block, or their footprints. */
export class UncertaintyLayer extends SetLayer {
  readonly #footprintsId: string | null;
  readonly #legend: LegendPart = {
    version: () => `${this.#drawsAny()} ${this.#drawer?.cut === true}`,
    keys: () => [],
    block: () => (this.#drawsAny() ? [h("ul", {}, ...this.#rows())] : []),
  };
  #drawer: Discs | null = null;

  constructor(blockId: string, footprintsId: string | null) {
    super(blockId, null);
    this.#footprintsId = footprintsId;
  }

  protected show(stage: Stage, set: IncidentSet): void {
    this.#drawer = new Discs(stage.scene, () => [set], () => stage.marks.marks);
    stage.scene.add(this.#drawer);
    stage.scene.legends.add(this.#legend);
    if (this.#footprintsId === null || set.footprints !== null) return;
    void stage.scene.wait(openFootprints(this.#footprintsId).then((footprints) => {
      set.footprints = footprints;
    }));
  }

  #rows(): HTMLElement[] {
    const rows = [legendRow(discGlyph(), say("legend.disc"))];
    if (this.#drawer?.cut === true) rows.push(legendRow(discGlyph(), say("legend.disc.sea")));
    return rows;
  }

  #drawsAny(): boolean {
    return (this.#drawer?.drawn ?? 0) > 0;
  }

  protected hide(stage: Stage): void {
    stage.scene.legends.delete(this.#legend);
    if (this.#drawer !== null) stage.scene.remove(this.#drawer);
  }
}
