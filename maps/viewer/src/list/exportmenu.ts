/** The foot of the panel: what the list shows, as a file. */

import { button, h } from "../reading/dom";
import type { Ref } from "../time/clock";
import { say } from "../words/catalogue";
import { csv, download, fileName, geojson } from "./export";
import type { IncidentList } from "./list";

const FORMATS = [
  ["export.csv", "csv", "text/csv;charset=utf-8", csv],
  ["export.geojson", "geojson", "application/geo+json", geojson],
] as const;

export function exportMenu(list: IncidentList, title: string): HTMLElement {
  const choices = h("div", { class: "im-export-choices im-surface", id: "im-export", role: "group", "aria-label": say("export.visible"), hidden: true });
  const open = button({ class: "im-text-button", "aria-expanded": "false", "aria-controls": choices.id }, () => { show(open.getAttribute("aria-expanded") === "false"); }, say("export.visible"));
  const show = (shown: boolean): void => {
    choices.hidden = !shown;
    open.setAttribute("aria-expanded", String(shown));
  };
  choices.append(...FORMATS.map(([name, ending, type, write]) => button({ class: "im-switch" }, () => {
    show(false);
    open.focus();
    void list.texts().then(() => { download(fileName(title, ending), type, write(refsOf(list), list.tables)); });
  }, say(name))));
  const menu = h("div", { class: "im-export" }, choices, open);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || choices.hidden) return;
    show(false);
    open.focus();
    event.stopPropagation();
  });
  return menu;
}

/** In the order of the list, whichever incident is open. */
function* refsOf({ shown }: IncidentList): Generator<Ref> {
  const { size, at } = shown.order();
  for (let place = 0; place < size; place++) yield at(place)!;
}
