/** Blocks of columns: base64 of gzip of a container written by the Python side. */

import { say } from "../words/catalogue";

type Encoding = "plain" | "delta" | "planes" | "dictionary" | "choice" | "json" | "ids";
type NumberType = "u8" | "u16" | "i32" | "f32" | "f64";
export type Numbers = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

interface Column {
  readonly count: number;
  readonly encoding: Encoding;
  readonly type: NumberType;
  readonly offset: number;
  readonly length: number;
  /** Words of a dictionary, numbers of a choice; null where the value is missing. */
  readonly values?: readonly (string | number | null)[];
  /** What stands before the number of every id. */
  readonly prefix?: string;
}

interface Header {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, Column>>;
  readonly version: number;
}

/** A missing integer, as in the payload. */
export const MISSING = -2147483648;

const VERSION = 2;

export class PayloadError extends Error {}

/** One decoded container. Columns are decoded when they are asked for. */
export class Block {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly #columns: Readonly<Record<string, Column>>;
  readonly #body: Uint8Array;

  constructor(container: Uint8Array) {
    if (container.length < 4) throw new PayloadError(say("failure.empty"));
    const view = new DataView(container.buffer, container.byteOffset, container.byteLength);
    const bodyStart = 4 + view.getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(container.subarray(4, bodyStart))) as Header;
    if (header.version !== VERSION) {
      throw new PayloadError(say("failure.version", { found: header.version, known: VERSION }));
    }
    this.meta = header.meta;
    this.#columns = header.columns;
    // Columns are aligned to 8 bytes of the container; one from elsewhere may begin anywhere.
    const aligned = (container.byteOffset + bodyStart) % 8 === 0;
    this.#body = aligned ? container.subarray(bodyStart) : container.slice(bodyStart);
  }

  has(name: string): boolean {
    return name in this.#columns;
  }

  /** How long a column is. */
  bytes(name: string): number {
    return this.#columns[name]?.length ?? 0;
  }

  /** Numbers of a column, or the codes of a `dictionary` column. */
  numbers(name: string): Numbers {
    const column = this.#column(name);
    switch (column.encoding) {
      case "delta":
      case "ids":
        return this.#planes(column, true);
      case "planes":
        return this.#planes(column, false);
      case "choice":
        return this.#choice(column);
      default:
        return this.#plain(column);
    }
  }

  /** The strings that the codes of a `dictionary` column index. */
  values(name: string): readonly (string | null)[] {
    return (this.#column(name).values ?? []).map((value) => (value === null ? null : String(value)));
  }

  /** Values of a `json` column, parsed; those of an `ids` column are made, and the words of a dictionary looked up. */
  json(name: string): readonly unknown[] {
    const column = this.#column(name);
    if (column.encoding === "dictionary") {
      const words = this.values(name);
      return Array.from(this.numbers(name), (code) => words[code] ?? null);
    }
    if (column.encoding === "choice") return new Array<unknown>(column.count).fill(column.values?.[0] ?? null);
    if (column.encoding === "ids") {
      const prefix = column.prefix ?? "";
      return Array.from(this.#planes(column, true), (number) => `${prefix}${number}`);
    }
    const { offset, length } = column;
    return JSON.parse(new TextDecoder().decode(this.#body.subarray(offset, offset + length))) as unknown[];
  }

  #column(name: string): Column {
    const column = this.#columns[name];
    if (column === undefined) throw new PayloadError(say("failure.column", { name }));
    return column;
  }

  #plain({ type, offset, length, count }: Column): Numbers {
    // A dictionary of one word has no codes.
    if (length === 0) return new Uint8Array(count);
    const buffer = this.#body.buffer as ArrayBuffer;
    const start = this.#body.byteOffset + offset;
    switch (type) {
      case "u8":
        return new Uint8Array(buffer, start, count);
      case "u16":
        return new Uint16Array(buffer, start, count);
      case "i32":
        return new Int32Array(buffer, start, count);
      case "f32":
        return new Float32Array(buffer, start, count);
      case "f64":
        return new Float64Array(buffer, start, count);
    }
  }

  /** Codes into a few numbers; a single number has no codes. */
  #choice({ type, offset, length, count, values }: Column): Numbers {
    const missing = type === "i32" ? MISSING : NaN;
    const table = (values ?? []).map((value) => (typeof value === "number" ? value : missing));
    const out = type === "i32" ? new Int32Array(count) : new Float32Array(count);
    if (length === 0) return out.fill(table[0] ?? missing);
    const codes = this.#body.subarray(offset, offset + count);
    for (let i = 0; i < count; i++) out[i] = table[codes[i]!]!;
    return out;
  }

  /** Zigzag integers in four byte planes, each a step from the one before or a value of its own. */
  #planes({ offset, count }: Column, steps: boolean): Int32Array {
    const body = this.#body;
    const [one, two, three] = [offset + count, offset + 2 * count, offset + 3 * count];
    const out = new Int32Array(count);
    let before = 0;
    for (let i = 0; i < count; i++) {
      const zigzag = body[offset + i]! | (body[one + i]! << 8) | (body[two + i]! << 16) | (body[three + i]! << 24);
      const value = (before + ((zigzag >>> 1) ^ -(zigzag & 1))) | 0;
      out[i] = value;
      if (steps) before = value;
    }
    return out;
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }).fromBase64;
  if (native !== undefined) return native(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Decodes base64(gzip(container)). */
export async function decodeBlock(base64: string): Promise<Block> {
  if (typeof DecompressionStream === "undefined") {
    throw new PayloadError(say("failure.browser"));
  }
  const stream = new Blob([fromBase64(base64.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Block(new Uint8Array(await new Response(stream).arrayBuffer()));
}

const blocks = new Map<string, Promise<Block>>();

/** The block of the page with this element id, decoded once however many layers use it. */
export function openBlock(id: string): Promise<Block> {
  let block = blocks.get(id);
  if (block === undefined) {
    const element = document.getElementById(id);
    block =
      element === null
        ? Promise.reject(new PayloadError(say("failure.missing", { id })))
        : decodeBlock(element.textContent).catch((error: unknown) => {
            const why = error instanceof PayloadError ? error.message : say("failure.checksum");
            throw new PayloadError(say("failure.block", { id, why }));
          });
    blocks.set(id, block);
  }
  return block;
}
