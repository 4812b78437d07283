// @ts-check
/**
 * Colours that people who are colour-blind can tell apart, and who gets which.
 *
 * Seven colours are all that can be told apart safely, and a cut has more turfs than
 * that. So colours repeat, but never between turfs that lie side by side; the number on
 * the map is what names a turf. This file knows no browser.
 *
 * The hues are those of Okabe and Ito, "Color Universal Design" (2008).
 *
 * @typedef {{ turf: number, x: number, y: number }} Centre
 */

export const HUES = Object.freeze([
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#f0e442",
]);

/** How many neighbours of a turf may not have its colour: one fewer than the hues. */
const NEIGHBOURS = HUES.length - 1;

/**
 * A hue for each turf, unlike those of the turfs nearest to it that have one already.
 *
 * @param {readonly Centre[]} centres
 * @param {ReadonlyMap<number, string>} [before] what some of them have, and keep
 * @returns {Map<number, string>} the hue, by turf
 */
export function hues(centres, before = new Map()) {
  /** @type {Map<number, string>} */
  const chosen = new Map();
  const sorted = [...centres].sort((a, b) => a.turf - b.turf);
  const [old, fresh] = [true, false].map((had) => sorted.filter((c) => before.has(c.turf) === had));
  /** @type {Centre[]} */
  const done = [];
  for (const centre of [...(old ?? []), ...(fresh ?? [])]) {
    const near = nearest(done, centre).map((other) => chosen.get(other.turf));
    const free = HUES.find((hue) => !near.includes(hue)) ?? HUES[0];
    chosen.set(centre.turf, /** @type {string} */ (before.get(centre.turf) ?? free));
    done.push(centre);
  }
  return chosen;
}

/**
 * @param {readonly Centre[]} centres
 * @param {Centre} to
 * @returns {Centre[]} the nearest, as many as may not have its hue
 */
function nearest(centres, to) {
  /** @type {Centre[]} */
  const found = [];
  let reach = Number.POSITIVE_INFINITY;
  for (const centre of centres) {
    if (found.length === NEIGHBOURS && apart(centre, to) >= reach) continue;
    found.push(centre);
    found.sort((a, b) => apart(a, to) - apart(b, to));
    found.length = Math.min(found.length, NEIGHBOURS);
    reach = apart(/** @type {Centre} */ (found.at(-1)), to);
  }
  return found;
}

/**
 * @param {Centre} one
 * @param {Centre} other
 * @returns {number} the square of the distance between them
 */
function apart(one, other) {
  return (one.x - other.x) ** 2 + (one.y - other.y) ** 2;
}
