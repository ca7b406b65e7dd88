import L from "leaflet";
import { BaseMap, type GroundPart } from "../ground/basemap";
import { type DisputeData, Disputes } from "../ground/disputes";
import { ONE_WORLD } from "../drawers/oneworld";
import { LabelDrawer } from "../names/labels";
import { RestTip } from "../reading/resttip";
import { type Scene, sceneOf } from "../canvas/scene";
import { disputeSentence } from "../words/disputes";
import { GroundPartLayer } from "./groundpart";

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
  /** What a page can switch off; without switches all of it is drawn. */
  readonly parts: Readonly<Record<GroundPart | "names", L.Layer>>;
  readonly #base: BaseMap;
  readonly #labels: LabelDrawer;
  readonly #disputes: Disputes;
  readonly #blocks: readonly string[];
  readonly #options: CountryOptions;
  #scene: Scene | null = null;
  #tip: RestTip | null = null;

  constructor(blocks: readonly string[], labelsId: string | null, options: CountryOptions) {
    super();
    this.#blocks = blocks;
    this.#options = options;
    this.#disputes = new Disputes(options.disputes ?? []);
    this.#base = new BaseMap(blocks, options.faces, options.highlight ?? [], this.#disputes.faces);
    this.#labels = new LabelDrawer(options.labels === false ? null : labelsId, this.#base, options.highlight ?? []);
    this.parts = {
      borders: this.#part("borders"),
      provinces: this.#part("provinces"),
      names: new GroundPartLayer((shown) => {
        this.#labels.shown = shown;
        this.#scene?.request("top");
      }),
    };
  }

  override onAdd(map: L.Map): this {
    const scene = sceneOf(map);
    const base = this.#base;
    this.#scene = scene;
    const opened = Promise.all([base.open(scene), this.#labels.open()]).then(() => {
      if (!map.hasLayer(this)) return;
      scene.add(base);
      scene.add(ONE_WORLD);
      scene.add(this.#labels);
      scene.ground = base;
      scene.legends.add(base);
      scene.faces = (code) => base.levelAt(map.getZoom())?.province(code) ?? null;
      scene.disputes = (frame) => this.#disputes.inSight(frame, base.levelAt(map.getZoom()), scene.clock.version);
      this.#tip = new RestTip(scene, (x, y) => {
        const dispute = this.#disputes.at(x, y, base.levelAt(map.getZoom()));
        return dispute === null ? null : disputeSentence(dispute);
      });
      scene.borders = (pair) => base.levelAt(map.getZoom())?.arcs.filter((arc) => arc.pair === pair) ?? [];
    });
    void scene.wait(opened);
    return this;
  }

  override onRemove(map: L.Map): this {
    const scene = sceneOf(map);
    scene.remove(this.#base);
    scene.remove(ONE_WORLD);
    scene.remove(this.#labels);
    this.#tip?.remove();
    this.#tip = null;
    this.#scene = null;
    scene.ground = null;
    scene.legends.delete(this.#base);
    scene.faces = () => null;
    scene.borders = () => [];
    scene.disputes = () => [];
    return this;
  }

  /** The same land without names, for another map that follows this one's theme. */
  overview(): CountryLayer {
    const other = new CountryLayer(this.#blocks, null, { ...this.#options, labels: false, disputes: [] });
    const follow = (): void => {
      if (this.#scene !== null) other.#scene?.setTheme(this.#scene.theme);
    };
    this.#scene?.afterTheme.add(follow);
    other.on("add", follow);
    return other;
  }

  #part(part: GroundPart): L.Layer {
    return new GroundPartLayer((shown) => {
      if (shown) this.#base.hidden.delete(part);
      else this.#base.hidden.add(part);
      this.#scene?.request("base");
    });
  }
}
