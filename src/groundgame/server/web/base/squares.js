// @ts-check
/**
 * Squares of a map with how many doors are in each: their shape, and how they are told
 * apart. A square with more doors is both darker and larger, so that nobody needs to see
 * its colour. This file knows no browser.
 *
 * @typedef {[column: number, row: number, doors: number]} Square
 * @typedef {import("geojson").Feature<import("geojson").Polygon, { doors: number, step: number }>} Shape
 */

/** How much of its square a step fills, from the fewest doors to the most. */
const FILLS = Object.freeze([0.5, 0.64, 0.76, 0.88, 0.98]);
export const STEPS = FILLS.length;

/** Shares of the squares in view below which the steps begin. */
const QUANTILES = Object.freeze([0, 0.25, 0.5, 0.75, 0.93]);

/**
 * From how many doors on the next step begins: 1, then numbers as people count (2, 5, 10,
 * 20, 50 ...), so that each step has some of the squares in view.
 *
 * @param {readonly Square[]} squares
 * @returns {number[]} at most five, ascending; the first is 1
 */
export function steps(squares) {
  const counts = squares.map(([, , doors]) => doors).sort((a, b) => a - b);
  const chosen = QUANTILES.map((share) => round(counts[Math.floor(share * counts.length)] ?? 1));
  return [...new Set([1, ...chosen.slice(1)])];
}

/** @param {number} number @returns {number} the next of 1, 2, 5, 10, 20 ... at or below it */
function round(number) {
  const ten = 10 ** Math.floor(Math.log10(Math.max(number, 1)));
  return ten * ([5, 2].find((times) => times * ten <= number) ?? 1);
}

/**
 * @param {number} doors
 * @param {readonly number[]} from as `steps` gives them
 * @returns {number} which step it is on, from 0
 */
export function stepOf(doors, from) {
  return from.filter((number) => doors >= number).length - 1;
}

/**
 * @param {Square} square
 * @param {number} level the world is 2 to this power squares wide
 * @param {readonly number[]} from as `steps` gives them
 * @returns {Shape}
 */
export function shape([column, row, doors], level, from) {
  const step = Math.max(stepOf(doors, from), 0);
  // Few steps still end at the fullest square.
  const fill = FILLS[step + STEPS - from.length] ?? 1;
  const side = 2 ** level;
  const [near, far] = [(1 - fill) / 2, (1 + fill) / 2];
  const west = longitude((column + near) / side);
  const east = longitude((column + far) / side);
  const north = latitude((row + near) / side);
  const south = latitude((row + far) / side);
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return {
    type: "Feature",
    geometry: { type: "Polygon", coordinates: [ring] },
    properties: { doors, step: step + STEPS - from.length },
  };
}

/** @param {number} x from 0 in the west to 1 @returns {number} degrees */
function longitude(x) {
  return (x - 0.5) * 360;
}

/** @param {number} y from 0 in the north to 1 @returns {number} degrees */
function latitude(y) {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}
