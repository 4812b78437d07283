// @ts-check
/**
 * Under lock and key: how a packet's doors, drafts and our own events lie on the disk.
 *
 * Each packet has a key that leaves the phone with it. What was said is besides in a box,
 * sealed to the chapter's key, which is what is sent; the copy under the packet's key is
 * for whoever has the packet in hand to see and correct.
 *
 * @typedef {import("./vault.js").Vault} Vault
 * @typedef {import("./vault.js").Key} Key
 * @typedef {import("../core/event.js").Event} Event
 * @typedef {{ key: string, public: string }} Seal the chapter's key, as the bundle has it
 * @typedef {{ once: string, shut: ArrayBuffer }} Locked
 * @typedef {{
 *   id: string, seq: number, packet: string, sha256: string,
 *   key: string, box: string, copy: Locked | null,
 *   unsent?: 1, status: string | null, reason: string | null,
 * }} BoxRow
 *   sha256: of the box
 * @typedef {{
 *   id: string, seq: number, packet: string, sha256: string, event: Event,
 *   unsent?: 1, status: string | null, reason: string | null,
 * }} OpenRow as releases before 0.2 wrote it, or where a server told of no key
 * @typedef {BoxRow | OpenRow} Row
 */

/** Bytes that a box holds a multiple of, so that its length tells little. */
const FILLED = 512;
const ONCE = 12;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const encoder = new TextEncoder();

/**
 * Something as JSON, under a packet's key.
 *
 * @param {Vault} vault
 * @param {Key} key
 * @param {unknown} thing
 * @returns {Promise<Locked>}
 */
export async function lock(vault, key, thing) {
  let once = "";
  for (const byte of vault.chance(ONCE)) once += HEX[byte];
  return { once, shut: await vault.encrypt(key, once, JSON.stringify(thing)) };
}

/**
 * @param {Vault} vault
 * @param {Key | null | undefined} key
 * @param {Locked | null | undefined} locked
 * @returns {Promise<any>} null: there is nothing, or its key has left this phone
 */
export async function unlock(vault, key, locked) {
  if (!key || !locked) return null;
  return JSON.parse(await vault.decrypt(key, locked.once, locked.shut));
}

/**
 * An event as its row on the disk: sealed, with a copy that only the packet's key opens.
 *
 * @param {Vault} vault
 * @param {{ event: Event, sha256: string }} sealed
 * @param {{ key?: Key | null, seal?: Seal | null }} packet
 * @returns {Promise<Row>}
 */
export async function row(vault, { event, sha256 }, { key, seal }) {
  const { id, seq, packet } = event;
  const state = { unsent: /** @type {1} */ (1), status: null, reason: null };
  if (!seal) return { id, seq, packet, event, sha256, ...state };
  const info = `groundgame event 1 ${packet} ${id} ${seq}`;
  const box = await vault.seal(seal.public, filled({ event, sha256 }), info);
  const copy = key ? await lock(vault, key, event) : null;
  const own = await vault.sha256(box);
  return { id, seq, packet, key: seal.key, box, sha256: own, copy, ...state };
}

/**
 * What is sent of a row.
 *
 * @param {Row} kept
 */
export function entry(kept) {
  if (!("box" in kept)) return { event: kept.event, sha256: kept.sha256 };
  const { id, packet, seq, key, box, sha256 } = kept;
  return { id, packet, seq, key, box, sha256 };
}

/**
 * @param {unknown} thing
 * @returns {string} JSON with spaces after it
 */
function filled(thing) {
  const text = JSON.stringify(thing);
  const size = encoder.encode(text).length;
  return text + " ".repeat((FILLED - (size % FILLED)) % FILLED);
}
