/** The keys of the page: single ones, while no field has the focus. */

export interface KeyActs {
  readonly step: (by: 1 | -1) => void;
  readonly pick: (place: number) => void;
  readonly letters: Readonly<Record<string, () => void>>;
  readonly escape: () => void;
}

const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

export function listen(acts: KeyActs): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.key === "Escape") {
      acts.escape();
      return;
    }
    if (target?.matches(FIELDS)) return;
    const act = actOf(event, target, acts);
    if (act === null) return;
    act();
    event.preventDefault();
  });
}

function actOf({ key, shiftKey }: KeyboardEvent, target: Element | null, acts: KeyActs): (() => void) | null {
  if (key === "ArrowDown" || key === "ArrowUp") {
    // On the map arrows move it, and in what scrolls they scroll.
    if (target !== document.body && target?.closest(".im-review-list") === null) return null;
    return () => { acts.step(key === "ArrowDown" ? 1 : -1); };
  }
  const letter = key.toLowerCase();
  if (letter === "j" || letter === "k") return () => { acts.step(letter === "j" ? 1 : -1); };
  if (/^[1-9]$/.test(key)) return () => { acts.pick(Number(key) - 1); };
  return acts.letters[shiftKey && /^[a-z]$/.test(letter) ? letter.toUpperCase() : letter] ?? null;
}
