/** Hexagons by their incidents. */

import { provide } from "../api";
import { Hexes } from "../drawers/hexes";
import { type Named, ResultLayer } from "../layers/results";
import { named } from "../words/catalogue";

provide({
  hexes: (blockId: string, incidentsId: string | null, { name }: Named) =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Hexes(scene, block, set, named(name))),
});
