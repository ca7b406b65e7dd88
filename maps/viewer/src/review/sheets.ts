/** What opens over the page: the keys, the choice of a verification, and the file. */

import { download } from "../list/export";
import { button, data, h } from "../reading/dom";
import { icon } from "../reading/glyphs";
import { copyText } from "../shell/copying";
import { type Key, say } from "../words/catalogue";
import { verificationName } from "../words/reports";

/** A modal dialog with a head; the browser keeps the focus inside, and gives it back. */
function sheet(title: string, ...content: readonly HTMLElement[]): HTMLDialogElement {
  const id = `im-sheet-${document.querySelectorAll("dialog").length}`;
  const close = button({ class: "im-icon-button", "aria-label": say("card.close") }, () => { dialog.close(); }, icon("close"));
  const dialog: HTMLDialogElement = h("dialog", { class: "im-review-sheet im-surface", "aria-labelledby": id }, h("header", {}, h("h2", { id }, title), close), ...content);
  document.querySelector(".im-review")?.append(dialog);
  // What is open over the page keeps its keys to itself.
  dialog.addEventListener("keydown", (event) => { event.stopPropagation(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  return dialog;
}

const KEYS: readonly (readonly [keys: string, says: Key])[] = [
  ["J  ↓", "review.keys.next"], ["K  ↑", "review.keys.previous"], ["N", "review.keys.open"], ["1 … 9", "review.keys.pick"], ["A", "review.keys.all"],
  ["P", "review.keys.place"], ["C", "review.keys.coordinates"], ["M", "review.keys.merge"], ["S", "review.keys.split"], ["V", "review.keys.verify"],
  ["E", "review.keys.edit"], ["X", "review.keys.seen"], ["Z", "review.keys.undo"], ["Shift Z", "review.keys.redo"], ["/", "review.keys.search"],
  ["F", "review.keys.filter"], ["0", "review.keys.fit"], ["D", "review.keys.dark"], ["W", "review.keys.save"], ["?", "review.keys.help"], ["Esc", "keys.escape.says"],
];

export function keySheet(): HTMLDialogElement {
  const rows = KEYS.flatMap(([keys, says]) => [
    h("dt", { dir: "ltr" }, ...keys.split("  ").map((each) => h("kbd", {}, each))), h("dd", {}, say(says)),
  ]);
  return sheet(say("keys.title"), h("dl", { class: "im-review-keys" }, ...rows), h("p", { class: "im-note" }, say("keys.single")));
}

/** How far an incident is checked, and which; a number chooses. */
export function verificationSheet(values: readonly string[], name: string, current: string, onChoice: (value: string) => void): HTMLDialogElement {
  const take = (value: string): void => {
    dialog.close();
    onChoice(value);
  };
  const rows = values.map((value, place) => h("li", {}, button(
    { class: "im-review-candidate", "aria-pressed": String(value === current), autofocus: value === current }, () => { take(value); },
    h("span", { class: "im-review-number" }, String(place + 1)), h("span", { class: "im-review-name" }, verificationName(value)),
  )));
  const dialog = sheet(say("review.field.verification"), h("p", {}, data(name)), h("ol", { class: "im-review-candidates" }, ...rows));
  dialog.addEventListener("keydown", ({ key }) => {
    const value = values[Number(key) - 1];
    if (/^[1-9]$/.test(key) && value !== undefined) take(value);
  });
  dialog.addEventListener("close", () => { dialog.remove(); });
  return dialog;
}

export interface FileFacts {
  readonly name: string;
  readonly text: string;
  readonly decided: number;
  readonly earlier: number;
  readonly onSaved: () => void;
}

/** The overrides as a file, to be saved or copied. */
export function fileSheet({ name, text, decided, earlier, onSaved }: FileFacts): HTMLDialogElement {
  const said = h("p", { role: "status", class: "im-review-said" });
  const box = h("textarea", { class: "im-review-csv", readonly: true, rows: 9, dir: "ltr", spellcheck: "false", "aria-label": name });
  box.value = text;
  const save = button({ class: "im-review-button im-review-main", autofocus: true }, () => {
    download(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
    said.textContent = say("review.file.saved", { name });
    onSaved();
  }, say("review.file.save", { name }));
  const copy = button({ class: "im-review-button im-review-main" }, () => {
    void copyText(text, dialog).then((done) => {
      said.textContent = say(done ? "card.copied" : "card.uncopied");
      if (done) onSaved();
    });
  }, say("review.file.copy"));
  const dialog = sheet(
    say("review.file"), h("p", {}, say("review.file.holds", { n: decided, earlier })), box,
    h("div", { class: "im-review-decide" }, save, copy), said, h("p", { class: "im-note" }, say("review.file.next", { name })),
  );
  dialog.addEventListener("close", () => { dialog.remove(); });
  return dialog;
}
