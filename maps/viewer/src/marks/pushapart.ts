/** Small moves that keep marks apart. */

export interface Body {
  x: number;
  y: number;
  readonly radius: number;
  /** How far it may be moved from its true place, in pixels. */
  readonly most: number;
}

const GAP_PX = 2;

/** Moves bodies apart until 2 px are free between them, none further from its true place than it may. */
export function pushApart(bodies: readonly Body[], rounds = 12): void {
  const homes = bodies.map(({ x, y }) => ({ x, y }));
  const pairs = nearPairs(bodies);
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (let i = 0; i < pairs.length; i += 2) moved = separate(bodies[pairs[i]!]!, bodies[pairs[i + 1]!]!) || moved;
    if (!moved) break;
    bodies.forEach((body, i) => {
      const home = homes[i]!;
      const away = Math.hypot(body.x - home.x, body.y - home.y);
      if (away <= body.most) return;
      body.x = home.x + ((body.x - home.x) * body.most) / away;
      body.y = home.y + ((body.y - home.y) * body.most) / away;
    });
  }
}

/** Numbers of the bodies that can meet, two by two. */
function nearPairs(bodies: readonly Body[]): number[] {
  const order = bodies.map((_, i) => i).sort((a, b) => bodies[a]!.x - bodies[b]!.x);
  const furthest = bodies.reduce((found, { radius, most }) => Math.max(found, radius + most), 0);
  const pairs: number[] = [];
  for (let i = 0; i < order.length; i++) {
    const a = bodies[order[i]!]!;
    const reach = a.radius + a.most + GAP_PX;
    for (let j = i + 1; j < order.length; j++) {
      const b = bodies[order[j]!]!;
      if (b.x - a.x > reach + furthest) break;
      const need = reach + b.radius + b.most;
      if (Math.abs(b.y - a.y) < need && b.x - a.x < need) pairs.push(order[i]!, order[j]!);
    }
  }
  return pairs;
}

function separate(a: Body, b: Body): boolean {
  const need = a.radius + b.radius + GAP_PX;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  if (Math.abs(dx) >= need || Math.abs(dy) >= need) return false;
  const apart = Math.hypot(dx, dy);
  if (apart >= need) return false;
  const [ux, uy] = apart < 1e-6 ? [1, 0] : [dx / apart, dy / apart];
  const push = (need - apart) / 2;
  a.x -= ux * push;
  a.y -= uy * push;
  b.x += ux * push;
  b.y += uy * push;
  return true;
}
