// @ts-check
/**
 * The ciphers that the shelf uses, as this browser has them.
 *
 * A packet's key can be used and cannot be read out, by us or by anybody (AES-GCM, in the
 * browser's keeping). What was said is sealed to the chapter's key (HPKE, RFC 9180), and
 * nothing on this phone opens it again. The form of both is in contract/README.md.
 *
 * @typedef {CryptoKey | Uint8Array<ArrayBuffer>} Key
 *   bytes: where a browser cannot keep a key that it does not give out (WebKitGTK without
 *   a keyring)
 * @typedef {typeof VAULT} Vault
 */

import * as plain from "../../vendor/hpke.js";

const hpke = /** @type {typeof import("hpke")} */ (/** @type {unknown} */ (plain));
const suite = new hpke.CipherSuite(
  hpke.KEM_DHKEM_P256_HKDF_SHA256,
  hpke.KDF_HKDF_SHA256,
  hpke.AEAD_AES_128_GCM,
);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a browser can do; the model of tests/model has one of its own. */
export const VAULT = {
  /** @param {number} count */
  chance: (count) => crypto.getRandomValues(new Uint8Array(count)),

  /**
   * @param {boolean} [open] whether it must be one that can be read out
   * @returns {Promise<Key>} a key that cannot be read out, if it may be
   */
  async makeKey(open = false) {
    if (open) return crypto.getRandomValues(new Uint8Array(32));
    const how = { name: "AES-GCM", length: 256 };
    return crypto.subtle.generateKey(how, false, ["encrypt", "decrypt"]);
  },

  /**
   * @param {Key} key
   * @param {string} once hex; never the same twice under one key
   * @param {string} text
   * @returns {Promise<ArrayBuffer>}
   */
  async encrypt(key, once, text) {
    const how = { name: "AES-GCM", iv: bytes(once) };
    return crypto.subtle.encrypt(how, await usable(key), encoder.encode(text));
  },

  /**
   * @param {Key} key
   * @param {string} once
   * @param {ArrayBuffer} shut
   * @returns {Promise<string>}
   */
  async decrypt(key, once, shut) {
    const how = { name: "AES-GCM", iv: bytes(once) };
    return decoder.decode(await crypto.subtle.decrypt(how, await usable(key), shut));
  },

  /**
   * @param {string} publicKey base64url
   * @param {string} text
   * @param {string} info what is written on the box
   * @returns {Promise<string>} base64url
   */
  async seal(publicKey, text, info) {
    const plain = atob(publicKey.replaceAll("-", "+").replaceAll("_", "/"));
    const point = Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
    const key = await suite.DeserializePublicKey(point);
    const { encapsulatedSecret, ciphertext } = await suite.Seal(key, encoder.encode(text), {
      info: encoder.encode(info),
    });
    const box = [...encapsulatedSecret, ...ciphertext];
    const letters = btoa(box.map((byte) => String.fromCharCode(byte)).join(""));
    return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  },

  /** @param {string} text */
  async sha256(text) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
};

/** @param {string} hex */
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/**
 * @param {Key} key
 * @returns {Promise<CryptoKey>}
 */
async function usable(key) {
  if (key instanceof CryptoKey) return key;
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}
