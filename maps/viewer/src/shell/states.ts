/** What the page says when there is nothing to see: why, and what the reader can do. */

import { button, h } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import type { Stage } from "../reading/stage";
import { longDate } from "../words/dates";
import { count, plural } from "../words/numbers";

export interface StateActions {
  readonly fit: () => void;
  readonly listUnplaced: () => void;
}

type Action = readonly [name: string, run: () => void];

function say(place: HTMLElement, title: string, text: string, actions: readonly Action[]): void {
  place.hidden = false;
  place.replaceChildren(
    h("h2", {}, title), h("p", {}, text),
    h("div", { class: "im-state-actions" }, ...actions.map(([name, run]) => button({ class: "im-text-button" }, run, name))),
  );
}

/** A place in the panel that speaks up after a drawing without any incident. */
export function emptyStates(scene: Scene, stage: Stage, { fit, listUnplaced }: StateActions): HTMLElement {
  const { clock } = scene;
  const place = h("div", { class: "im-state", hidden: true, "data-state": "" });
  const noMatch = (): void => {
    const nearest = clock.window === null ? null : clock.nearest(clock.window);
    const actions: Action[] = [["Clear filters", () => { clock.clearFilters(); }]];
    if (nearest !== null && clock.window !== null) {
      const day = nearest.set.start[nearest.row]!;
      const days = clock.window[1] - clock.window[0];
      actions.push(["Show nearest", () => {
        clock.setWindow(day, day + days);
        stage.open(nearest);
      }]);
      say(place, "No incidents match", `None in this period with the filters set. The nearest match is of ${longDate(day)}.`, actions);
    } else say(place, "No incidents match", "None with the filters set.", actions);
  };
  const refresh = (): void => {
    if (!scene.ready || scene.failure !== null) return;
    const { visible, byPrecision } = clock.tally();
    const placed = visible - byPrecision.country - byPrecision.none;
    const state = clock.total === 0 ? "none" : visible === 0 ? `match ${clock.version}` : placed === 0 ? `unplaced ${visible}`
      : (scene.frame?.drawn ?? 0) === 0 && stage.marks.sets.length > 0 ? `view ${placed}` : "";
    if (place.dataset["state"] === state) return;
    place.dataset["state"] = state;
    if (state === "") place.hidden = true;
    else if (state === "none") say(place, "No incidents", "This file holds no incidents.", []);
    else if (state.startsWith("match")) noMatch();
    else if (state.startsWith("view")) {
      say(place, "None in this view", `${plural(placed, "incident")} elsewhere.`, [["Fit all", fit]]);
    } else {
      say(place, "None on the map", visible === clock.total
        ? "This file holds no incidents that could be placed."
        : `None of the ${count(visible)} that match could be placed.`, [["List them", listUnplaced]]);
    }
  };
  scene.afterDraw.add(refresh);
  return place;
}

/** Sentences on what was done to the data before it came here; each can be put away. */
export function notices(texts: readonly (readonly [head: string, text: string])[]): HTMLElement {
  const place = h("div", { class: "im-notices", role: "status" });
  for (const [head, text] of texts) {
    const notice = h("p", { class: "im-notice" }, h("strong", {}, head), ` ${text} `);
    notice.append(button({ class: "im-text-button" }, () => { notice.remove(); }, "Close"));
    place.append(notice);
  }
  return place;
}
