import L from "leaflet";
import { BaseMap } from "../basemap";
import { type DisputeData, Disputes } from "../disputes";
import { DisputeTip } from "../disputetip";
import { LabelDrawer } from "../labels";
import { sceneOf } from "../scene";

export interface CountryOptions {
  readonly name?: string;
  /** Countries drawn as the subject of the map; empty means all. */
  readonly highlight?: readonly string[];
  readonly labels?: boolean;
  /** The block of the faces that the arcs divide. */
  readonly faces: string;
  readonly disputes?: readonly DisputeData[];
}

/** The built-in base map: sea, land, provinces, borders, and names. */
export class CountryLayer extends L.Layer {
  readonly #base: BaseMap;
  readonly #labels: LabelDrawer;
  readonly #disputes: Disputes;
  #tip: DisputeTip | null = null;

  constructor(blocks: readonly string[], labelsId: string | null, options: CountryOptions) {
    super();
    this.#disputes = new Disputes(options.disputes ?? []);
    this.#base = new BaseMap(blocks, options.faces, options.highlight ?? [], this.#disputes.faces);
    this.#labels = new LabelDrawer(options.labels === false ? null : labelsId, this.#base, options.highlight ?? []);
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    const base = this.#base;
    const opened = Promise.all([base.open(), this.#labels.open()]).then(() => {
      if (!map.hasLayer(this)) return;
      scene.add(base);
      scene.add(this.#labels);
      scene.faces = (code) => base.levelAt(map.getZoom())?.province(code) ?? null;
      scene.disputes = (frame) => this.#disputes.inSight(frame, base.levelAt(map.getZoom()));
      this.#tip = new DisputeTip(scene, (x, y) => this.#disputes.at(x, y, base.levelAt(map.getZoom())));
      scene.borders = (pair) => base.levelAt(map.getZoom())?.arcs.filter((arc) => arc.pair === pair) ?? [];
    });
    void scene.wait(opened);
    return this;
  }

  override onRemove(map: L.Map): this {
    const scene = sceneOf(map);
    scene.remove(this.#base);
    scene.remove(this.#labels);
    this.#tip?.remove();
    this.#tip = null;
    scene.faces = () => null;
    scene.borders = () => [];
    scene.disputes = () => [];
    return this;
  }
}
