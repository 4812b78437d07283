// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { doorsFrom, dots } from "../../../src/groundgame/server/web/base/features.js";
import { HUES, hues } from "../../../src/groundgame/server/web/base/palette.js";
import { Places } from "../../../src/groundgame/server/web/base/places.js";
import { pack } from "../../../src/groundgame/server/web/base/strokes.js";

/** @typedef {import("../../../src/groundgame/server/web/base/features.js").Feature} Feature */

/** @param {number} turf @param {[number, number][]} places @returns {Feature} */
const walk = (turf, places) => ({
  type: "Feature",
  geometry:
    places.length > 1
      ? { type: "LineString", coordinates: places }
      : { type: "Point", coordinates: places[0] ?? [0, 0] },
  properties: { turf },
});

/** Doors strewn by a rule that is no chance, near 42 degrees north. */
const strewn = Array.from({ length: 40 }, (_, turf) =>
  walk(
    turf + 1,
    Array.from({ length: 1 + (turf % 7) * 9 }, (_, n) => [
      -78 + ((turf * 7919 + n * 104_729) % 1_000) / 1e5,
      42 + ((turf * 104_729 + n * 7_919) % 1_000) / 1e5,
    ]),
  ),
);

/** @param {Feature} feature @returns {import("geojson").Position[]} */
function corners({ geometry }) {
  return geometry.type === "Point"
    ? [geometry.coordinates]
    : /** @type {import("geojson").LineString} */ (geometry).coordinates;
}

test("the nearest door is the one that a search through all of them finds", () => {
  const places = new Places(strewn);
  const squeeze = Math.cos((42.005 * Math.PI) / 180);
  for (let n = 0; n < 300; n++) {
    const [x, y] = [-78 + ((n * 37) % 1_000) / 1e5, 42 + ((n * 91) % 1_000) / 1e5];
    const far = strewn.flatMap((feature) =>
      corners(feature).map(([dx = 0, dy = 0]) => Math.hypot((dx - x) * squeeze, dy - y)),
    );
    const found = places.nearest([x, y], 0.0005);
    const least = Math.min(...far);
    if (least > 0.0005) assert.equal(found, null);
    else {
      const [fx, fy] = places.at(
        /** @type {import("../../../src/groundgame/server/web/base/places.js").Stop} */ (found),
      );
      const away = Math.hypot((fx - x) * squeeze, fy - y);
      assert.ok(away <= least * 1.0001, `${away} ${least}`);
    }
  }
});

test("a door that may not be meant is passed over", () => {
  const places = new Places([
    walk(1, [
      [0, 0],
      [1, 0],
    ]),
    walk(2, [[0.1, 0]]),
  ]);
  assert.deepEqual(places.nearest([0.01, 0], 1), { turf: 1, position: 1 });
  assert.deepEqual(
    places.nearest([0.01, 0], 1, ({ turf }) => turf !== 1),
    { turf: 2, position: 1 },
  );
});

test("flats at one place are one house, and another turf's flat is not taken along", () => {
  const places = new Places([
    walk(1, [
      [0, 0],
      [0, 0],
      [1, 1],
      [0, 0],
    ]),
    walk(2, [
      [0, 0],
      [5, 5],
    ]),
  ]);
  assert.deepEqual(
    places.together({ turf: 1, position: 2 }).map(({ position }) => position),
    [1, 2, 4],
  );
});

test("a line holds the doors inside it, also where it is bent inwards", () => {
  const places = new Places([
    walk(1, [
      [1, 1],
      [3, 1],
      [2, 3],
      [9, 9],
    ]),
  ]);
  /** @type {[number, number][]} */
  const bent = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 2],
    [0, 4],
  ];
  assert.deepEqual(
    places.inside(bent).map(({ position }) => position),
    [1, 2],
  );
});

test("every door has its turf and its place in the walk, and no map is too empty", () => {
  const places = new Places(strewn);
  assert.equal(
    places.count,
    strewn.reduce((sum, feature) => sum + corners(feature).length, 0),
  );
  for (const feature of strewn) {
    corners(feature).forEach((place, n) => {
      assert.deepEqual(
        places.at({ turf: Number(feature.properties.turf), position: n + 1 }),
        place,
      );
    });
  }
  assert.equal(new Places([]).nearest([0, 0], 1), null);
});

test("a turf that changes keeps its colour, and a new one beside it has another", () => {
  const at = (/** @type {number} */ turf, /** @type {number} */ x) => ({
    turf,
    places: [/** @type {const} */ ([x, 0])],
  });
  const before = new Map([
    [1, HUES[3] ?? ""],
    [2, HUES[5] ?? ""],
  ]);
  const after = hues([at(1, 0), at(2, 1), at(3, 0.5)], before);
  assert.equal(after.get(1), HUES[3]);
  assert.equal(after.get(2), HUES[5]);
  assert.ok(![HUES[3], HUES[5]].includes(after.get(3) ?? ""));
});

test("the doors of a walk are dots, in the same order; a single door stays as it is", () => {
  const many = walk(1, [
    [0, 0],
    [1, 1],
  ]);
  assert.deepEqual(dots(many).geometry, {
    type: "MultiPoint",
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  });
  const one = walk(1, [[0, 0]]);
  assert.equal(dots(one), one);
});

test("smaller turfs show their doors later", () => {
  const [small, large] = [0.001, 0.01].map((side) => doorsFrom([[0, 0, side, side]]));
  assert.ok(Number(small) > Number(large) && Number(large) > 0);
});

test("what is painted is packed line by line, on the web's grid", () => {
  const packed = pack([
    walk(1, [
      [-180, 0],
      [0, 0],
    ]),
    walk(2, [[180, 85.051_128_78]]),
  ]);
  assert.deepEqual([...packed.first], [0, 2, 3]);
  assert.deepEqual([...packed.x], [0, 0.5, 1]);
  assert.ok(Math.abs(Number(packed.y[0]) - 0.5) < 1e-9 && Math.abs(Number(packed.y[2])) < 1e-6);
});
