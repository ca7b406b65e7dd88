/** Which rows of a long list are in sight, so that only those are made. */

/** Browsers cut what is taller; then the list moves faster than its scroll bar. */
const TALLEST_PX = 8_000_000;
/** Rows made above and below what is in sight. */
const SPARE = 4;

export interface Shape {
  readonly count: number;
  readonly rowPx: number;
  /** Rows that have a head above them, in order, and how tall it is. */
  readonly heads: readonly number[];
  readonly headPx: number;
}

/** Where the scroller stands, from the first row of the list on. */
export interface Sight {
  readonly top: number;
  readonly height: number;
}

export interface Rows {
  readonly first: number;
  readonly end: number;
  /** Where the first of them stands, in pixels of the scroller. */
  readonly at: number;
}

export class Virtual {
  readonly #shape: Shape;
  readonly #whole: number;
  /** What the list takes of the scroller. */
  readonly height: number;

  constructor(shape: Shape) {
    this.#shape = shape;
    this.#whole = shape.count * shape.rowPx + shape.heads.length * shape.headPx;
    this.height = Math.min(this.#whole, TALLEST_PX);
  }

  rows(sight: Sight): Rows {
    const { count } = this.#shape;
    const top = this.#toList(sight);
    const first = Math.max(0, this.#rowAt(top) - SPARE);
    const end = Math.min(count, this.#rowAt(top + sight.height) + 1 + SPARE);
    return { first, end: Math.max(first, end), at: this.#top(first) - top + sight.top };
  }

  /** Where the scroller must stand to show a row whole, below what sticks to its top. */
  toShow(row: number, sight: Sight, stuckPx: number): number {
    const top = this.#toList(sight);
    const [upper, lower] = [this.#top(row) - stuckPx, this.#top(row + 1)];
    const wanted = upper < top ? upper : lower > top + sight.height ? lower - sight.height : top;
    return wanted * this.#squeeze(sight);
  }

  #squeeze({ height }: Sight): number {
    return this.#whole > this.height ? (this.height - height) / (this.#whole - height) : 1;
  }

  #toList(sight: Sight): number {
    return sight.top / this.#squeeze(sight);
  }

  /** The upper edge of a row with its head, in pixels of the whole list. */
  #top(row: number): number {
    const { rowPx, heads, headPx } = this.#shape;
    return row * rowPx + heads.filter((head) => head < row).length * headPx;
  }

  #rowAt(y: number): number {
    const { count, rowPx, heads, headPx } = this.#shape;
    let above = 0;
    for (const head of heads) if (this.#top(head) + headPx <= y) above += headPx;
    return Math.max(0, Math.min(count - 1, Math.floor((y - above) / rowPx)));
  }
}
