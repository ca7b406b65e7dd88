/** WGS 84 on the map's scale: the direct and the inverse problem, and metres per pixel. */

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
  const { a, b } = series(cos2Alpha);
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

/**
 * Length in metres of the geodesic between two places, and its azimuth in degrees at the first (Vincenty 1975).
 *
 * Within some 0.3 degrees of the antipode it does not converge; there the length is off by up to 0.5 %.
 */
export function inverse(lon1: number, lat1: number, lon2: number, lat2: number): { distanceM: number; azimuthDeg: number } {
  const [tan1, tan2] = [lat1, lat2].map((lat) => (1 - FLATTENING) * Math.tan(lat * RADIANS)) as [number, number];
  const [cos1, cos2] = [1 / Math.hypot(1, tan1), 1 / Math.hypot(1, tan2)];
  const [sin1, sin2] = [tan1 * cos1, tan2 * cos2];
  // The short way round.
  const turn = ((((lon2 - lon1 + 180) % 360) + 360) % 360 - 180) * RADIANS;
  let lambda = turn;
  let [sinSigma, cosSigma, sigma, cos2Alpha, cos2SigmaM] = [0, 1, 0, 1, 0];
  for (let i = 0; i < 50; i++) {
    sinSigma = Math.hypot(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
    if (sinSigma === 0) return { distanceM: 0, azimuthDeg: 0 };
    cosSigma = sin1 * sin2 + cos1 * cos2 * Math.cos(lambda);
    sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cos1 * cos2 * Math.sin(lambda)) / sinSigma;
    cos2Alpha = 1 - sinAlpha * sinAlpha;
    cos2SigmaM = cos2Alpha === 0 ? 0 : cosSigma - (2 * sin1 * sin2) / cos2Alpha;
    const c = (FLATTENING / 16) * cos2Alpha * (4 + FLATTENING * (4 - 3 * cos2Alpha));
    const next = turn + (1 - c) * FLATTENING * sinAlpha *
      (sigma + c * sinSigma * (cos2SigmaM + c * cosSigma * (2 * cos2SigmaM ** 2 - 1)));
    if (Math.abs(next) > Math.PI) break;
    const done = Math.abs(next - lambda) < 1e-12;
    lambda = next;
    if (done) break;
  }
  const { a, b } = series(cos2Alpha);
  const delta = b * sinSigma * (cos2SigmaM + (b / 4) * (cosSigma * (2 * cos2SigmaM ** 2 - 1) -
    (b / 6) * cos2SigmaM * (4 * sinSigma ** 2 - 3) * (4 * cos2SigmaM ** 2 - 3)));
  const azimuth = Math.atan2(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
  return { distanceM: SEMI_MINOR_M * a * (sigma - delta), azimuthDeg: azimuth / RADIANS };
}

/** Vincenty's A and B, of the squared cosine of the azimuth at the equator. */
function series(cos2Alpha: number): { a: number; b: number } {
  const u2 = (cos2Alpha * (SEMI_MAJOR_M ** 2 - SEMI_MINOR_M ** 2)) / SEMI_MINOR_M ** 2;
  return {
    a: 1 + (u2 / 16384) * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))),
    b: (u2 / 1024) * (256 + u2 * (-128 + u2 * (74 - 47 * u2))),
  };
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
