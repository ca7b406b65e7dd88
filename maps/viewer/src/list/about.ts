/** What an exported file says of itself: who made its data, on which terms, and from whose view. */

import { openMaking } from "../data/making";
import type { Worldviews } from "../words/disputes";
import type { About } from "./export";

/** What the page was opened with. */
interface Opened {
  readonly provenance?: string | null;
  /** The lines on sources on the map. */
  readonly attribution?: readonly string[];
  readonly worldview?: Worldviews;
  /** The block that records how the map was made. */
  readonly method?: string;
}

/** The members that files of `geo.write` have, in the same words. */
export async function aboutFile(title: string, { provenance, attribution = [], worldview, method }: Opened): Promise<About> {
  const making = method === undefined ? null : await openMaking(method).catch(() => null);
  const data = making?.data ?? [];
  const licences = [...new Set(data.map(({ licence }) => licence))].sort();
  return {
    title,
    licence: `reference data: ${licences.join(", ") || "none"}; the rows keep the terms of their sources`,
    attribution: [...new Set([provenance ?? "", ...data.map(({ from }) => from), ...attribution])].filter((each) => each !== ""),
    worldview: [...new Set([worldview?.borders?.name, worldview?.incidents?.name])].filter((each) => each !== undefined),
    ...(making === null ? {} : { schema_version: making.schema, run: { software: making.software, fingerprint: making.fingerprints.join(" ") } }),
  };
}
