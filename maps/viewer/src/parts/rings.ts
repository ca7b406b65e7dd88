/** Rings round sites. */

import { provide } from "../api";
import { Rings } from "../drawers/rings";
import { type Named, ResultLayer } from "../layers/results";
import { named } from "../words/catalogue";

provide({
  rings: (blockId: string, incidentsId: string | null, { name }: Named) =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new Rings(scene, block, set, named(name))),
});
