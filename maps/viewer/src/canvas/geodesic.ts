/** WGS 84 on the map's scale: the direct problem, and metres per pixel. */

const SEMI_MAJOR_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR_M = SEMI_MAJOR_M * (1 - FLATTENING);
const RADIANS = Math.PI / 180;

export interface Direct {
  readonly lon: number;
  readonly lat: number;
  /** Azimuth in degrees at the end point, in the direction of travel. */
  readonly azimuthDeg: number;
}

/** Where a geodesic of this azimuth and length ends (Vincenty 1975). */
export function direct(lon: number, lat: number, azimuthDeg: number, distanceM: number): Direct {
  const azimuth = azimuthDeg * RADIANS;
  const sinAz = Math.sin(azimuth);
  const cosAz = Math.cos(azimuth);
  const tanU = (1 - FLATTENING) * Math.tan(lat * RADIANS);
  const cosU = 1 / Math.hypot(1, tanU);
  const sinU = tanU * cosU;
  const sigma1 = Math.atan2(tanU, cosAz);
  const sinAlpha = cosU * sinAz;
  const cos2Alpha = 1 - sinAlpha * sinAlpha;
  const u2 = (cos2Alpha * (SEMI_MAJOR_M ** 2 - SEMI_MINOR_M ** 2)) / SEMI_MINOR_M ** 2;
  const a = 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
  const b = (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
  const first = distanceM / (SEMI_MINOR_M * a);
  let sigma = first;
  let cos2SigmaM = 0;
  for (let i = 0; i < 20; i++) {
    cos2SigmaM = Math.cos(2 * sigma1 + sigma);
    const sin = Math.sin(sigma);
    const inner =
      Math.cos(sigma) * (2 * cos2SigmaM ** 2 - 1) -
      (b / 6) * cos2SigmaM * (4 * sin * sin - 3) * (4 * cos2SigmaM ** 2 - 3);
    const next = first + b * sin * (cos2SigmaM + (b / 4) * inner);
    const done = Math.abs(next - sigma) < 1e-12;
    sigma = next;
    if (done) break;
  }
  const sin = Math.sin(sigma);
  const cos = Math.cos(sigma);
  const x = sinU * sin - cosU * cos * cosAz;
  const lat2 = Math.atan2(sinU * cos + cosU * sin * cosAz, (1 - FLATTENING) * Math.hypot(sinAlpha, x));
  const lambda = Math.atan2(sin * sinAz, cosU * cos - sinU * sin * cosAz);
  const c = (FLATTENING / 16) * cos2Alpha * (4 + FLATTENING * (4 - 3 * cos2Alpha));
  const turn =
    lambda -
    (1 - c) * FLATTENING * sinAlpha *
      (sigma + c * sin * (cos2SigmaM + c * cos * (2 * cos2SigmaM ** 2 - 1)));
  return { lon: lon + turn / RADIANS, lat: lat2 / RADIANS, azimuthDeg: Math.atan2(sinAlpha, -x) / RADIANS };
}

/** Ground length of one pixel of Web Mercator, in metres. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (Math.cos(lat * RADIANS) * 2 * Math.PI * SEMI_MAJOR_M) / (256 * 2 ** zoom);
}

/** The unit square of Web Mercator: x east, y south, both 0 to 1. */
export function worldX(lon: number): number {
  return lon / 360 + 0.5;
}

export function worldY(lat: number): number {
  const sin = Math.sin(Math.max(-85.0511287798, Math.min(85.0511287798, lat)) * RADIANS);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}
