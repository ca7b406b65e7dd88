/** The build for our own page: Leaflet and the shell inside. */

import L from "leaflet";
import icon from "leaflet/dist/images/marker-icon.png";
import iconRetina from "leaflet/dist/images/marker-icon-2x.png";
import shadow from "leaflet/dist/images/marker-shadow.png";
import "leaflet/dist/leaflet.css";
import "./css/page.css";
import { api } from "./api";
import { spareMotion } from "./reading/motion";
import { openShell } from "./shell/shell";

declare global {
  interface Window {
    incidentmap?: object;
    L?: typeof L;
  }
}

// Leaflet would look for its images beside the file; they travel in the bundle instead.
delete (L.Icon.Default.prototype as { _getIconUrl?: unknown })._getIconUrl;
L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: iconRetina, shadowUrl: shadow });

spareMotion();

window.L = L;
window.incidentmap = { ...api, open: openShell };
