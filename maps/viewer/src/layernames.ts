/** Leaflet's own layer control takes the names of layers for markup; here they are text. */

import L from "leaflet";

interface ControlInside {
  _addLayer: (this: unknown, layer: L.Layer, name: string, overlay: boolean) => void;
}

/** Characters that would begin markup, as the entities that stand for them. */
function asText(name: string): string {
  return name.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function showNamesAsText(): void {
  const inside = L.Control.Layers.prototype as unknown as ControlInside;
  const add = inside._addLayer;
  inside._addLayer = function (layer, name, overlay): void {
    add.call(this, layer, asText(name), overlay);
  };
}
