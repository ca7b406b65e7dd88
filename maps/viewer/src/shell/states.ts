/** What the page says when there is nothing to see: why, and what the reader can do. */

import { button, h } from "../reading/dom";
import type { Scene } from "../canvas/scene";
import type { IncidentList } from "../list/list";
import type { Stage } from "../reading/stage";
import { longDate } from "../words/dates";
import { length } from "../words/numbers";
import { hasMark } from "../marks/markdrawer";
import { say } from "../words/catalogue";

export interface StateActions {
  readonly fit: () => void;
  readonly listUnplaced: () => void;
}

type Action = readonly [name: string, run: () => void];

function show(place: HTMLElement, title: string, text: string, actions: readonly Action[]): void {
  place.hidden = false;
  place.replaceChildren(
    h("h2", {}, title), h("p", {}, text),
    h("div", { class: "im-state-actions" }, ...actions.map(([name, run]) => button({ class: "im-text-button" }, run, name))),
  );
}

/** A place in the panel that speaks up after a drawing without any incident. */
export function emptyStates(scene: Scene, stage: Stage, list: IncidentList, { fit, listUnplaced }: StateActions): HTMLElement {
  const { clock } = scene;
  const place = h("div", { class: "im-state", hidden: true, "data-state": "" });
  const noMatch = (): void => {
    const nearest = clock.window === null ? null : clock.nearest(clock.window);
    const actions: Action[] = [[say("panel.clear"), () => { clock.clearFilters(); }]];
    let text: string;
    if (nearest !== null && clock.window !== null) {
      const day = nearest.set.start[nearest.row]!;
      const days = clock.window[1] - clock.window[0];
      actions.push([say("state.nearest"), () => {
        clock.setWindow(day, day + days);
        stage.open(nearest);
      }]);
      const awayM = hasMark(nearest) ? scene.map.distance(scene.map.getCenter(), [nearest.set.lat(nearest.row), nearest.set.lon(nearest.row)]) : 0;
      text = awayM > 0 ? say("state.nomatch.away", { date: longDate(day), length: length(awayM) }) : say("state.nomatch.nearest", { date: longDate(day) });
    } else text = say(list.noneFound ? "state.nomatch.search" : "state.nomatch.text");
    show(place, say("state.nomatch"), text, actions);
  };
  const refresh = (): void => {
    if (scene.failure !== null && clock.total === 0) return;
    const { visible, byPrecision } = clock.tally();
    const placed = visible - byPrecision.country - byPrecision.none;
    const state = clock.total === 0 ? "none" : visible === 0 ? `match ${clock.version}` : placed === 0 ? `unplaced ${visible}`
      : list.shown.counts[0] === 0 ? `view ${placed}` : "";
    if (place.dataset["state"] === state) return;
    place.dataset["state"] = state;
    if (state === "") place.hidden = true;
    else if (state === "none") show(place, say("state.none"), say("state.none.text"), []);
    else if (state.startsWith("match")) noMatch();
    else if (state.startsWith("view")) {
      show(place, say("state.view"), say("state.view.text", { n: placed }), [[say("state.fit"), fit]]);
    } else {
      show(place, say("state.unplaced"), visible === clock.total
        ? say("state.unplaced.all") : say("state.unplaced.some", { n: visible }), [[say("state.list"), listUnplaced]]);
    }
  };
  list.afterChange.add(refresh);
  return place;
}

/** Sentences on what was done to the data before it came here; each can be put away. */
export function notices(texts: readonly (readonly [head: string, text: string])[]): HTMLElement {
  const place = h("div", { class: "im-notices", role: "status" });
  for (const [head, text] of texts) {
    const notice = h("p", { class: "im-notice" }, h("strong", {}, head), ` ${text} `);
    notice.append(button({ class: "im-text-button" }, () => { notice.remove(); }, say("card.close")));
    place.append(notice);
  }
  return place;
}
