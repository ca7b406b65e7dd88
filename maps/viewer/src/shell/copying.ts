/** Text into the clipboard. */

import { h } from "../reading/dom";

/** True if it is there. A selection comes first: frames of notebooks may copy that, and may not ask for the clipboard. */
export async function copyText(text: string, near: HTMLElement = document.body): Promise<boolean> {
  const box = h("textarea", { class: "im-unseen", tabindex: -1, "aria-hidden": "true" });
  box.value = text;
  near.append(box);
  const focused = document.activeElement;
  box.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without a permission
  const done = document.execCommand("copy");
  box.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return done || navigator.clipboard.writeText(text).then(() => true, () => false);
}
