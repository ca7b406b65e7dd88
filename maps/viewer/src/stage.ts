/** The drawers that incident layers of one map share, and what a click on a mark does. */

import L from "leaflet";
import { Areas } from "./areas";
import { BorderName } from "./bordername";
import { cardContent } from "./card";
import type { Ref } from "./clock";
import { cornerChip } from "./cornerchip";
import { SelectedDisc } from "./discs";
import { listContent } from "./listing";
import { Links } from "./links";
import { hasMark, Marks } from "./markdrawer";
import type { Hit } from "./frame";
import { type Scene, sceneOf } from "./scene";

export class Stage {
  readonly scene: Scene;
  readonly marks: Marks;
  /** Counts what the map has no room for; the shell replaces it by its own. */
  corner: L.Control | null = null;
  /** Free space that fitting the map to incidents leaves at its edges. */
  padding: () => { topLeft: L.Point; bottomRight: L.Point } = () => ({
    topLeft: L.point(40, 40), bottomRight: L.point(40, 40),
  });

  constructor(scene: Scene) {
    const { clock, map } = scene;
    this.scene = scene;
    this.marks = new Marks(clock);
    scene.add(new Areas(scene, () => this.marks.sets));
    scene.add(new SelectedDisc(clock));
    scene.add(new Links(35, () => this.#selectedLink()));
    scene.add(new BorderName(scene));
    scene.add(this.marks);
    // The ring belongs to the pointer; after a move something else lies under it.
    map.on("movestart zoomstart moveend zoomend", () => {
      clock.hover(null);
    });
    map.on("click", (event: L.LeafletMouseEvent) => {
      clock.hover(null);
      const hit = scene.hitAt(event.containerPoint);
      if (hit !== null) this.activate(hit);
      else clock.select(null);
    });
    map.on("mousemove", (event: L.LeafletMouseEvent) => {
      this.#hover(scene.hitAt(event.containerPoint));
    });
    map.on("mouseout", () => {
      this.#hover(null);
    });
    this.#addCorner();
  }

  /** Opens a single incident, comes closer to a group, or lists a group that no zoom separates. */
  activate(hit: Hit): void {
    const { map } = this.scene;
    const refs = hit.refs();
    if (hit.count > 1 && hit.parts && map.getZoom() < map.getMaxZoom()) this.fit(refs);
    else this.open(refs);
  }

  /** Shows one incident as a card, several as a list. */
  open(refs: readonly Ref[]): void {
    const [first] = refs;
    if (first === undefined) return;
    if (refs.length === 1) this.scene.clock.select(first);
    if (this.scene.onOpen !== null) this.scene.onOpen(refs);
    else void this.#popup(refs, first);
  }

  fit(refs: readonly Ref[], maxZoom?: number): void {
    if (refs.length === 0) return;
    const bounds = L.latLngBounds([]);
    for (const { set, row } of refs) bounds.extend([set.lat(row), set.lon(row)]);
    const { topLeft, bottomRight } = this.padding();
    this.scene.map.fitBounds(bounds, {
      paddingTopLeft: topLeft, paddingBottomRight: bottomRight, ...(maxZoom === undefined ? {} : { maxZoom }),
    });
  }

  /** In a page without the shell, cards are popups of Leaflet. */
  async #popup(refs: readonly Ref[], first: Ref): Promise<void> {
    const { scene } = this;
    const content = refs.length === 1
      ? await cardContent(scene.clock, first)
      : await listContent(scene.clock, refs, (ref) => {
          this.open([ref]);
        });
    const box = document.createElement("div");
    box.className = "im-popup";
    box.append(content);
    L.popup({ maxWidth: 340, minWidth: 260, maxHeight: 380, className: "im-popup-frame" })
      .setLatLng(hasMark(first) ? [first.set.lat(first.row), first.set.lon(first.row)] : scene.map.getCenter())
      .setContent(box)
      .on("remove", () => {
        if (scene.clock.selected === first) scene.clock.select(null);
      })
      .openOn(scene.map);
  }

  /** Without the shell the corner chip is a control of Leaflet. */
  #addCorner(): void {
    const chip = cornerChip(this.scene, () => false, (refs) => {
      this.open(refs);
    });
    L.DomEvent.disableClickPropagation(chip);
    const Corner = L.Control.extend({ onAdd: () => chip });
    this.corner = new Corner({ position: "bottomleft" }).addTo(this.scene.map);
  }

  #hover(hit: Hit | null): void {
    this.scene.map.getContainer().classList.toggle("im-over-mark", hit !== null);
    this.scene.clock.hover(hit === null || hit.ring === 0 ? null : hit.first);
  }

  #selectedLink(): Ref[] {
    const { selected, sets } = this.scene.clock;
    return selected !== null && sets.includes(selected.set) ? [selected] : [];
  }
}

const stages = new WeakMap<Scene, Stage>();

export function stageOf(map: L.Map): Stage {
  const scene = sceneOf(map);
  let stage = stages.get(scene);
  if (stage === undefined) {
    stage = new Stage(scene);
    stages.set(scene, stage);
  }
  return stage;
}
