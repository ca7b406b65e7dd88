/** The user's own borders. */

import { provide } from "../api";
import { BorderLayer, type BorderOptions } from "../layers/borders";

provide({
  borders: (blockId: string, options: BorderOptions = {}) => new BorderLayer(blockId, options),
});
