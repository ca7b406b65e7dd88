/** The part of the JavaScript face that both builds share. */

import type L from "leaflet";
import type { Box } from "./canvas/boxes";
import { CountryLayer, type CountryOptions } from "./layers/countries";
import { IncidentLayer } from "./layers/incidents";
import { UncertaintyLayer } from "./layers/uncertainty";
import { sceneOf } from "./canvas/scene";
import { stageOf } from "./reading/stage";

/** What a test may ask of a map; plain data. */
export interface MapState {
  readonly total: number;
  readonly visible: number;
  readonly drawn: number;
  readonly window: readonly [number, number] | null;
  readonly ready: boolean;
}

export interface Labels {
  /** Boxes are left, top, right, bottom. */
  readonly labels: readonly { text: string; style: string; box: number[] }[];
  readonly marks: readonly number[][];
  readonly panels: readonly number[][];
}

export const api = {
  countries: (blocks: string[], labelsId: string | null, options: CountryOptions): L.Layer =>
    new CountryLayer(blocks, labelsId, options),
  /** The ground of another map, such as a small one in its corner. */
  overview: (ground: CountryLayer): L.Layer => ground.overview(),
  incidents: (blockId: string, textsId: string | null): L.Layer =>
    new IncidentLayer(blockId, textsId),
  uncertainty: (blockId: string, _options?: object, footprintsId: string | null = null): L.Layer =>
    new UncertaintyLayer(blockId, footprintsId),

  state(map: L.Map): MapState {
    const { clock, frame, ready } = sceneOf(map);
    const { visible } = clock.tally();
    return { total: clock.total, visible, drawn: frame?.drawn ?? 0, window: clock.window, ready };
  },

  /** The names on the map and the boxes that they keep off, in pixels of its container. */
  labels(map: L.Map): Labels {
    const scene = sceneOf(map);
    const { frame } = scene;
    const moved = ({ left, top, right, bottom }: Box): number[] => {
      const [a, b] = [scene.toContainer(left, top), scene.toContainer(right, bottom)];
      return [a.x, a.y, b.x, b.y];
    };
    return {
      labels: (frame?.labels ?? []).map(({ text, style, box }) => ({ text, style, box: moved(box) })),
      marks: (frame?.marks ?? []).map(moved),
      panels: scene.panels().map(({ left, top, right, bottom }) => [left, top, right, bottom]),
    };
  },

  setWindow(map: L.Map, dayStart: number, dayEnd: number): void {
    sceneOf(map).clock.setWindow(dayStart, dayEnd);
  },

  /** Selects and opens an incident by its id; false if no layer of the map holds it. */
  async select(map: L.Map, incidentId: string): Promise<boolean> {
    return stageOf(map).select(incidentId);
  },
};

/** Adds the functions of a part to the face. */
export function provide(functions: Readonly<Record<string, unknown>>): void {
  Object.assign(api, functions);
}
