// @ts-check
/**
 * What can be known of a map's features without drawing them. This file knows no browser.
 *
 * @typedef {import("geojson").Point | import("geojson").LineString | import("geojson").MultiLineString} Shape
 * @typedef {{ turf?: number | null, result?: string, mark?: string, hue?: string }} Properties
 * @typedef {{ type: "Feature", geometry: Shape, properties: Properties }} Feature
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
 * @returns {Box | null} null when there is no point in it
 */
export function most(features) {
  const doors = features.filter((feature) => feature.geometry.type === "Point");
  const whole = box(doors);
  if (!whole) return null;
  const middle = [0, 1].map((axis) => {
    const along = doors.map((door) => Number(door.geometry.coordinates[axis]));
    along.sort((a, b) => a - b);
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
 * @returns {readonly import("geojson").Position[]}
 */
function corners(shape) {
  if (shape.type === "Point") return [shape.coordinates];
  return shape.type === "LineString" ? shape.coordinates : shape.coordinates.flat();
}

/**
 * @param {readonly Feature[]} features
 * @returns {Map<number, Feature[]>} the doors of each turf
 */
export function byTurf(features) {
  /** @type {Map<number, Feature[]>} */
  const turfs = new Map();
  for (const feature of features) {
    const { turf } = feature.properties;
    if (turf === undefined || turf === null || feature.geometry.type !== "Point") continue;
    const held = turfs.get(turf);
    if (held) held.push(feature);
    else turfs.set(turf, [feature]);
  }
  return turfs;
}

/**
 * Write into each door and walk how it is drawn: the hue of its turf, or the mark of
 * what came of it.
 *
 * @param {readonly Feature[]} features
 * @param {ReadonlyMap<number, readonly Feature[]>} turfs
 */
export function dress(features, turfs) {
  const chosen = hues([...turfs].map(([turf, doors]) => ({ turf, ...middle(doors) })));
  for (const { properties } of features) {
    const { turf, result } = properties;
    properties.hue = chosen.get(turf ?? NaN) ?? HUES[0] ?? "";
    if (result !== undefined) properties.mark = markOf(result);
  }
}

/**
 * @param {readonly Feature[]} features at least one
 * @returns {{ x: number, y: number }} their middle, on a plane where distances are true
 */
function middle(features) {
  const [west, south, east, north] = box(features) ?? [0, 0, 0, 0];
  const y = (south + north) / 2;
  return { x: ((west + east) / 2) * Math.cos((y * Math.PI) / 180), y };
}
