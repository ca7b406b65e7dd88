/** What parts of the viewer add to the page round a map. */

import type { Scene } from "../canvas/scene";
import type { Stage } from "../reading/stage";
import type { Strip } from "../strip/strip";
import type { CardFrame } from "./cardframe";
import type { KeyBar } from "./keybar";
import type { LayerEntry } from "./layerpanel";
import type { Layout } from "./layout";
import type { Measure } from "./measure";

/** What of the page they build upon. */
export interface Shell {
  readonly scene: Scene;
  readonly stage: Stage;
  readonly strip: Strip;
  readonly layout: Layout;
  readonly card: CardFrame;
  readonly keyBar: KeyBar;
  readonly measure: Measure;
  readonly corner: HTMLElement;
  readonly fit: () => void;
  readonly layers: readonly LayerEntry[];
}

const additions: ((shell: Shell) => void)[] = [];

/** Calls back for each page that is opened. */
export function whenOpened(add: (shell: Shell) => void): void {
  additions.push(add);
}

export function addTo(shell: Shell): void {
  for (const add of additions) add(shell);
}
