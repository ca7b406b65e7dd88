/** Provinces or countries by their incidents. */

import { provide } from "../api";
import { ChoroplethLayer, type ChoroplethLayerOptions } from "../layers/choropleth";

provide({
  choropleth: (blockId: string, options: ChoroplethLayerOptions) => new ChoroplethLayer(blockId, options),
});
