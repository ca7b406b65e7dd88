/** The part of the JavaScript face that both builds share. */

import type L from "leaflet";
import type { Box } from "./canvas/boxes";
import { ClusterHulls } from "./drawers/clusterhulls";
import { Density } from "./drawers/density";
import { Hexes } from "./drawers/hexes";
import { BorderLinkLayer } from "./layers/borderlinks";
import { BorderLayer, type BorderOptions } from "./layers/borders";
import { ChoroplethLayer, type ChoroplethLayerOptions } from "./layers/choropleth";
import { CountryLayer, type CountryOptions } from "./layers/countries";
import { IncidentLayer } from "./layers/incidents";
import { ResultLayer } from "./layers/results";
import { SiteLayer, type SiteOptions } from "./layers/sites";
import { UncertaintyLayer } from "./layers/uncertainty";
import { PairLinks } from "./drawers/pairlinks";
import { Rings } from "./drawers/rings";
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

interface Named {
  readonly name: string;
}

export const api = {
  countries: (blocks: string[], labelsId: string | null, options: CountryOptions): L.Layer =>
    new CountryLayer(blocks, labelsId, options),
  /** The ground of another map, such as a small one in its corner. */
  overview: (ground: CountryLayer): L.Layer => ground.overview(),
  borders: (blockId: string, options: BorderOptions = {}): L.Layer => new BorderLayer(blockId, options),
  incidents: (blockId: string, textsId: string | null): L.Layer =>
    new IncidentLayer(blockId, textsId),
  uncertainty: (blockId: string, _options?: object, footprintsId: string | null = null): L.Layer =>
    new UncertaintyLayer(blockId, footprintsId),
  choropleth: (blockId: string, options: ChoroplethLayerOptions): L.Layer => new ChoroplethLayer(blockId, options),
  sites: (blockId: string, options: SiteOptions = {}): L.Layer => new SiteLayer(blockId, options),
  rings: (blockId: string, incidentsId: string | null, { name }: Named): L.Layer =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Rings(scene, block, set, name)),
  hexes: (blockId: string, incidentsId: string | null, { name }: Named): L.Layer =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Hexes(scene, block, set, name)),
  pairLinks: (blockId: string, incidentsId: string, { name }: Named): L.Layer =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new PairLinks(scene, block, set!, name)),
  density: (blockId: string, incidentsId: string, { name }: Named): L.Layer =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Density(scene, block, set!, name)),
  clusterHulls: (blockId: string, incidentsId: string, { name }: Named): L.Layer =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new ClusterHulls(scene, block, set!, name)),
  borderLinks: (blockId: string): L.Layer => new BorderLinkLayer(blockId, null),

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
