import L from "leaflet";
import { named } from "../words/catalogue";
import { openBlock } from "../data/payload";
import { RestTip } from "../reading/resttip";
import { type Scene, sceneOf } from "../canvas/scene";
import { readSites, Sites } from "../drawers/sites";

export interface SiteOptions {
  readonly name?: string;
}

/** The user's own places. */
export class SiteLayer extends L.Layer {
  readonly #blockId: string;
  readonly #name: string;
  #drawer: Sites | null = null;
  #scene: Scene | null = null;
  #tip: RestTip | null = null;

  constructor(blockId: string, { name }: SiteOptions) {
    super();
    this.#blockId = blockId;
    this.#name = named(name ?? "Sites");
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    this.#scene = scene;
    void scene.wait(openBlock(this.#blockId).then((block) => {
      if (this.#scene !== scene) return;
      const drawer = (this.#drawer ??= new Sites(readSites(block), this.#name));
      scene.add(drawer);
      scene.legends.add(drawer);
      this.#tip = new RestTip(scene, (x, y) => (scene.frame === null ? null : drawer.nameAt(x, y, scene.frame)));
    }));
    return this;
  }

  override onRemove(): this {
    this.#tip?.remove();
    if (this.#drawer !== null) {
      this.#scene?.remove(this.#drawer);
      this.#scene?.legends.delete(this.#drawer);
    }
    this.#scene = null;
    return this;
  }
}
