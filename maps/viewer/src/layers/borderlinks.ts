import { linkGlyph } from "../reading/resultglyphs";
import type { IncidentSet } from "../data/incidents";
import { h } from "../reading/dom";
import { type LegendPart, legendRow } from "../reading/legend";
import { linkedRefs, Links } from "../drawers/links";
import type { Stage } from "../reading/stage";
import { SetLayer } from "./setlayer";
import { say } from "../words/catalogue";

/** Lines from the incidents of a block to their nearest border point. */
export class BorderLinkLayer extends SetLayer {
  #drawer: Links | null = null;
  /** A switch that seems to do nothing has to say why. */
  readonly #legend: LegendPart = {
    version: () => String(this.#drawsAny()),
    keys: () => [{ glyph: linkGlyph(), text: say(this.#drawsAny() ? "legend.link" : "legend.link.far") }],
    block: () => [h("ul", {}, legendRow(linkGlyph(), say(this.#drawsAny() ? "legend.link.says" : "legend.link.far.says")))],
  };

  protected show(stage: Stage, set: IncidentSet): void {
    const { clock } = stage.scene;
    this.#drawer = new Links(30, () => linkedRefs(clock, [set], stage.marks.marks));
    stage.scene.add(this.#drawer);
    stage.scene.legends.add(this.#legend);
  }

  #drawsAny(): boolean {
    return (this.#drawer?.drawn ?? 0) > 0;
  }

  protected hide(stage: Stage): void {
    stage.scene.legends.delete(this.#legend);
    if (this.#drawer !== null) stage.scene.remove(this.#drawer);
  }
}
