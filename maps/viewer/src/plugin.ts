/** The build for pages with their own Leaflet: all layers and popups, no shell. */

import "./css/plugin.css";
import { api } from "./api";
import "./parts/borderLinks";
import "./parts/borders";
import "./parts/choropleth";
import "./parts/clusterHulls";
import "./parts/density";
import "./parts/hexes";
import "./parts/pairLinks";
import "./parts/rings";
import "./parts/sites";

import { usePopups } from "./reading/popups";
import { whenStaged } from "./reading/stage";

declare global {
  interface Window {
    incidentmap?: object;
  }
}

whenStaged(usePopups);
window.incidentmap = api;
