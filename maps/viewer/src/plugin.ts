/** The build for pages with their own Leaflet: layers and popups, no shell. */

import "./css/plugin.css";
import { api } from "./api";

declare global {
  interface Window {
    incidentmap?: object;
  }
}

window.incidentmap = api;
