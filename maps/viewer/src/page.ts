/** The build for our own page: the shell round layers on the Leaflet that stands before it. */

import "leaflet/dist/leaflet.css";
import "./css/page.css";
import { api, provide } from "./api";
import { spareMotion } from "./reading/motion";
import { openShell } from "./shell/shell";
import { bring } from "./words/catalogue";

declare global {
  interface Window {
    incidentmap?: object;
  }
}

spareMotion();

provide({ open: openShell, words: bring });
window.incidentmap = api;
