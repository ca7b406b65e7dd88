/** Links between incidents near in space and time. */

import { provide } from "../api";
import { PairLinks } from "../drawers/pairlinks";
import { type Named, ResultLayer } from "../layers/results";
import { named } from "../words/catalogue";

provide({
  pairLinks: (blockId: string, incidentsId: string, { name }: Named) =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new PairLinks(scene, block, set!, named(name))),
});
