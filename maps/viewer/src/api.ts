/** The part of the JavaScript face that both builds share. */

import type L from "leaflet";
import type { Ref } from "./clock";
import { BorderLinkLayer } from "./layers/borderlinks";
import { BorderLayer } from "./layers/borders";
import { CountryLayer, type CountryOptions } from "./layers/countries";
import { IncidentLayer } from "./layers/incidents";
import { UncertaintyLayer } from "./layers/uncertainty";
import { sceneOf } from "./scene";
import { stageOf } from "./stage";

/** What a test may ask of a map; plain data. */
export interface MapState {
  readonly total: number;
  readonly visible: number;
  readonly drawn: number;
  readonly window: readonly [number, number] | null;
  readonly ready: boolean;
}

/** Layer names are the page's business, so their options hold nothing that the layers need. */
export const api = {
  countries: (blocks: string[], labelsId: string | null, options: CountryOptions): L.Layer =>
    new CountryLayer(blocks, labelsId, options),
  borders: (blockId: string): L.Layer => new BorderLayer(blockId),
  incidents: (blockId: string, textsId: string | null): L.Layer =>
    new IncidentLayer(blockId, textsId),
  uncertainty: (blockId: string, _options?: object, footprintsId: string | null = null): L.Layer =>
    new UncertaintyLayer(blockId, footprintsId),
  borderLinks: (blockId: string): L.Layer => new BorderLinkLayer(blockId, null),

  state(map: L.Map): MapState {
    const { clock, frame, ready } = sceneOf(map);
    const { visible } = clock.tally();
    return { total: clock.total, visible, drawn: frame?.drawn ?? 0, window: clock.window, ready };
  },

  setWindow(map: L.Map, dayStart: number, dayEnd: number): void {
    sceneOf(map).clock.setWindow(dayStart, dayEnd);
  },

  /** Selects and opens an incident by its id; false if no layer of the map holds it. */
  async select(map: L.Map, incidentId: string): Promise<boolean> {
    const ref = await findIncident(map, incidentId);
    if (ref === null) return false;
    stageOf(map).open([ref]);
    return true;
  },
};

async function findIncident(map: L.Map, incidentId: string): Promise<Ref | null> {
  for (const set of sceneOf(map).clock.sets) {
    const row = (await set.texts()).findIndex(({ id }) => id === incidentId);
    if (row >= 0) return { set, row };
  }
  return null;
}
