import assert from "node:assert/strict";
import { test } from "vitest";
import { direct, inverse } from "../src/canvas/geodesic";
import { legs } from "../src/drawers/way";

/** By GeographicLib, as pyproj carries it. */
const KNOWN = [
  [-73.8, 40.6, -0.5, 51.6, 5551759.4, 51.198883],
  [38.703, 33.306, 38.7, 33.3, 721.733, -157.223755],
  [10, 5, -10, -5, 2483346.526, -116.149124],
  [179.5, 10, -179.5, 10.5, 122722.096, 63.126374],
  [-540.5, 10, 180.5, 10.5, 122722.096, 63.126374],
] as const;

test("the inverse problem agrees with GeographicLib, also across the date line", () => {
  for (const [lon1, lat1, lon2, lat2, distance, azimuth] of KNOWN) {
    const found = inverse(lon1, lat1, lon2, lat2);
    assert.ok(Math.abs(found.distanceM - distance) < 0.001, String(found.distanceM));
    assert.ok(Math.abs(found.azimuthDeg - azimuth) < 1e-5, String(found.azimuthDeg));
  }
});

test("near the antipode the length is still about right", () => {
  const { distanceM } = inverse(0, 0, 179.5, 0.3);
  assert.ok(Math.abs(distanceM / 19_955_728.94 - 1) < 0.006, String(distanceM));
});

test("what the inverse problem finds, the direct one goes", () => {
  for (const [lon1, lat1, lon2, lat2] of KNOWN.slice(0, 3)) {
    const { distanceM, azimuthDeg } = inverse(lon1, lat1, lon2, lat2);
    const end = direct(lon1, lat1, azimuthDeg, distanceM);
    assert.ok(Math.abs(end.lon - lon2) < 1e-8 && Math.abs(end.lat - lat2) < 1e-8);
  }
});

test("a way is as long as its legs", () => {
  const places = [{ lon: 0, lat: 0 }, { lon: 1, lat: 0 }, { lon: 1, lat: 1 }, { lon: 1, lat: 1 }];
  const [east, north, none] = legs(places);
  // A degree of the equator, and of the meridian beside it.
  assert.ok(Math.abs(east! - 111_319.491) < 0.001);
  assert.ok(Math.abs(north! - 110_574.389) < 0.001);
  assert.equal(none, 0);
  assert.deepEqual(legs(places.slice(0, 1)), []);
});
