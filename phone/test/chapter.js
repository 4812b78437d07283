// @ts-check
/**
 * A chapter that opens what its phones seal, with the key of contract/box/cases.json.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as plain from "../../vendor/hpke.js";

const hpke = /** @type {typeof import("hpke")} */ (/** @type {unknown} */ (plain));
const CASES = new URL("../../contract/box/cases.json", import.meta.url);

/** Boxes, and what lies in them. */
export const BOXES = JSON.parse(readFileSync(CASES, "utf8"));

/** What a bundle says of the key. @type {import("../shelf/lock.js").Seal} */
export const SEAL = BOXES.seal;

const suite = new hpke.CipherSuite(
  hpke.KEM_DHKEM_P256_HKDF_SHA256,
  hpke.KDF_HKDF_SHA256,
  hpke.AEAD_AES_128_GCM,
);
const bytesOf = (/** @type {string} */ letters) =>
  new Uint8Array(Buffer.from(letters, "base64url"));
const key = {
  privateKey: await suite.DeserializePrivateKey(bytesOf(BOXES.private)),
  publicKey: await suite.DeserializePublicKey(bytesOf(SEAL.public)),
};

/**
 * What lies in an entry of a batch.
 *
 * @param {any} entry a box, or an event that lies open
 * @returns {Promise<{ event: any, sha256: string }>}
 */
export async function opened(entry) {
  if (!("box" in entry)) return entry;
  const { id, packet, seq, box, sha256 } = entry;
  if (hash(box) !== sha256) throw new Error("the hash is not that of the box");
  const bytes = bytesOf(box);
  const info = new TextEncoder().encode(`groundgame event 1 ${packet} ${id} ${seq}`);
  const text = await suite.Open(key, bytes.subarray(0, 65), bytes.subarray(65), { info });
  return JSON.parse(new TextDecoder().decode(text));
}

/** @param {string} text */
export function hash(text) {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
