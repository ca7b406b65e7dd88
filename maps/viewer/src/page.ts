/** The build for our own page: the shell round layers on the Leaflet that stands before it. */

import "leaflet/dist/leaflet.css";
import "./css/page.css";
import { api, provide } from "./api";
import { spareMotion } from "./reading/motion";
import { openShell } from "./shell/shell";

declare global {
  interface Window {
    incidentmap?: object;
  }
}

spareMotion();

provide({ open: openShell });
window.incidentmap = api;
