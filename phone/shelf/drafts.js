// @ts-check
/**
 * Conversations that are not finished yet: one a door, kept as they grow, so that a
 * phone that dies in mid-sentence comes back to the same sentence.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").Draft} Draft
 */

/**
 * @param {Shelf} shelf
 * @returns {Promise<Draft[]>}
 */
export async function drafts(shelf) {
  return shelf.read(["drafts"], (reading) => reading.objectStore("drafts").getAll());
}

/**
 * @param {Shelf} shelf
 * @param {Draft} draft
 */
export async function hold(shelf, draft) {
  await shelf.write(["drafts"], (writing) => writing.objectStore("drafts").put(draft));
}

/**
 * @param {Shelf} shelf
 * @param {{ packet: string, door: string }} draft
 */
export async function drop(shelf, { packet, door }) {
  await shelf.write(["drafts"], (writing) => writing.objectStore("drafts").delete([packet, door]));
}
