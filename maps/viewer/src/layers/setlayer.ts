/** What all layers over an incident block share: opening it, and joining the map's clock. */

import L from "leaflet";
import { type IncidentSet, openIncidents } from "../data/incidents";
import { type Stage, stageOf } from "../reading/stage";

/** How many layers of a map use a set; the clock keeps it as long as one does. */
const uses = new WeakMap<Stage, Map<IncidentSet, number>>();

function count(stage: Stage, set: IncidentSet, step: 1 | -1): number {
  const counts = uses.get(stage) ?? new Map<IncidentSet, number>();
  uses.set(stage, counts);
  const now = (counts.get(set) ?? 0) + step;
  counts.set(set, now);
  return now;
}

/** A layer of a map begins to use a set; the first one brings it to the clock. */
export function join(stage: Stage, set: IncidentSet): void {
  if (count(stage, set, 1) === 1) stage.scene.clock.add(set);
  else stage.scene.request("top");
}

/** A layer of a map no longer uses a set; with the last one it leaves the clock. */
export function leave(stage: Stage, set: IncidentSet): void {
  if (count(stage, set, -1) === 0) stage.scene.clock.remove(set);
  else stage.scene.request("top");
}

export abstract class SetLayer extends L.Layer {
  readonly #blockId: string;
  readonly #textsId: string | null;
  #set: IncidentSet | null = null;
  #stage: Stage | null = null;

  constructor(blockId: string, textsId: string | null) {
    super();
    this.#blockId = blockId;
    this.#textsId = textsId;
  }

  protected abstract show(stage: Stage, set: IncidentSet): void;
  protected abstract hide(stage: Stage, set: IncidentSet): void;

  override onAdd(map: L.Map): this {
    const stage = stageOf(map);
    this.#stage = stage;
    void stage.scene.wait(
      openIncidents(this.#blockId).then((set) => {
        set.textsId ??= this.#textsId;
        // The layer may have been removed while its block was opening.
        if (this.#stage !== stage || this.#set !== null) return;
        this.#set = set;
        this.show(stage, set);
        join(stage, set);
      }),
    );
    return this;
  }

  override onRemove(): this {
    const [stage, set] = [this.#stage, this.#set];
    this.#stage = null;
    this.#set = null;
    if (stage === null || set === null) return this;
    this.hide(stage, set);
    leave(stage, set);
    return this;
  }
}
