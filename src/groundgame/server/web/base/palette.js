// @ts-check
/**
 * Colours that people who are colour-blind can tell apart, and who gets which.
 *
 * Seven colours are all that can be told apart safely, and a cut has more turfs than
 * that. So colours repeat, but not between turfs whose walks are nearest to one another;
 * the number on the map is what names a turf. This file knows no browser.
 *
 * The hues are those of Okabe and Ito, "Color Universal Design" (2008).
 *
 * @typedef {import("./places.js").Place} Place
 * @typedef {{ turf: number, places: readonly Place[] }} Walk some places along it,
 *   on a plane where distances are true
 * @typedef {Walk & { long: number }} Measured how far it leads from the first of them
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
 * @param {readonly Walk[]} walks
 * @param {ReadonlyMap<number, string>} [before] what some of them have, and keep
 * @returns {Map<number, string>} the hue, by turf
 */
export function hues(walks, before = new Map()) {
  /** @type {Map<number, string>} */
  const chosen = new Map();
  const sorted = walks.map(measured).sort((a, b) => a.turf - b.turf);
  const done = sorted.filter(({ turf }) => before.has(turf));
  for (const { turf } of done) chosen.set(turf, before.get(turf) ?? "");
  for (const walk of sorted) {
    if (chosen.has(walk.turf)) continue;
    const near = nearest(done, walk).map((turf) => chosen.get(turf));
    chosen.set(walk.turf, HUES.find((hue) => !near.includes(hue)) ?? HUES[0] ?? "");
    done.push(walk);
  }
  return chosen;
}

/** @param {Walk} walk @returns {Measured} */
function measured({ turf, places }) {
  return { turf, places, long: Math.max(...places.map((place) => distance(place, places[0]))) };
}

/**
 * @param {readonly Measured[]} walks
 * @param {Measured} to
 * @returns {number[]} the nearest turfs, as many as may not have its hue; looked for from the
 *   last, for numbers of neighbours are near one another
 */
function nearest(walks, to) {
  /** @type {{ turf: number, away: number }[]} */
  const found = [];
  let reach = Number.POSITIVE_INFINITY;
  for (const walk of [...walks].reverse()) {
    if (distance(walk.places[0], to.places[0]) - walk.long - to.long >= reach) continue;
    const away = apart(walk, to);
    if (away >= reach) continue;
    found.push({ turf: walk.turf, away });
    found.sort((a, b) => a.away - b.away);
    found.splice(NEIGHBOURS);
    reach = found[NEIGHBOURS - 1]?.away ?? reach;
  }
  return found.map(({ turf }) => turf);
}

/** @param {Walk} one @param {Walk} other @returns {number} how far they are at their nearest */
function apart(one, other) {
  let least = Number.POSITIVE_INFINITY;
  for (const place of one.places) {
    for (const there of other.places) least = Math.min(least, distance(place, there));
  }
  return least;
}

/** @param {Place} [one] @param {Place} [other] @returns {number} */
function distance(one, other) {
  if (!one || !other) return Number.POSITIVE_INFINITY;
  const [x, y] = [one[0] - other[0], one[1] - other[1]];
  return Math.sqrt(x * x + y * y);
}
