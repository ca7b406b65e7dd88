/** Two windows side by side: the page's own, A, and a second one, B, on a map that shows the same place. */

import type L from "leaflet";
import { cornerChip } from "../reading/cornerchip";
import { button, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import type { Shell } from "../shell/additions";
import { dateText } from "../shell/viewstate";
import { remember } from "../shell/hash";
import type { Clock } from "../time/clock";
import type { Window } from "../time/tally";
import { say } from "../words/catalogue";
import { dateRange } from "../words/dates";
import { days, incidents } from "../words/numbers";
import { addBand } from "./band";
import { addHalf } from "./half";
import { shareScales } from "./scales";
import { countWords } from "./windows";

const ANNOUNCE_MS = 600;
/** On narrower maps the heads leave out how many days a window has. */
const SHORT_PX = 900;

/** What the other window is called in the address. */
export const COMPARE = "compare";

export interface Comparison {
  readonly map: L.Map;
  readonly speak: () => void;
  readonly setWindow: (window: Window) => void;
  readonly end: () => void;
}

/** What of a window stands over its half. */
function factsOf(clock: Clock): { readonly dates: string; readonly length: string; readonly found: string } {
  const [start, end] = clock.window ?? [0, 0];
  return { dates: dateRange(start, end), length: days(end - start + 1), found: incidents(clock.tally().visible) };
}

/** Compares the window of the page with another one; `close` is what the reader asks for in its head. */
export function compare(shell: Shell, first: Window, close: () => void): Comparison {
  const { scene, strip, card, keyBar, measure, corner } = shell;
  const { map, clock } = scene;
  const names = [say("compare.a"), say("compare.b")];
  const words = names.map(() => h("span"));
  const heads = names.map((name, i) => h("p", { class: `im-half-head im-surface${i === 0 ? "" : " im-half-other"}` }, h("b", {}, name), h("span", {}, words[i]!)));
  heads[1]!.append(button({ class: "im-icon-button", "aria-label": say("compare.end"), title: say("compare.end") }, close, icon("close")));
  const spoken = h("p", { class: "im-unseen", role: "status" });
  const place = h("div", { class: "im-compare" }, ...heads, spoken);
  // The page stands round the map: on phones this knows the height of the sheet.
  map.getContainer().nextElementSibling!.prepend(place);
  const { scene: twin, stage: twinStage, remove } = addHalf(place, heads, shell);
  const other = twin.clock;
  // Each head counts what its half has no room for.
  const after = corner.nextElementSibling!;
  words[0]!.after(corner);
  words[1]!.after(cornerChip(twin, () => true, (members, total) => { twinStage.list(members, total); }));
  card.other = twin;
  other.on("filter", () => { card.followWindow(); });
  measure.follow(twin);
  keyBar.other = twinStage;
  twin.afterLayout.add(keyBar.refresh);

  let wanted = first;
  const setWindow = (window: Window): void => {
    wanted = window;
    other.setWindow(...wanted);
  };
  // Each layer brings its incidents when it has opened them, and with them days.
  other.on("data", () => { setWindow(wanted); });
  setWindow(wanted);
  const band = addBand(strip, other, (start, end) => { setWindow([start, end]); });

  clock.aside = (asSentence) => {
    const { dates, found } = factsOf(other);
    if (asSentence === true) return say("compare.paper", { dates, incidents: found });
    return clock.window === null || other.window === null ? "" : countWords(clock.tally().visible, clock.window, other.tally().visible, other.window);
  };
  other.aside = clock.aside;
  const unshare = shareScales(scene, twin);
  let timer = 0;
  const speak = (): void => {
    const facts = [clock, other].map(factsOf);
    facts.forEach(({ dates, length, found }, i) => { words[i]!.replaceChildren(h("bdi", {}, dates), h("span", {}, map.getSize().x < SHORT_PX ? found : say("strip.note", { days: length, incidents: found }))); });
    twin.map.getContainer().setAttribute("aria-label", say("compare.map", { map: say("map.name", { n: other.tally().visible }) }));
    strip.speak();
    band.tell();
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      spoken.textContent = facts.map(({ dates, found }, i) => say("compare.says", { name: names[i]!, dates, incidents: found })).join(" ");
      remember({ [COMPARE]: wanted.map(dateText).join("..") });
    }, ANNOUNCE_MS);
  };
  let { version } = other;
  twin.beforeLayout.add(() => {
    if (version !== other.version) strip.show();
    ({ version } = other);
  });
  twin.followClock(speak);
  speak();
  return {
    map: twin.map, setWindow, speak,
    end: () => {
      window.clearTimeout(timer);
      // A card of the other half has no mark any more to stand beside.
      card.close();
      card.other = null;
      measure.leave(twin);
      keyBar.other = null;
      after.before(corner);
      clock.aside = null;
      unshare();
      remove();
      band.remove();
      place.remove();
      remember({ [COMPARE]: null });
      strip.speak();
      strip.show();
      scene.request("top");
    },
  };
}
