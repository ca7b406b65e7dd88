/** All of Leaflet, for pages with elements of folium or tiles. */

import L from "leaflet";
import icon from "leaflet/dist/images/marker-icon.png";
import iconRetina from "leaflet/dist/images/marker-icon-2x.png";
import shadow from "leaflet/dist/images/marker-shadow.png";

declare global {
  interface Window {
    L?: typeof L;
  }
}

// Leaflet would look for its images beside the file; they travel in the bundle instead.
delete (L.Icon.Default.prototype as { _getIconUrl?: unknown })._getIconUrl;
L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: iconRetina, shadowUrl: shadow });

window.L = L;
