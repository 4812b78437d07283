// @ts-check
/**
 * Make a failing evening simpler: leave faults out of it as long as it fails in the same
 * way (Zeller's delta debugging, by halves).
 *
 * @typedef {import("./app.js").App} App
 * @typedef {ConstructorParameters<typeof import("./world.js").World>[1]} Other
 */

import { evening } from "./evening.js";

const MOST_TRIES = 400;

/**
 * @param {App} app
 * @param {number} seed
 * @param {unknown} problem what it fails with
 * @param {() => Other} [other] what else the evening takes, made anew for each walk
 * @returns {Promise<{ seed: number, says: string, needs: number, without: number[] }>}
 *   needs: how many faults are left; without: the strokes that were left out
 */
export async function simpler(app, seed, problem, other = () => ({})) {
  const says = message(problem);
  /** @type {Set<number>} */
  const without = new Set();
  let tries = 0;
  let strokes = 0;
  const fails = async (/** @type {Set<number>} */ left) => {
    tries += 1;
    const watch = { strokes: 0 };
    try {
      await evening(app, seed, { ...other(), without: left, watch });
      return false;
    } catch (again) {
      if (message(again) !== says) return false;
      strokes = watch.strokes;
      return true;
    }
  };
  await fails(without);
  for (let size = Math.max(1, strokes >> 1); size >= 1 && tries < MOST_TRIES; size >>= 1) {
    for (let first = 1; first <= strokes && tries < MOST_TRIES; first += size) {
      const more = new Set(without);
      for (let stroke = first; stroke < first + size; stroke += 1) more.add(stroke);
      if (more.size > without.size && (await fails(more))) for (const one of more) without.add(one);
    }
  }
  await fails(without);
  const left = [...without].filter((stroke) => stroke <= strokes);
  return { seed, says, needs: strokes - left.length, without: left };
}

/** @param {unknown} problem the numbers in it may differ from walk to walk */
function message(problem) {
  const text = problem instanceof Error ? problem.message : String(problem);
  return text.split("\n")[0].replace(/[0-9a-f-]{36}|\d+/g, "#");
}
