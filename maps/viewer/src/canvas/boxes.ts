/** Boxes on the canvas or over the map. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function overlaps(a: Box, b: Box, gap = 0): boolean {
  return a.left < b.right + gap && b.left < a.right + gap && a.top < b.bottom + gap && b.top < a.bottom + gap;
}

/** True if the first box lies wholly in the second one. */
export function within(a: Box, b: Box): boolean {
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}

export function sameBoxes(some: readonly Box[], others: readonly Box[]): boolean {
  return some.length === others.length && some.every((box, i) => {
    const other = others[i]!;
    return box.left === other.left && box.top === other.top && box.right === other.right && box.bottom === other.bottom;
  });
}
