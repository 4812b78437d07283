// @ts-check
/**
 * An apartment house as a matrix: floors, and the doors on each.
 *
 * @typedef {import("./turf.js").Stop} Stop
 */

/** What can be written down about getting in, in the order of the form. */
export const ACCESS = ["buzzer", "doorman", "elevator", "hours", "language", "note"];

/**
 * The floor that a unit's number tells: 304 and 3D are on the third, 1205 on the twelfth.
 *
 * @param {string | null} unit
 * @returns {number | null} null when it does not tell: 7 may be the seventh door or floor
 */
export function floorOf(unit) {
  const found = /^\D*?(\d+)\s*-?\s*([A-Z]{0,2})$/i.exec((unit ?? "").trim());
  if (!found) return null;
  const number = Number(found[1]);
  if (number >= 100 && number < 20_000) return Math.floor(number / 100);
  return found[2] && number > 0 && number < 100 ? number : null;
}

/**
 * The doors of a building floor by floor, the highest first, as one walks down; within a
 * floor as the walk has them. Doors whose floor nobody can tell come last.
 *
 * @param {readonly Stop[]} stops
 * @returns {{ floor: number | null, stops: Stop[] }[]}
 */
export function floors(stops) {
  /** @type {Map<number | null, Stop[]>} */
  const found = new Map();
  for (const stop of [...stops].sort((a, b) => a.position - b.position)) {
    const floor = floorOf(stop.unit);
    found.set(floor, [...(found.get(floor) ?? []), stop]);
  }
  return [...found]
    .map(([floor, within]) => ({ floor, stops: within }))
    .sort((a, b) => (b.floor ?? -Infinity) - (a.floor ?? -Infinity));
}
