// @ts-check
/**
 * What is under the hand on a map: houses, turfs, and what may be moved.
 */

import { form } from "./picked.js";

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("../base/places.js").Places} Places */
/** @typedef {import("../base/places.js").Stop} Stop */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {{ clientX: number, clientY: number, pointerType?: string }} Spot */

/**
 * Pixels from a house at which it is meant, by a mouse and by a finger; and from a turf at
 * which something lands there.
 */
const REACH = 9;
const FINGER = 22;
const NEAR = 40;

/**
 * @param {GlMap} map
 * @param {Spot} spot on the page
 * @returns {[number, number]} where it is on the map, in pixels
 */
export function pixels(map, { clientX, clientY }) {
  const { left, top } = map.getCanvas().getBoundingClientRect();
  return [clientX - left, clientY - top];
}

/**
 * @param {GlMap} map
 * @param {[number, number]} at in pixels
 * @returns {[number, number]} in degrees
 */
export function degrees(map, at) {
  const { lng, lat } = map.unproject(at);
  return [lng, lat];
}

/**
 * @param {GlMap} map
 * @param {Places} places
 * @param {Spot} spot
 * @returns {Stop | null} the door that is meant there
 */
export function doorAt(map, places, spot) {
  return nearest(map, places, spot, byFinger(spot) ? FINGER : REACH);
}

/** @param {Spot} spot @returns {boolean} whether a finger is there; some clicks do not say */
export function byFinger({ pointerType }) {
  return pointerType ? pointerType === "touch" : matchMedia("(pointer: coarse)").matches;
}

/**
 * @param {GlMap} map
 * @param {Places} places
 * @param {Spot} spot
 * @param {readonly Stop[]} held what is dragged: it is no target
 * @returns {number | null} the turf on which something would land there
 */
export function turfAt(map, places, spot, held) {
  const under = document.elementFromPoint(spot.clientX, spot.clientY);
  const number = under?.closest(".turf-number");
  if (number instanceof HTMLElement) return Number(number.dataset.turf);
  const mine = new Set(held.map(({ turf, position }) => `${turf}:${position}`));
  const may = (/** @type {Stop} */ { turf, position }) => !mine.has(`${turf}:${position}`);
  return nearest(map, places, spot, NEAR, may)?.turf ?? null;
}

/**
 * @param {GlMap} map
 * @param {Places} places
 * @param {Spot} spot
 * @param {number} reach in pixels
 * @param {(door: Stop) => boolean} [may]
 */
function nearest(map, places, spot, reach, may) {
  const [x, y] = pixels(map, spot);
  const [lon, lat] = degrees(map, [x, y]);
  const [, above] = degrees(map, [x, y - reach]);
  return places.nearest([lon, lat], Math.abs(above - lat), may);
}

/**
 * @param {readonly Stop[]} stops
 * @returns {{ turf: number, why: "locked" | "out" } | null} the first turf that is not to be
 *   touched
 */
export function fixed(stops) {
  for (const why of /** @type {const} */ (["locked", "out"])) {
    const turfs = new Set((form()?.dataset[why] ?? "").split(" ").map(Number));
    const held = stops.find(({ turf }) => turfs.has(turf));
    if (held) return { turf: held.turf, why };
  }
  return null;
}

/** @returns {string} what a press takes: house, side or lasso */
export function tool() {
  const chosen = document.querySelector("[data-tools] [name=tool]:checked");
  return chosen instanceof HTMLInputElement ? chosen.value : "house";
}

/**
 * Say something beside the map, also aloud.
 *
 * @param {"back" | "locked" | "out" | "many" | "none" | "lost" | null} what null: nothing
 * @param {number} [n]
 */
export function say(what, n = 0) {
  const place = document.querySelector("[data-aloud]");
  if (!(place instanceof HTMLElement)) return;
  place.textContent = what === null ? "" : (place.dataset[what] ?? "").replace("{n}", String(n));
}

/** @param {string} text say this */
export function tell(text) {
  const place = document.querySelector("[data-aloud]");
  if (place) place.textContent = text.replaceAll(/\s+/g, " ").trim();
}
