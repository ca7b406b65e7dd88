/** The user's own places. */

import { provide } from "../api";
import { SiteLayer, type SiteOptions } from "../layers/sites";

provide({
  sites: (blockId: string, options: SiteOptions = {}) => new SiteLayer(blockId, options),
});
