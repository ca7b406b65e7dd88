/** Blocks made up in the test, by the same layout as the Python side writes. */

type Values = readonly (number | string | null)[];

interface Column {
  readonly header: Record<string, unknown>;
  readonly bytes: Uint8Array;
}

export function plain(values: readonly number[], type: "u8" | "i32" | "f32"): Column {
  const arrays = { u8: Uint8Array, i32: Int32Array, f32: Float32Array };
  const array = arrays[type].from(values);
  return {
    header: { count: values.length, encoding: "plain", type },
    bytes: new Uint8Array(array.buffer, 0, array.byteLength),
  };
}

export function delta(values: readonly number[]): Column {
  const count = values.length;
  const bytes = new Uint8Array(4 * count);
  let before = 0;
  values.forEach((value, i) => {
    const step = (value - before) | 0;
    const zigzag = ((step << 1) ^ (step >> 31)) >>> 0;
    for (let plane = 0; plane < 4; plane++) bytes[plane * count + i] = (zigzag >>> (8 * plane)) & 255;
    before = value;
  });
  return { header: { count, encoding: "delta", type: "i32" }, bytes };
}

export function dictionary(values: Values): Column {
  const names = [...new Set(values)];
  const codes = plain(values.map((value) => names.indexOf(value)), "u8");
  return { header: { ...codes.header, encoding: "dictionary", values: names }, bytes: codes.bytes };
}

export function json(values: readonly unknown[]): Column {
  const bytes = new TextEncoder().encode(JSON.stringify(values));
  return { header: { count: values.length, encoding: "json", type: "u8" }, bytes };
}

export function container(columns: Readonly<Record<string, Column>>, meta: object = {}): Uint8Array {
  const headers: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, { header, bytes }] of Object.entries(columns)) {
    headers[name] = { ...header, offset, length: bytes.length };
    offset += Math.ceil(bytes.length / 8) * 8;
  }
  const head = new TextEncoder().encode(JSON.stringify({ columns: headers, meta, version: 2 }));
  const all = new Uint8Array(4 + head.length + offset);
  new DataView(all.buffer).setUint32(0, head.length, true);
  all.set(head, 4);
  for (const [name, { bytes }] of Object.entries(columns)) {
    all.set(bytes, 4 + head.length + (headers[name] as { offset: number }).offset);
  }
  return all;
}

export interface MadeUp {
  readonly kind: string;
  readonly precision: string;
  readonly start: number | null;
  readonly end?: number;
  readonly lon?: number;
  readonly lat?: number;
  readonly placed?: boolean;
  readonly borderM?: number;
  /** Low and high estimate. */
  readonly killed?: readonly [number, number];
  readonly best?: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly weight?: number;
  readonly dated?: string;
  /** Places in the names of the actors, such as "0 3". */
  readonly actors?: string;
  readonly country?: string | null;
  readonly verification?: string | null;
  readonly status?: string;
  readonly uncertaintyM?: number;
}

const MISSING = -2147483648;

/** An incident block; rows must come in time order, undated ones last. */
export function incidentBlock(rows: readonly MadeUp[], names: Readonly<Record<string, readonly (string | null)[]>> = {}): Uint8Array {
  const unknown = rows.map(() => null);
  const empty = rows.map(() => NaN);
  return container(
    {
      lon: delta(rows.map(({ lon }) => Math.round((lon ?? 0) * 1e5))),
      lat: delta(rows.map(({ lat }) => Math.round((lat ?? 0) * 1e5))),
      placed: plain(rows.map(({ placed }) => (placed === false ? 0 : 1)), "u8"),
      day_start: delta(rows.map(({ start }) => start ?? MISSING)),
      day_end: delta(rows.map(({ start, end }) => end ?? start ?? MISSING)),
      date_precision: dictionary(rows.map(({ start, end, dated }) => dated ?? (start === null ? "unknown" : end === undefined ? "day" : "week"))),
      kind: dictionary(rows.map(({ kind }) => kind)),
      precision: dictionary(rows.map(({ precision }) => precision)),
      status: dictionary(rows.map(({ status }) => status ?? null)),
      country_a3: dictionary(rows.map(({ country }) => country ?? null)),
      ...(rows.some(({ actors }) => actors !== undefined) ? { actor_names: dictionary(rows.map(({ actors }) => actors ?? "")) } : {}),
      admin1_code: dictionary(unknown),
      border_pair: dictionary(rows.map(({ borderM }) => (borderM === undefined ? null : "AAA-BBB"))),
      verification: dictionary(rows.map(({ verification }) => verification ?? null)),
      uncertainty_m: plain(rows.map(({ uncertaintyM }) => uncertaintyM ?? 1000), "f32"),
      border_distance_m: plain(rows.map(({ borderM }) => borderM ?? NaN), "f32"),
      border_distance_min_m: plain(empty, "f32"),
      border_distance_max_m: plain(empty, "f32"),
      border_bearing_deg: plain(empty, "f32"),
      fatalities_best: plain(rows.map(({ best }) => best ?? MISSING), "i32"),
      fatalities_low: plain(rows.map(({ killed, low }) => killed?.[0] ?? low ?? MISSING), "i32"),
      fatalities_high: plain(rows.map(({ killed, high }) => killed?.[1] ?? high ?? MISSING), "i32"),
      ...(rows.some(({ weight }) => weight !== undefined) ? { weight: plain(rows.map(({ weight }) => weight ?? 1), "i32") } : {}),
      injured: plain(rows.map(() => MISSING), "i32"),
    },
    { kinds: {}, countries: { JOR: "Jordan" }, provinces: {}, worldview: "default", names },
  );
}
