/** What the layers of results share: a block of their own, and often incidents whose clock they follow. */

import L from "leaflet";
import type { Drawer } from "../canvas/frame";
import { type IncidentSet, openIncidents } from "../data/incidents";
import type { LegendPart } from "../reading/legend";
import { type Block, openBlock } from "../data/payload";
import { RestTip } from "../reading/resttip";
import type { Scene } from "../canvas/scene";
import { type Stage, stageOf } from "../reading/stage";
import { join, leave } from "./setlayer";

/** A result on one map. */
export interface Result extends LegendPart {
  readonly drawers: readonly Drawer[];
  /** What lies at a place of the unit square; null where nothing does. */
  textAt(x: number, y: number): string | null;
}

/** What Python tells of every result. */
export interface Named {
  readonly name: string;
}

export type MakeResult = (scene: Scene, block: Block, set: IncidentSet | null) => Result;

export class ResultLayer extends L.Layer {
  readonly #blockId: string;
  readonly #incidentsId: string | null;
  readonly #make: MakeResult;
  #stage: Stage | null = null;
  #set: IncidentSet | null = null;
  #result: Result | null = null;
  #tip: RestTip | null = null;

  constructor(blockId: string, incidentsId: string | null, make: MakeResult) {
    super();
    this.#blockId = blockId;
    this.#incidentsId = incidentsId;
    this.#make = make;
  }

  override onAdd(map: L.Map): this {
    const stage = stageOf(map);
    this.#stage = stage;
    const set = this.#incidentsId === null ? null : openIncidents(this.#incidentsId);
    void stage.scene.wait(Promise.all([openBlock(this.#blockId), set]).then(([block, incidents]) => {
      // The layer may have been removed while its blocks were opening.
      if (this.#stage === stage && this.#result === null) this.#show(stage, block, incidents);
    }));
    return this;
  }

  #show({ scene }: Stage, block: Block, set: IncidentSet | null): void {
    const result = this.#make(scene, block, set);
    this.#result = result;
    this.#set = set;
    for (const drawer of result.drawers) scene.add(drawer);
    scene.legends.add(result);
    this.#tip = new RestTip(scene, (x, y) => result.textAt(x, y));
    if (set !== null) join(this.#stage!, set);
  }

  override onRemove(): this {
    const [stage, set, result] = [this.#stage, this.#set, this.#result];
    this.#tip?.remove();
    [this.#stage, this.#set, this.#result, this.#tip] = [null, null, null, null];
    if (stage === null || result === null) return this;
    for (const drawer of result.drawers) stage.scene.remove(drawer);
    stage.scene.legends.delete(result);
    if (set !== null) leave(stage, set);
    return this;
  }
}
