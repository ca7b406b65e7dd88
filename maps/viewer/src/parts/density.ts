/** The density of incidents as a surface. */

import { provide } from "../api";
import { Density } from "../drawers/density";
import { type Named, ResultLayer } from "../layers/results";
import { named } from "../words/catalogue";

provide({
  density: (blockId: string, incidentsId: string, { name }: Named) =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Density(scene, block, set!, named(name))),
});
