/** The list of keys, and whether single keys work at all. */

import { closeButton, flipSwitch } from "../reading/controls";
import { h } from "../reading/dom";
import { say } from "../words/catalogue";
import { directionOf } from "../words/plaintext";
import { remember, remembered } from "./hash";

/** Keys, or words that name them, and what they do. */
const KEYS = [
  [say("keys.move"), say("keys.move.says")], [say("keys.marks"), say("keys.marks.says")], ["[ ]", say("keys.window.says")],
  [say("keys.space"), say("keys.space.says")], [say("keys.list"), say("keys.list.says")], ["/", say("keys.search.says")],
  ["L F M T D ?", say("keys.letters.says")], ["Esc", say("keys.escape.says")],
] as const;

/** False once the reader has turned single keys off. */
export function singleKeys(): boolean {
  return remembered("keys") !== "off";
}

/** A modal dialog; the browser keeps the focus inside, and gives it back. */
export function keyList(): HTMLDialogElement {
  const { element: toggle, refresh } = flipSwitch(say("keys.on"), singleKeys, () => {
    remember({ keys: singleKeys() ? "off" : null });
    refresh();
  });
  const dialog: HTMLDialogElement = h(
    "dialog", { class: "im-keylist im-surface", "aria-labelledby": "im-keylist-title" },
    h("header", {}, h("h2", { id: "im-keylist-title" }, say("keys.title")), closeButton(() => { dialog.close(); })),
    h("dl", {}, ...KEYS.flatMap(([key, says]) => [h("dt", {}, h("bdi", { dir: directionOf(key) }, key)), h("dd", {}, says)])),
    h("p", {}, say("keys.single")),
    toggle,
  );
  // What is open over the page keeps its keys to itself.
  dialog.addEventListener("keydown", (event) => { event.stopPropagation(); });
  return dialog;
}
