// @ts-check
/**
 * What can be known of a map's features without drawing them. This file knows no browser.
 *
 * @typedef {import("geojson").Point | import("geojson").MultiPoint | import("geojson").LineString | import("geojson").MultiLineString} Shape
 * @typedef {{ turf?: number | null, result?: string, mark?: string, hue?: string }} Properties
 * @typedef {{ type: "Feature", id?: number, geometry: Shape, properties: Properties }} Feature
 * @typedef {import("./places.js").Place} Place
 * @typedef {[west: number, south: number, east: number, north: number]} Box
 */

import { HUES, hues } from "./palette.js";
import { markOf } from "./shapes.js";

/**
 * @param {readonly Feature[]} features
 * @returns {Box | null} the smallest box around them; null when there is none
 */
export function box(features) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    for (const [x, y] of corners(geometry)) {
      if (x === undefined || y === undefined) continue;
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  return west === Infinity ? null : [west, south, east, north];
}

const OUTLIERS = 0.06;
const TIMES_SMALLER = 4;

/**
 * The box around all but the outermost doors, where leaving those out shows the rest
 * much larger: a town, when three farms would make it a dot.
 *
 * @param {readonly Feature[]} features
 * @returns {Box | null} null when there is nothing in it
 */
export function most(features) {
  const whole = box(features);
  if (!whole) return null;
  const places = features.flatMap(({ geometry }) => corners(geometry));
  const middle = [0, 1].map((axis) => {
    const along = Float64Array.from(places, (place) => Number(place[axis])).sort();
    const out = Math.floor(along.length * OUTLIERS);
    return [along[out] ?? 0, along[along.length - 1 - out] ?? 0];
  });
  const [[west = 0, east = 0] = [], [south = 0, north = 0] = []] = middle;
  const shrinks = area(whole) / (area([west, south, east, north]) || 1) >= TIMES_SMALLER;
  return shrinks ? [west, south, east, north] : whole;
}

/** @param {Box} box @returns {number} */
function area([west, south, east, north]) {
  return (east - west) * (north - south);
}

/**
 * @param {Shape} shape
 * @returns {readonly import("geojson").Position[]} the doors of a walk, in its order
 */
export function corners(shape) {
  if (shape.type === "Point") return [shape.coordinates];
  return shape.type === "MultiLineString" ? shape.coordinates.flat() : shape.coordinates;
}

/**
 * @param {readonly Feature[]} features
 * @returns {Map<number, Feature[]>} what is drawn of each turf
 */
export function byTurf(features) {
  /** @type {Map<number, Feature[]>} */
  const turfs = new Map();
  for (const feature of features) {
    const { turf } = feature.properties;
    if (turf === undefined || turf === null) continue;
    const held = turfs.get(turf);
    if (held) held.push(feature);
    else turfs.set(turf, [feature]);
  }
  return turfs;
}

/**
 * @param {Feature} walk
 * @returns {Feature} its doors, to be drawn as dots
 */
export function dots(walk) {
  const { geometry } = walk;
  if (geometry.type !== "LineString") return walk;
  return { ...walk, geometry: { type: "MultiPoint", coordinates: geometry.coordinates } };
}

const ELSEWHERE = [1 / 8, 3 / 8, 5 / 8, 7 / 8];

/**
 * Where the number of a turf may stand: halfway from one of its doors to the next, so that
 * it is on its walk, also where that is bent around another turf, and hides few doors.
 *
 * @param {readonly Feature[]} features of one turf
 * @returns {Place[]} the best first: nearest to the middle, then others along the walk
 */
export function spots(features) {
  const doors = features.flatMap(({ geometry }) => corners(geometry));
  const halfway = doors
    .slice(doors.length > 1 ? 1 : 0)
    .map((door, before) => between(door, doors[before]));
  const { x, y, wide } = middle(features);
  const far = halfway.map((spot) => Math.hypot(spot[0] * wide - x, spot[1] - y));
  const first = far.indexOf(Math.min(...far));
  const others = ELSEWHERE.map((share) => Math.floor(share * halfway.length));
  const chosen = [...new Set([first, ...others])].map((at) => halfway[at]);
  return chosen.filter((spot) => spot !== undefined);
}

/** @param {import("geojson").Position} one @param {import("geojson").Position} [other] @returns {Place} */
function between([x = 0, y = 0], [east = x, north = y] = []) {
  return [(x + east) / 2, (y + north) / 2];
}

/** More doors than these are not drawn anew for every frame. */
export const FEW = 6_000;
const WIDE = 60;
const TILE = 512;

/**
 * From which zoom many doors are drawn: from where a usual turf is as wide as a thumb.
 * Further away they would be a smear.
 *
 * @param {readonly Box[]} boxes of all turfs
 * @returns {number}
 */
export function doorsFrom(boxes) {
  const sides = boxes.map((each) => Math.sqrt(area(each))).sort((a, b) => a - b);
  const usual = (sides[Math.floor(sides.length / 2)] ?? 0) / 360;
  return Math.max(0, Math.log2(WIDE / TILE / (usual || 1)));
}

/**
 * Write into each door and walk how it is drawn: the hue of its turf, or the mark of
 * what came of it.
 *
 * @param {readonly Feature[]} features
 * @param {ReadonlyMap<number, readonly Place[]>} walks the spots of each turf
 * @param {ReadonlyMap<number, string>} [before] hues that some turfs have, and keep
 * @returns {Map<number, string>} the hue of each turf
 */
export function dress(features, walks, before) {
  const { wide } = middle(features);
  const level = [...walks].map(([turf, places]) => ({
    turf,
    places: places.map(([x, y]) => /** @type {Place} */ ([x * wide, y])),
  }));
  const chosen = hues(level, before);
  for (const { properties } of features) {
    const { turf, result } = properties;
    properties.hue = chosen.get(turf ?? NaN) ?? HUES[0] ?? "";
    if (result !== undefined) properties.mark = markOf(result);
  }
  return chosen;
}

/**
 * @param {readonly Feature[]} features at least one
 * @returns {{ x: number, y: number, wide: number }} their middle, on a plane where distances
 *   around it are true, and how many of its units a degree to the east is
 */
function middle(features) {
  const [west, south, east, north] = box(features) ?? [0, 0, 0, 0];
  const y = (south + north) / 2;
  const wide = Math.cos((y * Math.PI) / 180);
  return { x: ((west + east) / 2) * wide, y, wide };
}
