import type { IncidentSet } from "../data/incidents";
import type { Stage } from "../reading/stage";
import { SetLayer } from "./setlayer";

/** Incidents as marks and donuts. */
export class IncidentLayer extends SetLayer {
  protected show(stage: Stage, set: IncidentSet): void {
    stage.marks.add(set);
  }

  protected hide(stage: Stage, set: IncidentSet): void {
    stage.marks.remove(set);
  }
}
