/** The way to the nearest border: that of the selected incident, and as a layer those of all. */

import { provide } from "../api";
import { Links } from "../drawers/links";
import { BorderName } from "../ground/bordername";
import { BorderLinkLayer } from "../layers/borderlinks";
import { whenStaged } from "../reading/stage";

provide({ borderLinks: (blockId: string) => new BorderLinkLayer(blockId, null) });

whenStaged((stage) => {
  stage.scene.add(new Links(35, () => stage.selected()));
  stage.scene.add(new BorderName(stage.scene));
});
