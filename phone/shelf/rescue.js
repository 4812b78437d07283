// @ts-check
/**
 * The rescue file: all that was not sent, in a file that any organizer can take in.
 *
 * @typedef {import("./shelf.js").Row} Row
 */

import { entry } from "./lock.js";

/**
 * @param {readonly Row[]} unsent
 * @param {string} device
 * @returns {string} JSON; its events are as they would have been sent
 */
export function rescueFile(unsent, device) {
  const file = { format: 1, device, events: unsent.map(entry) };
  return `${JSON.stringify(file, null, 1)}\n`;
}
