// @ts-check
/**
 * Chance that can be asked for again: one seed and one purpose give one stream.
 */

/** A stream of numbers that only its seed and its purpose decide. */
export class Chance {
  #a;
  #b;
  #c;
  #count = 1;

  /**
   * @param {number} seed
   * @param {string} purpose two purposes never share draws
   */
  constructor(seed, purpose) {
    const [a, b, c] = scattered(`${seed}/${purpose}`);
    this.#a = a;
    this.#b = b;
    this.#c = c;
    for (let skipped = 0; skipped < 12; skipped += 1) this.word();
  }

  /** 32 bits: small fast counting generator, by Chris Doty-Humphrey (PractRand). */
  word() {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** From 0 to just below 1. */
  next() {
    return this.word() / 2 ** 32;
  }

  /** @param {number} share from 0 to 1 */
  hits(share) {
    return this.next() < share;
  }

  /**
   * @param {number} least
   * @param {number} most itself not reached
   */
  between(least, most) {
    return Math.floor(least + this.next() * (most - least));
  }

  /**
   * @template Thing
   * @param {readonly Thing[]} things at least one
   */
  pick(things) {
    return things[this.between(0, things.length)];
  }

  /** @param {number} count */
  bytes(count) {
    return Uint8Array.from({ length: count }, () => this.word() & 0xff);
  }
}

/**
 * Three words in which every letter of a text counts (FNV-1a, from three beginnings).
 *
 * @param {string} text
 */
function scattered(text) {
  return [0x811c9dc5, 0x1b873593, 0xcc9e2d51].map((beginning) => {
    let word = beginning;
    for (let at = 0; at < text.length; at += 1) {
      word = Math.imul(word ^ text.charCodeAt(at), 0x01000193);
    }
    return word | 0;
  });
}
