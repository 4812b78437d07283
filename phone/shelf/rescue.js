// @ts-check
/**
 * The rescue file: all that was not sent, in a file that any organizer can take in.
 *
 * @typedef {import("./shelf.js").Kept} Kept
 */

/**
 * @param {readonly Kept[]} unsent
 * @param {string} device
 * @returns {string} JSON; its events are as they would have been sent
 */
export function rescueFile(unsent, device) {
  const events = unsent.map(({ event, sha256 }) => ({ event, sha256 }));
  return `${JSON.stringify({ format: 1, device, events }, null, 1)}\n`;
}
