/** The outline of some points on the canvas, at a distance, so that their marks lie inside it. */

/** Corners of the convex hull as x, y, x, y, ..., clockwise as one sees them (Andrew 1979). */
export function convexHull(points: readonly number[]): number[] {
  const order = Array.from({ length: points.length / 2 }, (_, i) => i)
    .sort((a, b) => points[2 * a]! - points[2 * b]! || points[2 * a + 1]! - points[2 * b + 1]!)
    .filter((i, at, all) => at === 0 || points[2 * i] !== points[2 * all[at - 1]!] || points[2 * i + 1] !== points[2 * all[at - 1]! + 1]);
  const half = (indices: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const i of indices) {
      const [x, y] = [points[2 * i]!, points[2 * i + 1]!];
      while (chain.length >= 4) {
        const [ax, ay, bx, by] = chain.slice(-4) as [number, number, number, number];
        if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0) break;
        chain.length -= 2;
      }
      chain.push(x, y);
    }
    return chain.slice(0, -2);
  };
  const hull = [...half(order), ...half(order.toReversed())];
  return hull.length === 0 ? points.slice(0, 2) : hull;
}

/** Adds the outline round some points, so many pixels away from their hull. */
export function traceRound(path: Path2D, points: readonly number[], away: number): void {
  const hull = convexHull(points);
  const size = hull.length / 2;
  const outward = (i: number): number => {
    const [from, to] = [i % size, (i + 1) % size];
    return Math.atan2(hull[2 * to + 1]! - hull[2 * from + 1]!, hull[2 * to]! - hull[2 * from]!) - Math.PI / 2;
  };
  if (size === 1) {
    path.moveTo(hull[0]! + away, hull[1]!);
    path.arc(hull[0]!, hull[1]!, away, 0, 2 * Math.PI);
    return;
  }
  for (let i = 0; i < size; i++) {
    const [start, end] = [outward(i + size - 1), outward(i)];
    if (i === 0) path.moveTo(hull[0]! + away * Math.cos(start), hull[1]! + away * Math.sin(start));
    path.arc(hull[2 * i]!, hull[2 * i + 1]!, away, start, end);
  }
  path.closePath();
}
