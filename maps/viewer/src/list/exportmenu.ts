/** The foot of the panel: what the list shows, as a file. */

import { button, h } from "../reading/dom";
import { say } from "../words/catalogue";
import { type About, CSV, download, fileName, fileOf, type FileKind, GEOJSON } from "./export";
import { percent } from "../words/numbers";
import type { IncidentList } from "./list";

/** `about` tells what a file says of itself. */
export function exportMenu(list: IncidentList, title: string, about: () => Promise<About>): HTMLElement {
  const choices = h("div", { class: "im-export-choices im-surface", id: "im-export", role: "group", "aria-label": say("export.visible"), hidden: true });
  const open = button({ class: "im-text-button", "aria-expanded": "false", "aria-controls": choices.id }, () => { show(open.getAttribute("aria-expanded") === "false"); }, say("export.visible"));
  const show = (shown: boolean): void => {
    choices.hidden = !shown;
    open.setAttribute("aria-expanded", String(shown));
  };
  const save = async (kind: FileKind): Promise<void> => {
    const shown = list.current;
    const [refs, all] = [shown.refs(), shown.rows.length];
    await list.texts();
    // Without its texts no incident has a name that another table knows it by.
    if (list.nameless) return;
    open.ariaBusy = "true";
    const file = await fileOf(kind, refs, list.tables, await about(), (done) => { open.textContent = `${say("export.visible")} · ${percent(done / all)}`; });
    open.ariaBusy = "false";
    open.textContent = say("export.visible");
    download(fileName(title, kind.ending), file);
  };
  list.afterChange.add(() => {
    open.disabled = list.nameless;
    open.title = open.disabled ? say("export.nameless") : "";
  });
  choices.append(...[CSV, GEOJSON].map((kind) => button({ class: "im-switch" }, () => {
    show(false);
    open.focus();
    if (open.ariaBusy !== "true") void save(kind);
  }, say(kind.name))));
  const menu = h("div", { class: "im-export" }, choices, open);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || choices.hidden) return;
    show(false);
    open.focus();
    event.stopPropagation();
  });
  return menu;
}
