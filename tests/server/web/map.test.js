// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  box,
  byTurf,
  dress,
  most,
  spots,
} from "../../../src/groundgame/server/web/base/features.js";
import { HUES, hues } from "../../../src/groundgame/server/web/base/palette.js";
import { MARKS, markOf } from "../../../src/groundgame/server/web/base/shapes.js";
import { shape, stepOf, steps } from "../../../src/groundgame/server/web/base/squares.js";

const RESULTS = JSON.parse(
  readFileSync(new URL("../../../contract/results.json", import.meta.url), "utf8"),
);

/** @returns {import("../../../src/groundgame/server/web/base/features.js").Feature} */
const door = (/** @type {number} */ x, /** @type {number} */ y, properties = {}) => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [x, y] },
  properties,
});

/** @returns {import("../../../src/groundgame/server/web/base/places.js").Place} */
const place = (/** @type {number} */ x, /** @type {number} */ y) => [x, y];

const walksOf = (/** @type {readonly ReturnType<typeof door>[]} */ doors) =>
  new Map([...byTurf(doors)].map(([turf, held]) => [turf, spots(held)]));

test("a door where nobody wants us again never looks like one to try again", () => {
  for (const id of ["refused", "do_not_contact", "hostile"]) {
    assert.equal(markOf(id), "refused");
  }
});

test("every result code has a mark, and one that is not done is never drawn as done", () => {
  for (const { id, done } of RESULTS) {
    const mark = markOf(id);
    assert.ok(mark in MARKS, id);
    assert.equal(mark === "again", !done, id);
  }
});

test("no two marks share a shape, so nobody needs to see their colours", () => {
  const shapes = Object.values(MARKS).map((mark) => mark.shape);
  assert.equal(new Set(shapes).size, shapes.length);
});

test("turfs that lie side by side never have one colour, however many there are", () => {
  const walks = Array.from({ length: 100 }, (_, n) => {
    const [x, y] = [n % 10, Math.floor(n / 10)];
    return { turf: n + 1, x, y, places: [place(x, y)] };
  });
  const chosen = hues(walks);
  for (const a of walks) {
    for (const b of walks) {
      const beside = Math.abs(a.x - b.x) + Math.abs(a.y - b.y) === 1;
      if (beside) assert.notEqual(chosen.get(a.turf), chosen.get(b.turf), `${a.turf}, ${b.turf}`);
    }
  }
  assert.ok([...chosen.values()].every((hue) => HUES.includes(hue)));
});

test("the order in which doors arrive changes no turf's colour", () => {
  const walks = [3, 1, 2].map((turf) => ({ turf, places: [place(turf, 0)] }));
  assert.deepEqual([...hues(walks)].sort(), [...hues([...walks].reverse())].sort());
});

test("the box around nothing is nothing; around doors and walks it holds them all", () => {
  assert.equal(box([]), null);
  /** @type {import("../../../src/groundgame/server/web/base/features.js").Feature} */
  const walk = {
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: [
        [0, 5],
        [2, 1],
      ],
    },
    properties: {},
  };
  assert.deepEqual(box([door(1, 2), walk]), [0, 1, 2, 5]);
});

test("a door is drawn by its result where there is one, else by its turf", () => {
  const doors = [door(0, 0, { turf: 1 }), door(1, 1, { turf: 2, result: "" })];
  dress(doors, walksOf(doors));
  assert.equal(doors[0]?.properties.mark, undefined);
  assert.equal(doors[1]?.properties.mark, "not_yet");
  assert.notEqual(doors[0]?.properties.hue, doors[1]?.properties.hue);
});

test("a long walk is not coloured as the one it ends beside, whatever the longitude", () => {
  for (const lon of [0, -170]) {
    const town = [1, 2, 3, 4, 5, 6, 7].flatMap((turf, x) =>
      [0, 1, 2, 3, 4].map((y) => door(lon + x / 100, 60 + y / 100, { turf })),
    );
    const beside = [0, 1, 2, 3].map((y) => door(lon - 0.01, 60 + y / 100, { turf: 8 }));
    const long = [5, 6, 7, 8, 9].map((y) => door(lon, 60 + y / 10, { turf: 1 }));
    const doors = [...town, ...long, ...beside];
    const chosen = dress(doors, walksOf(doors));
    assert.equal(chosen.size, 8);
    assert.equal(chosen.get(8), chosen.get(7), `the farthest, at ${lon}`);
  }
});

test("three farms do not make a dot of the town; without farms nothing is left out", () => {
  const town = Array.from({ length: 100 }, (_, n) => door(n % 10, Math.floor(n / 10)));
  assert.deepEqual(most(town), [0, 0, 9, 9]);
  const farms = [door(-500, 3), door(400, 4), door(5, -900)];
  const shown = most([...town, ...farms]) ?? [0, 0, 0, 0];
  assert.ok(shown[0] >= 0 && shown[1] >= 0 && shown[2] <= 9 && shown[3] <= 9, `${shown}`);
  assert.equal(most([]), null);
});

test("a square with more doors is never smaller or on a lower step, and one door is on the first", () => {
  /** @type {import("../../../src/groundgame/server/web/base/squares.js").Square[]} */
  const squares = Array.from({ length: 400 }, (_, n) => [n, 7, 1 + (n * n) / 1]);
  const from = steps(squares);
  assert.equal(from[0], 1);
  assert.ok(from.length <= 5);
  assert.deepEqual(
    from,
    [...from].sort((a, b) => a - b),
  );
  let before = { step: -1, width: 0 };
  for (const square of squares) {
    const drawn = shape(square, 12, from);
    const [sw, se] = drawn.geometry.coordinates[0] ?? [];
    const width = (se?.[0] ?? 0) - (sw?.[0] ?? 0);
    const step = stepOf(square[2], from);
    assert.ok(step >= before.step && width >= before.width - 1e-12);
    before = { step, width };
  }
});

test("every step has squares in view, also where one square outweighs all others", () => {
  /** @type {import("../../../src/groundgame/server/web/base/squares.js").Square[]} */
  const squares = Array.from({ length: 100 }, (_, n) => [n, 0, n < 99 ? 1 + n : 900_000]);
  const from = steps(squares);
  const used = new Set(squares.map(([, , doors]) => stepOf(doors, from)));
  assert.equal(used.size, from.length);
});

test("a square lies where its doors are: the first of level 1 is the north-west", () => {
  const { geometry } = shape([0, 0, 5], 1, [1]);
  for (const [x, y] of geometry.coordinates[0] ?? []) {
    assert.ok(Number(x) > -180 && Number(x) < 0 && Number(y) > 0 && Number(y) < 85.06);
  }
});

test("a number stands on its walk, halfway between two doors, also where the walk is bent", () => {
  const coordinates = [
    [0, 0],
    [4, 0],
    [4, 1],
    [0.2, 1],
    [0, 3],
    [4, 3],
  ]; // around (2, 1.5)
  /** @type {import("../../../src/groundgame/server/web/base/features.js").Feature} */
  const walk = { type: "Feature", geometry: { type: "LineString", coordinates }, properties: {} };
  const found = spots([walk]);
  assert.deepEqual(found[0], [2.1, 1]);
  const halfway = [
    [2, 0],
    [4, 0.5],
    [2.1, 1],
    [0.1, 2],
    [2, 3],
  ];
  for (const spot of found) {
    const near = halfway.map(([x = 0, y = 0]) => Math.hypot(spot[0] - x, spot[1] - y));
    assert.ok(Math.min(...near) < 1e-9, String(spot));
  }
  assert.equal(new Set(found.map(String)).size, found.length);
});

test("the number of one door stands at it, and what has no door has no number", () => {
  assert.deepEqual(spots([door(3, 4)]), [[3, 4]]);
  assert.deepEqual(spots([]), []);
});
