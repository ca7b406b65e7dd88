/** Links to the parts of the page, seen only when they have the focus. */

import { button, h } from "../reading/dom";
import { say } from "../words/catalogue";

export function skipLinks(list: () => void, map: HTMLElement, time: HTMLElement): HTMLElement {
  const to = (name: string, go: () => void): HTMLElement => button({ class: "im-surface" }, go, name);
  return h(
    "nav", { class: "im-skip", "aria-label": say("skip.name") },
    to(say("skip.list"), list),
    to(say("skip.map"), () => { map.focus(); }),
    to(say("skip.time"), () => { time.querySelector<HTMLElement>("[role=slider]")?.focus(); }),
  );
}
