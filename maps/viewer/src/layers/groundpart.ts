import L from "leaflet";

/** A part of the base map as a layer of its own, so that switches treat it like any other. */
export class GroundPartLayer extends L.Layer {
  readonly #show: (shown: boolean) => void;

  constructor(show: (shown: boolean) => void) {
    super();
    this.#show = show;
  }

  override onAdd(): this {
    this.#show(true);
    return this;
  }

  override onRemove(): this {
    this.#show(false);
    return this;
  }
}
