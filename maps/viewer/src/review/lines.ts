/** Lines of an overrides file: what each decides, which contradict each other, and how they are written. */

/** The cells of a line by column; what is empty is left out. */
export type Line = Readonly<Record<string, string>>;

const PLACE_COLUMNS = ["place", "country", "admin1", "place_id", "lon", "lat", "uncertainty_m", "note"] as const;

export function pairLine(action: "merge" | "split", a: string, b: string): Line {
  const [one, other] = a < b ? [a, b] : [b, a];
  return { action, incident_id: one, other_id: other };
}

export function editLine(id: string, field: string, value: string): Line {
  return { action: "edit", incident_id: id, field, value };
}

/** Equal for lines that decide the same question, so that the later takes the place of the earlier. */
export function keyOf(line: Line): string {
  const { action = "", incident_id: id = "" } = line;
  switch (action) {
    case "merge":
    case "split":
      return JSON.stringify(["pair", ...[id, line["other_id"] ?? ""].sort()]);
    case "edit":
    case "seen":
      return JSON.stringify([action, id, line["other_id"] ?? "", line["field"] ?? ""]);
    default:
      return JSON.stringify(["place", id, line["place_text"] ?? "", line["stated_country"] ?? ""]);
  }
}

/** A split whose two ends the merges hold together all the same; null if there is none. */
export function contradiction(lines: Iterable<Line>): Line | null {
  const parents = new Map<string, string>();
  const root = (id: string): string => {
    let at = id;
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next;
    return at;
  };
  const splits: Line[] = [];
  for (const line of lines) {
    const [a, b] = [line["incident_id"] ?? "", line["other_id"] ?? ""];
    if (line["action"] === "split") splits.push(line);
    else if (line["action"] === "merge" && root(a) !== root(b)) parents.set(root(a), root(b));
  }
  return splits.find((line) => root(line["incident_id"] ?? "") === root(line["other_id"] ?? "")) ?? null;
}

/** An earlier line with what has been decided since: columns of one's own stay. */
function renewed(earlier: Line, later: Line): Line {
  const kept = Object.entries(earlier).filter(([name]) => !(PLACE_COLUMNS as readonly string[]).includes(name));
  return { ...Object.fromEntries(kept), ...later };
}

/** The earlier lines with those decided since in their place, and the others after them. */
export function together(earlier: readonly Line[], decided: Iterable<Line>): Line[] {
  const later = new Map(Array.from(decided, (line) => [keyOf(line), line]));
  const first = earlier.map((line) => {
    const found = later.get(keyOf(line));
    if (found === undefined) return line;
    later.delete(keyOf(line));
    return renewed(line, found);
  });
  return [...first, ...later.values()];
}

/** A cell as CSV wants it. Nothing guards against formulas: the file goes back to where it is read as data. */
function cell(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function asCsv(columns: readonly string[], lines: readonly Line[]): string {
  const rows = [columns, ...lines.map((line) => columns.map((name) => line[name] ?? ""))];
  return rows.map((cells) => `${cells.map(cell).join(",")}\n`).join("");
}
