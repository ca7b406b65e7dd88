/** Blocks of columns: base64 of gzip of a container written by the Python side. */

type Encoding = "plain" | "delta" | "dictionary" | "json";
type NumberType = "u8" | "u16" | "i32" | "f32" | "f64";
export type Numbers = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

interface Column {
  readonly count: number;
  readonly encoding: Encoding;
  readonly type: NumberType;
  readonly offset: number;
  readonly length: number;
  readonly values?: readonly (string | null)[];
}

interface Header {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, Column>>;
  readonly version: number;
}

/** A missing integer, as in the payload. */
export const MISSING = -2147483648;

const VERSION = 1;

export class PayloadError extends Error {}

/** One decoded container. Columns are decoded when they are asked for. */
export class Block {
  readonly meta: Readonly<Record<string, unknown>>;
  readonly #columns: Readonly<Record<string, Column>>;
  readonly #body: Uint8Array;

  constructor(container: Uint8Array) {
    if (container.length < 4) throw new PayloadError("The block is empty.");
    const view = new DataView(container.buffer, container.byteOffset, container.byteLength);
    const bodyStart = 4 + view.getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(container.subarray(4, bodyStart))) as Header;
    if (header.version !== VERSION) {
      throw new PayloadError(`The block has version ${header.version}; this viewer reads version ${VERSION}.`);
    }
    this.meta = header.meta;
    this.#columns = header.columns;
    // A copy starts at offset 0 of its own buffer, so the 8-byte alignment of columns holds.
    this.#body = container.slice(bodyStart);
  }

  has(name: string): boolean {
    return name in this.#columns;
  }

  /** A `plain` or `delta` column, or the codes of a `dictionary` column. */
  numbers(name: string): Numbers {
    const column = this.#column(name);
    return column.encoding === "delta" ? this.#delta(column) : this.#plain(column);
  }

  /** The strings that the codes of a `dictionary` column index. */
  values(name: string): readonly (string | null)[] {
    return this.#column(name).values ?? [];
  }

  /** A `json` column, parsed. */
  json(name: string): readonly unknown[] {
    const { offset, length } = this.#column(name);
    return JSON.parse(new TextDecoder().decode(this.#body.subarray(offset, offset + length))) as unknown[];
  }

  #column(name: string): Column {
    const column = this.#columns[name];
    if (column === undefined) throw new PayloadError(`The block has no column "${name}".`);
    return column;
  }

  #plain({ type, offset, count }: Column): Numbers {
    const buffer = this.#body.buffer as ArrayBuffer;
    switch (type) {
      case "u8":
        return new Uint8Array(buffer, offset, count);
      case "u16":
        return new Uint16Array(buffer, offset, count);
      case "i32":
        return new Int32Array(buffer, offset, count);
      case "f32":
        return new Float32Array(buffer, offset, count);
      case "f64":
        return new Float64Array(buffer, offset, count);
    }
  }

  #delta({ offset, count }: Column): Int32Array {
    const planes = this.#body.subarray(offset, offset + 4 * count);
    const out = new Int32Array(count);
    let value = 0;
    for (let i = 0; i < count; i++) {
      const zigzag =
        planes[i]! | (planes[count + i]! << 8) | (planes[2 * count + i]! << 16) | (planes[3 * count + i]! << 24);
      value = (value + ((zigzag >>> 1) ^ -(zigzag & 1))) | 0;
      out[i] = value;
    }
    return out;
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Decodes base64(gzip(container)). */
export async function decodeBlock(base64: string): Promise<Block> {
  if (typeof DecompressionStream === "undefined") {
    throw new PayloadError("This browser cannot unpack it (DecompressionStream is missing); browsers from 2023 on can.");
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
        ? Promise.reject(new PayloadError(`The page has no data block "${id}".`))
        : decodeBlock(element.textContent).catch((error: unknown) => {
            const why = error instanceof PayloadError ? ` ${error.message}` : "";
            throw new PayloadError(`The data block "${id}" cannot be read.${why}`);
          });
    blocks.set(id, block);
  }
  return block;
}
