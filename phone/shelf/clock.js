// @ts-check
/**
 * The server's time, carried on by this phone: kept on the shelf, so that closing the app
 * or setting the phone's clock back gives no more time with a packet.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("../core/time.js").Look} Look
 */

import { reckoned } from "../core/time.js";

/**
 * @param {Shelf} shelf
 * @param {Look} look
 * @param {number | null} [server] what the server has just said
 * @returns {Promise<number | null>} the server's time; null: it has never been heard
 */
export async function timeOf(shelf, look, server = null) {
  return shelf.write(["meta"], async (writing) => {
    const meta = writing.objectStore("meta");
    const known = reckoned((await meta.get("clock")) ?? null, look, server);
    if (known) await meta.put(known, "clock");
    return known?.time ?? null;
  });
}
