/** What a map of clusters says of itself. */

import type { ClusterCount } from "../drawers/clusterhulls";
import { say } from "./catalogue";
import { dateRange } from "./dates";
import { count, incidents } from "./numbers";

function dates({ first, last }: ClusterCount): string | null {
  return first === null || last === null ? null : dateRange(first, last);
}

/** Beside the middle of a cluster: "12, 3 Jan 2024 – 9 Feb 2024". */
export function clusterChip(found: ClusterCount): string {
  const when = dates(found);
  return when === null ? count(found.count) : say("cluster.chip", { count: found.count, when });
}

/** "Cluster 3: 12 of 20 incidents, 3 Jan 2024 – 9 Feb 2024". */
export function clusterSentence(name: string, total: number, found: ClusterCount): string {
  const number = found.count === total ? incidents(total) : say("hex.shown", { shown: found.count, n: total });
  const when = dates(found);
  return when === null ? say("cluster.name", { name, number }) : say("cluster.name.when", { name, number, when });
}

export function clusterNotes(shown: number, all: number, inside: number): string[] {
  return [all === 0 ? say("cluster.none") : say("cluster.shown", { shown, n: all, incidents: inside })];
}
