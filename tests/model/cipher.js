// @ts-check
/**
 * Ciphers for the model: as strict as a phone's own, and a hundred times as quick.
 *
 * What WebCrypto does in a thread of its own takes half a millisecond and lets the clock
 * of a run slip. So here one phone in twenty has AES-GCM, done at once, from the run's own
 * chance. The others' locks are a cloakroom: what is shut away is given back to whoever
 * shows the same key, number and label, to the letter, and to nobody else. In both a
 * number that is used twice under one key is a fault, as it is in life. That real phones
 * seal what the server opens is shown in phone/test/sealed.test.js and by told.js, whose
 * evenings are sealed in earnest.
 */

import assert from "node:assert/strict";
import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

const HOW = "aes-128-gcm";
const TAG = 16;
const EARNEST = 0.05;
/** Letters of a box in the cloakroom: as many as a short conversation has. */
const LETTERS = 200;

/** @param {string} text */
export const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");

/** Keys, and what was done with each. */
export class Ciphers {
  /** Keys and numbers that were used. @type {Set<string>} */
  #used = new Set();
  /** What was shut away, by all that opens it. @type {Map<string, string>} */
  #cloakroom = new Map();
  /** The chapter's keys by name. @type {Map<string, string>} */
  keys = new Map();
  /** The newest, as bundles tell it. */
  told = { key: "", public: "" };

  /** @param {import("./chance.js").Chance} chance */
  constructor(chance) {
    this.chance = chance;
    this.renew();
  }

  /** The chapter has a new key; those before go on opening. */
  renew() {
    const [key, half] = [hex(this.chance.bytes(8)), hex(this.chance.bytes(16))];
    this.told = { key, public: half };
    this.keys.set(key, half);
  }

  /**
   * What one phone has of them.
   *
   * @param {import("./chance.js").Chance} chance
   * @returns {any}
   */
  vault(chance) {
    return {
      ...this.#locks(chance, chance.hits(EARNEST)),
      sha256: async (/** @type {string} */ text) => sha256(text),
    };
  }

  /**
   * @param {import("./chance.js").Chance} chance
   * @param {boolean} earnest
   */
  #locks(chance, earnest) {
    /** @type {typeof shut} */
    const away = (key, once, text, info) =>
      earnest ? shut(key, once, text, info) : this.#away(key, once, text, info);
    return {
      chance: (/** @type {number} */ count) => few(chance, count),
      makeKey: async () => hex(chance.bytes(16)),
      encrypt: async (
        /** @type {string} */ key,
        /** @type {string} */ once,
        /** @type {string} */ text,
      ) => {
        assert.ok(!this.#used.has(key + once), "a number was used twice under one key");
        this.#used.add(key + once);
        return away(key, once, text, "");
      },
      decrypt: async (
        /** @type {string} */ key,
        /** @type {string} */ once,
        /** @type {string} */ box,
      ) => this.#back(key, once, box, ""),
      seal: async (
        /** @type {string} */ key,
        /** @type {string} */ text,
        /** @type {string} */ info,
      ) => {
        const once = hex(few(chance, 12));
        return once + away(key, once, text, info);
      },
    };
  }

  /** @type {typeof shut} */
  #away(key, once, text, info) {
    const mark = `~${once}`.padEnd(LETTERS, ".");
    this.#cloakroom.set(`${key} ${mark} ${info}`, text);
    return mark;
  }

  /** @type {typeof open} */
  #back(key, once, box, info) {
    if (!box.startsWith("~")) return open(key, once, box, info);
    const text = this.#cloakroom.get(`${key} ${box} ${info}`);
    if (text === undefined || !box.startsWith(`~${once}.`)) throw new Error("it stays shut");
    return text;
  }

  /**
   * What lies in an entry of a batch; null: it cannot be opened.
   *
   * @param {any} entry
   * @returns {{ event: any, sha256: string } | null}
   */
  opened({ id, packet, seq, key, box }) {
    const known = this.keys.get(key);
    if (known === undefined) return null;
    const info = `groundgame event 1 ${packet} ${id} ${seq}`;
    try {
      return JSON.parse(this.#back(known, box.slice(0, 24), box.slice(24), info));
    } catch {
      return null;
    }
  }
}

/**
 * @param {string} key
 * @param {string} once
 * @param {string} text
 * @param {string} info
 */
function shut(key, once, text, info) {
  const cipher = createCipheriv(HOW, Buffer.from(key, "hex"), Buffer.from(once, "hex"));
  cipher.setAAD(Buffer.from(info));
  return (
    cipher.update(text, "utf8", "base64url") + cipher.final("base64url") + hex(cipher.getAuthTag())
  );
}

/**
 * @param {string} key
 * @param {string} once
 * @param {string} box
 * @param {string} info
 */
function open(key, once, box, info) {
  const decipher = createDecipheriv(HOW, Buffer.from(key, "hex"), Buffer.from(once, "hex"));
  decipher.setAAD(Buffer.from(info));
  decipher.setAuthTag(Buffer.from(box.slice(-2 * TAG), "hex"));
  return decipher.update(box.slice(0, -2 * TAG), "base64url", "utf8") + decipher.final("utf8");
}

/**
 * Random bytes, four of a word.
 *
 * @param {import("./chance.js").Chance} chance
 * @param {number} count a multiple of four
 */
function few(chance, count) {
  const words = new Uint32Array(count / 4);
  for (let at = 0; at < words.length; at += 1) words[at] = chance.word();
  return new Uint8Array(words.buffer);
}

/** @param {Uint8Array} bytes */
const hex = (bytes) => Buffer.from(bytes).toString("hex");
