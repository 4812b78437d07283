// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { circle, corners, polygon } from "../../../src/groundgame/server/web/universes/shapes.js";

/** @param {GeoJSON.Feature[]} features */
const kinds = (features) => features.map(({ geometry }) => geometry.type);

test("corners are read north first, and what is no pair of degrees is passed over", () => {
  assert.deepEqual(corners("42.5, -78\n\nhere\n42 -77\n43;-77\n91, 0\n1, 2, 3"), [
    { lat: 42.5, lng: -78 },
    { lat: 42, lng: -77 },
    { lat: 43, lng: -77 },
  ]);
});

test("an area is drawn once it has three corners, closed, and east first", () => {
  const three = corners("42, -78\n42, -77\n43, -77");

  assert.deepEqual(kinds(polygon(three.slice(0, 1))), ["Point"]);
  assert.deepEqual(kinds(polygon(three.slice(0, 2))), ["Point", "Point", "LineString"]);
  const area = polygon(three).at(-1)?.geometry;
  assert.deepEqual(area, {
    type: "Polygon",
    coordinates: [
      [
        [-78, 42],
        [-77, 42],
        [-77, 43],
        [-78, 42],
      ],
    ],
  });
});

test("a circle is as far from its middle as it says, in every direction", () => {
  const [middle, around] = circle(42, -78, 1000);
  assert.deepEqual(middle?.geometry, { type: "Point", coordinates: [-78, 42] });
  assert.equal(around?.geometry.type, "Polygon");
  const ring = around?.geometry.type === "Polygon" ? (around.geometry.coordinates[0] ?? []) : [];
  for (const [lng = 0, lat = 0] of ring) {
    const north = ((lat - 42) * Math.PI * 6_371_008.8) / 180;
    const east = ((lng + 78) * Math.PI * 6_371_008.8 * Math.cos((42 * Math.PI) / 180)) / 180;
    assert.ok(Math.abs(Math.hypot(north, east) - 1000) < 5);
  }
  assert.deepEqual(ring[0], ring.at(-1));
});

test("a point that is half written is drawn as far as it goes", () => {
  assert.deepEqual(circle(Number.NaN, -78, 100), []);
  assert.deepEqual(circle(91, -78, 100), []);
  assert.deepEqual(kinds(circle(42, -78, Number.NaN)), ["Point"]);
});
