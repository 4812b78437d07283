// @ts-check
/**
 * A text as a series of squares for another camera, and back: in any order, any square
 * more than once, those of two phones mixed.
 *
 * A square holds `GG1 NAME N OF REST`: NAME is the beginning of the whole text's SHA-256,
 * N counts from 1 to OF, REST is the N-th piece. Only when all are there and their hash
 * is the one they are named by is a series complete.
 *
 * @typedef {{ name: string, n: number, of: number, rest: string }} Square
 * @typedef {{ of: number, pieces: Map<number, string> }} Series
 */

/** Letters of a square: a phone's screen shows it so that a laptop's camera reads it. */
export const LETTERS = 500;
const NAME = 16;
const MOST = 5_000;
const FORM = /^GG1 ([0-9a-f]{16}) ([1-9][0-9]{0,3}) ([1-9][0-9]{0,3}) ([\s\S]*)$/;

/**
 * @param {string} text in ASCII
 * @param {(text: string) => Promise<string>} sha256
 * @returns {Promise<string[]>} what each square holds
 */
export async function cut(text, sha256) {
  const name = (await sha256(text)).slice(0, NAME);
  const of = Math.max(1, Math.ceil(text.length / LETTERS));
  return Array.from(
    { length: of },
    (_, at) => `GG1 ${name} ${at + 1} ${of} ${text.slice(at * LETTERS, (at + 1) * LETTERS)}`,
  );
}

/**
 * @param {string} text
 * @returns {Square | null} null: it is no square of ours
 */
export function square(text) {
  const found = FORM.exec(text);
  if (!found) return null;
  const [n, of] = [Number(found[2]), Number(found[3])];
  if (n > of || of > MOST) return null;
  return { name: found[1], n, of, rest: found[4] };
}

/** What a camera has seen so far. */
export class Gathering {
  /** @type {Map<string, Series>} */
  #series = new Map();

  /**
   * @param {string} text what a square held
   * @returns {Square | null} null: it is no square of ours, or contradicts the others
   */
  add(text) {
    const found = square(text);
    if (!found) return null;
    const series = this.#series.get(found.name) ?? { of: found.of, pieces: new Map() };
    if (series.of !== found.of) return null;
    series.pieces.set(found.n, found.rest);
    this.#series.set(found.name, series);
    return found;
  }

  /**
   * How far a series is.
   *
   * @param {string} name
   * @returns {{ have: number, of: number, missing: number[] }}
   */
  progress(name) {
    const { of, pieces } = this.#series.get(name) ?? { of: 0, pieces: new Map() };
    const all = Array.from({ length: of }, (_, at) => at + 1);
    return { have: pieces.size, of, missing: all.filter((n) => !pieces.has(n)) };
  }

  /**
   * @param {string} name
   * @param {(text: string) => Promise<string>} sha256
   * @returns {Promise<string | null>} the whole text; null: a square is missing, or wrong
   */
  async whole(name, sha256) {
    const { of, missing } = this.progress(name);
    if (of === 0 || missing.length > 0) return null;
    const { pieces } = /** @type {Series} */ (this.#series.get(name));
    const text = Array.from({ length: of }, (_, at) => pieces.get(at + 1)).join("");
    if ((await sha256(text)).startsWith(name)) return text;
    this.#series.delete(name); // one of them was read wrongly: all again
    return null;
  }
}
