/** Hulls round clusters. */

import { provide } from "../api";
import { ClusterHulls } from "../drawers/clusterhulls";
import { type Named, ResultLayer } from "../layers/results";
import { named } from "../words/catalogue";

provide({
  clusterHulls: (blockId: string, incidentsId: string, { name }: Named) =>
    new ResultLayer(blockId, incidentsId, (scene, block, set) => new ClusterHulls(scene, block, set!, named(name))),
});
