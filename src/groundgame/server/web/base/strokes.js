// @ts-check
/**
 * Lines and dots of a map, packed as numbers, and painted into one tile of it. This file
 * knows no page: a worker paints with it.
 *
 * @typedef {{ x: Float64Array, y: Float64Array, first: Int32Array, hues: string[] }} Strokes
 *   Places on the web's grid, from 0 in the west and north to 1; the first place of each
 *   line, with an end; and each line's hue.
 * @typedef {{ z: number, x: number, y: number }} Tile
 * @typedef {{ width: number, dots: number, hue: string }} Look
 *   Pixels of a line and of a dot's radius (0: no dots); the hue of lines that have none.
 */

import { corners } from "./features.js";

/** @typedef {import("./features.js").Feature} Feature */

const TILE = 512;
/** Places that are less than this many pixels from the last are left out of a line. */
const FINE = 0.8;

/** @param {readonly Feature[]} features @returns {Strokes} */
export function pack(features) {
  const drawn = features.filter(({ geometry }) => geometry).flatMap((feature) => lines(feature));
  const first = new Int32Array(drawn.length + 1);
  drawn.forEach(([places], n) => {
    first[n + 1] = (first[n] ?? 0) + places.length;
  });
  const count = first.at(-1) ?? 0;
  const [x, y] = [new Float64Array(count), new Float64Array(count)];
  let at = 0;
  for (const [places] of drawn) {
    for (const [lon = 0, lat = 0] of places) {
      x[at] = lon / 360 + 0.5;
      y[at] = 0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
      at += 1;
    }
  }
  return { x, y, first, hues: drawn.map(([, hue]) => hue) };
}

/** @param {Feature} feature @returns {[readonly import("geojson").Position[], string][]} */
function lines({ geometry, properties }) {
  const hue = properties.hue ?? "";
  if (geometry.type !== "MultiLineString") return [[corners(geometry), hue]];
  return geometry.coordinates.map((line) => [line, hue]);
}

/**
 * @param {OffscreenCanvasRenderingContext2D} pen
 * @param {Strokes} strokes
 * @param {Tile} tile
 * @param {Look} look
 */
export function paint(pen, strokes, tile, look) {
  pen.lineJoin = "round";
  pen.lineCap = "round";
  pen.lineWidth = look.width;
  const reach = look.dots + look.width;
  strokes.hues.forEach((hue, n) => {
    const points = inTile(strokes, n, tile);
    if (!meets(points, reach)) return;
    pen.strokeStyle = hue || look.hue;
    pen.stroke(line(points));
    if (!look.dots) return;
    pen.fillStyle = hue || look.hue;
    for (const [x, y] of points) {
      pen.fillRect(x - look.dots, y - look.dots, 2 * look.dots, 2 * look.dots);
    }
  });
}

/**
 * @param {Strokes} strokes
 * @param {number} n which line
 * @param {Tile} tile
 * @returns {[x: number, y: number][]} its places in pixels of the tile
 */
function inTile({ x, y, first }, n, tile) {
  const side = TILE * 2 ** tile.z;
  const places = x.subarray(first[n], first[n + 1]);
  const down = y.subarray(first[n], first[n + 1]);
  return Array.from(places, (place, at) => [
    place * side - tile.x * TILE,
    (down[at] ?? 0) * side - tile.y * TILE,
  ]);
}

/**
 * @param {readonly [x: number, y: number][]} points
 * @param {number} reach in pixels
 * @returns {boolean} whether the box around them meets the tile
 */
function meets(points, reach) {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [xs, ys].every((each) => Math.max(...each) > -reach && Math.min(...each) < TILE + reach);
}

/** @param {readonly [x: number, y: number][]} points @returns {Path2D} */
function line(points) {
  const path = new Path2D();
  let last = points[0] ?? [0, 0];
  path.moveTo(...last);
  points.forEach((point, n) => {
    const near = Math.abs(point[0] - last[0]) < FINE && Math.abs(point[1] - last[1]) < FINE;
    if (near && n < points.length - 1) return;
    path.lineTo(...point);
    last = point;
  });
  return path;
}
