/** The drawers that incident layers of one map share, and what a click on a mark does. */

import L from "leaflet";
import { Areas } from "../marks/areas";
import type { Ref } from "../time/clock";
import { SelectedDisc } from "../drawers/discs";
import { MOST_LISTED } from "./listing";
import { Marks } from "../marks/markdrawer";
import { OWN_MARK_ZOOM } from "../marks/marklayout";
import { boundsOf, lieApart, type Members, refsOf } from "../data/members";
import { PRECISION_CLASSES } from "../data/precision";
import type { Hit } from "../canvas/frame";
import { type Scene, sceneOf } from "../canvas/scene";
import { fitClear, type Padding } from "./fitting";
import { MOST_SPREAD, Spread } from "../marks/spread";

/** What parts of the viewer add to each map. */
const additions: ((stage: Stage) => void)[] = [];

/** Calls back for each map that comes to hold incidents. */
export function whenStaged(add: (stage: Stage) => void): void {
  additions.push(add);
}

export class Stage {
  readonly scene: Scene;
  readonly marks: Marks;
  /** Free space that fitting the map to incidents leaves at its edges. */
  padding: () => Padding = () => ({
    topLeft: L.point(40, 40), bottomRight: L.point(40, 40),
  });

  constructor(scene: Scene) {
    const { clock, map } = scene;
    this.scene = scene;
    this.marks = new Marks(clock);
    scene.add(new Areas(scene, () => this.marks.sets));
    scene.add(new SelectedDisc(scene));
    scene.add(this.marks);
    for (const add of additions) add(this);
    map.on("zoomstart", () => {
      this.spread(null);
    });
    clock.on("filter", () => {
      this.spread(null);
    });
    // The ring belongs to the pointer; after a move something else lies under it.
    map.on("movestart zoomstart moveend zoomend", () => {
      clock.hover(null);
    });
    map.on("click", (event: L.LeafletMouseEvent) => {
      clock.hover(null);
      const hit = scene.hitAt(event.containerPoint);
      if (hit !== null) {
        this.activate(hit);
        return;
      }
      this.spread(null);
      clock.select(null);
    });
    // While the map is dragged, marks pass under the pointer that nobody points at.
    let dragged = false;
    map.on("dragstart dragend", ({ type }) => { dragged = type === "dragstart"; });
    map.on("mousemove", (event: L.LeafletMouseEvent) => {
      if (!dragged) this.#hover(scene.hitAt(event.containerPoint));
    });
    map.on("mouseout", () => {
      this.#hover(null);
    });
  }

  /** Opens a single incident, comes closer to a group, spreads out a spot, or lists what no zoom separates. */
  activate(hit: Hit): void {
    const { map } = this.scene;
    if (hit.count === 1) {
      this.open(hit.first);
      return;
    }
    const members = hit.members();
    const apart = hit.ring > 0 && lieApart(members) && !this.#isArea(hit.first);
    if (apart && map.getZoom() < map.getMaxZoom()) this.fit(members);
    else if (!apart && this.#canSpread(hit, members)) this.spread(new Spread(refsOf(members)));
    else this.list(members, hit.count);
  }

  /** Spreads out the incidents of a spot; null puts them together again. */
  spread(spread: Spread | null): void {
    if (this.marks.spread === spread) return;
    this.marks.spread = spread;
    this.scene.request("top");
  }

  /** Lists several incidents. */
  list(members: readonly Members[], count: number): void {
    const refs = refsOf(members, MOST_LISTED);
    this.scene.onList?.(refs, count);
  }

  #isArea({ set, row }: Ref): boolean {
    return PRECISION_CLASSES[set.precisionClass[row]!] === "area";
  }

  #canSpread(hit: Hit, members: readonly Members[]): boolean {
    const rows = members.reduce((sum, each) => sum + each.rows.length, 0);
    return hit.ring > 0 && !this.#isArea(hit.first) && this.scene.map.getZoom() >= OWN_MARK_ZOOM && rows > 1 && rows <= MOST_SPREAD;
  }

  /** Opens an incident by its id; false if no layer of the map holds it. */
  async select(id: string): Promise<boolean> {
    for (const set of this.scene.clock.sets) {
      const row = (await set.texts()).rowOf(id);
      if (row < 0) continue;
      this.open({ set, row });
      return true;
    }
    return false;
  }

  /** Shows one incident as a card. */
  open(ref: Ref): void {
    this.scene.clock.select(ref);
    this.scene.onOpen?.(ref);
  }

  fit(members: readonly Members[], maxZoom?: number): void {
    const bounds = boundsOf(members);
    if (bounds === null) return;
    const { south, west, north, east } = bounds;
    fitClear(this.scene.map, [[south, west], [north, east]], this.padding(), maxZoom === undefined ? {} : { maxZoom });
  }

  #hover(hit: Hit | null): void {
    this.scene.map.getContainer().classList.toggle("im-over-mark", hit !== null);
    this.scene.clock.hover(hit === null || hit.ring === 0 ? null : hit.first);
  }

  /** The selected incident; none where its layer has been removed. */
  selected(): Ref[] {
    const { marked, sets } = this.scene.clock;
    return marked !== null && sets.includes(marked.set) ? [marked] : [];
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
