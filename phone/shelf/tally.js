// @ts-check
/**
 * A note outside the shelf of how much is on it, so that a shelf which the system
 * emptied is noticed, and the canvasser is told what is missing.
 *
 * @typedef {{ device: string, saved: number, unsent: number }} Tally
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Notes
 */

const KEY = "groundgame.tally";

/**
 * @param {Notes} notes
 * @param {Tally} tally
 */
export function note(notes, tally) {
  try {
    notes.setItem(KEY, JSON.stringify(tally));
  } catch {
    // only a help: the shelf itself has everything
  }
}

/**
 * What was on a shelf that is gone, if the one we have is not the one we knew.
 *
 * @param {Notes} notes
 * @param {string} device the name of the phone on the shelf we have
 * @returns {Tally | null}
 */
export function gone(notes, device) {
  try {
    const last = JSON.parse(notes.getItem(KEY) ?? "null");
    const known = typeof last?.device === "string" && Number.isInteger(last?.saved);
    return known && last.device !== device && last.saved > 0 ? last : null;
  } catch {
    return null; // not ours, or not readable: we know nothing
  }
}
