/** The clock of the other half: the same filters and selection as the page, in a window of its own. */

import type { Change, Clock } from "../time/clock";
import { FACETS } from "../time/filters";

/** Lets a clock follow the filters of another, and both share what is selected and pointed at; the answer ends it. */
export function followClock(own: Clock, other: Clock): () => void {
  let [seen, undated] = [-1, true];
  const ends: (() => void)[] = [];
  const follow = (clock: Clock, change: Change, run: () => void): void => {
    clock.on(change, run);
    ends.push(() => { clock.off(change, run); });
    run();
  };
  follow(own, "filter", () => {
    // The window of the page is not that of the other half.
    if (seen === own.filterVersion && undated === own.undatedShown) return;
    [seen, undated] = [own.filterVersion, own.undatedShown];
    for (const facet of FACETS) other.hide(facet, own.hidden(facet));
    other.showFound(own.found);
    other.showUndated(undated);
  });
  follow(own, "size", () => { other.sizeByToll(own.sizedByToll); });
  for (const [from, to] of [[own, other], [other, own]] as const) {
    follow(from, "select", () => { to.select(from.selected); });
    follow(from, "hover", () => { to.hover(from.hovered); });
  }
  return () => { for (const end of ends) end(); };
}
