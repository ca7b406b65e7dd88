import { Choropleth, type ChoroplethOptions } from "../drawers/choropleth";
import type { IncidentSet } from "../data/incidents";
import { openLevels } from "../ground/levels";
import { RestTip } from "../reading/resttip";
import type { Stage } from "../reading/stage";
import { SetLayer } from "./setlayer";

export interface ChoroplethLayerOptions extends ChoroplethOptions {
  /** The blocks of the base map that the units are cut from. */
  readonly ground: readonly string[];
  readonly faces: string;
}

/** Provinces or countries by the number, or the rate, of the incidents of a block. */
export class ChoroplethLayer extends SetLayer {
  readonly #options: ChoroplethLayerOptions;
  #drawer: Choropleth | null = null;
  #tip: RestTip | null = null;

  constructor(blockId: string, options: ChoroplethLayerOptions) {
    super(blockId, null);
    this.#options = options;
  }

  protected show(stage: Stage, set: IncidentSet): void {
    const { scene } = stage;
    const { ground, faces } = this.#options;
    void scene.wait(openLevels(ground, faces).then((levels) => {
      if (!scene.map.hasLayer(this)) return;
      const drawer = new Choropleth(scene, set, levels, this.#options);
      this.#drawer = drawer;
      this.#tip = new RestTip(scene, (x, y) => drawer.textAt(x, y, scene.map.getZoom()));
      scene.add(drawer);
      scene.legends.add(drawer);
    }));
  }

  protected hide({ scene }: Stage): void {
    this.#tip?.remove();
    if (this.#drawer === null) return;
    scene.remove(this.#drawer);
    scene.legends.delete(this.#drawer);
    this.#drawer = null;
  }
}
