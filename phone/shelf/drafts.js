// @ts-check
/**
 * Conversations that are not finished yet: one a door, kept as they grow, so that a
 * phone that dies in mid-sentence comes back to the same sentence.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").Draft} Draft
 */

import { lock, unlock } from "./lock.js";

/**
 * @param {Shelf} shelf
 * @returns {Promise<Draft[]>}
 */
export async function drafts(shelf) {
  const [rows, held] = await shelf.read(["drafts", "packets"], (reading) =>
    Promise.all([reading.objectStore("drafts").getAll(), reading.objectStore("packets").getAll()]),
  );
  const keys = new Map(held.map(({ id, key }) => [id, key]));
  const found = await Promise.all(
    rows.map((kept) =>
      "inside" in kept ? unlock(shelf.vault, keys.get(kept.packet), kept.inside) : kept,
    ),
  );
  return found.filter((draft) => draft !== null);
}

/**
 * Keep a draft under its packet's key; without a packet there is nothing to keep it for.
 *
 * @param {Shelf} shelf
 * @param {Draft} draft
 */
export async function hold(shelf, draft) {
  const { packet, door } = draft;
  const held = await shelf.read(["packets"], (reading) =>
    reading.objectStore("packets").get(packet),
  );
  if (!held?.key) return;
  const inside = await lock(shelf.vault, held.key, draft);
  await shelf.write(["drafts"], (writing) =>
    writing.objectStore("drafts").put({ packet, door, inside }),
  );
}

/**
 * @param {Shelf} shelf
 * @param {{ packet: string, door: string }} draft
 */
export async function drop(shelf, { packet, door }) {
  await shelf.write(["drafts"], (writing) => writing.objectStore("drafts").delete([packet, door]));
}
