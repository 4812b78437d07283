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
 * @param {{ plain?: boolean }} [form] plain: in ASCII and without room, for squares
 * @returns {string} JSON; its events are as they would have been sent
 */
export function rescueFile(unsent, device, { plain = false } = {}) {
  const file = { format: 1, device, events: unsent.map(entry) };
  if (!plain) return `${JSON.stringify(file, null, 1)}\n`;
  const letter = (/** @type {string} */ each) =>
    `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(file).replace(/[^\x20-\x7e]/g, letter);
}
