import { linkGlyph } from "../reading/glyphs";
import type { IncidentSet } from "../data/incidents";
import { h } from "../reading/dom";
import { type LegendPart, legendRow } from "../reading/legend";
import { linkedRefs, Links } from "../drawers/links";
import type { Stage } from "../reading/stage";
import { SetLayer } from "./setlayer";

/** Lines from the incidents of a block to their nearest border point. */
export class BorderLinkLayer extends SetLayer {
  #drawer: Links | null = null;
  /** A switch that seems to do nothing has to say why. */
  readonly #legend: LegendPart = {
    version: () => String(this.#drawsAny()),
    keys: () => [{ glyph: linkGlyph(), text: this.#drawsAny() ? "Nearest border" : "Nearest border: zoom in to single marks" }],
    block: () => [h("ul", {}, legendRow(linkGlyph(), this.#drawsAny()
      ? "Way to the nearest border; the open dot is its nearest point" : "Ways to the nearest border: none for grouped marks, zoom in"))],
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
