/** What concerns the map as a whole: its link, its picture, paper, and the colours. */

import { button, h } from "../reading/dom";
import { icon, type IconName } from "../reading/glyphs";
import type { Scene } from "../canvas/scene";
import { say } from "../words/catalogue";
import { copyText } from "./copying";
import { linkWith, rememberTheme } from "./hash";
import type { PaperOptions } from "./paper";
import { savePicture } from "./picture";
import { tool, walkWithArrows } from "./tools";

/** So long the page says that it has copied. */
const SAY_MS = 2500;

export interface TopBar {
  readonly element: HTMLElement;
  readonly toggleTheme: () => void;
}

/** `openKeys` opens the list of keys; `state` is what stands in the address, up to this moment. */
export function topBar(scene: Scene, paper: PaperOptions, state: () => Promise<Readonly<Record<string, string | null>>>, openKeys: () => void): TopBar {
  const said = h("span", { class: "im-said", role: "status" });
  const toggleTheme = (): void => {
    const next = scene.theme === "dark" ? "light" : "dark";
    rememberTheme(next);
    scene.setTheme(next);
  };
  const share = async (): Promise<void> => {
    const link = linkWith(await state());
    said.textContent = say(link !== null && (await copyText(link)) ? (scene.clock.found === null ? "tool.linked" : "tool.shared") : "tool.unshared");
    window.setTimeout(() => { said.textContent = ""; }, SAY_MS);
  };
  const element = h(
    "div", { class: "im-topbar im-surface", role: "toolbar", "aria-label": say("tool.top") },
    h("hr"),
    tool(say("tool.share"), "link", () => void share()),
    tool(say("tool.picture"), "picture", () => void savePicture(scene, paper)),
    tool(say("tool.print"), "print", () => { window.print(); }),
    tool(say("keys.title"), "keys", openKeys),
    themeTool(scene, toggleTheme),
    said,
  );
  walkWithArrows(element);
  return { element, toggleTheme };
}

function themeTool(scene: Scene, toggleTheme: () => void): HTMLButtonElement {
  const toggle = button({ class: "im-tool im-tool-moon" }, toggleTheme);
  const refresh = (): void => {
    const dark = scene.theme === "dark";
    const glyph: IconName = dark ? "sun" : "moon";
    toggle.replaceChildren(icon(glyph));
    const name = say(dark ? "tool.light" : "tool.dark");
    toggle.setAttribute("aria-label", name);
    toggle.title = name;
  };
  scene.afterTheme.add(refresh);
  refresh();
  return toggle;
}
