// @ts-check
/**
 * When to try again: soon after a success, ever later after failures, never not at all.
 */

const FIRST = 5_000;
const LONGEST = 300_000;

/**
 * Milliseconds to wait before the next try, after so many failures in a row.
 *
 * @param {number} failures
 * @param {number} chance from 0 to 1; spreads phones out that failed together
 * @returns {number} between half and all of a time that doubles, five minutes at most
 */
export function pause(failures, chance) {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return Math.round(longest * (0.5 + chance / 2));
}
