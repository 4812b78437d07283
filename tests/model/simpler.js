// @ts-check
/**
 * Make a failing evening simpler: a shorter shift, and every kind of fault left out
 * without which it, or one of the next seeds, still breaks the law.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("./world.js").Other} Other
 * @typedef {{ seed: number, says: string, needs: string[], without: string[],
 *   minutes: number }} Simple
 */

import { evening } from "./evening.js";
import { World } from "./world.js";

const SHORTEST = 5;
const NEIGHBOURS = 20;

/**
 * @param {App} app
 * @param {number} seed
 * @param {unknown} problem what it fails with
 * @param {() => Other} [other] what else the evening takes, made anew for each walk
 * @returns {Promise<Simple>} seed: of the simple evening, a neighbour of the first; needs:
 *   the faults that are left
 */
export async function simpler(app, seed, problem, other = () => ({})) {
  let simple = { seed, says: message(problem), without: /** @type {string[]} */ ([]), minutes: 40 };
  /** @param {{ without?: string[], minutes?: number }} less */
  const fails = async (less) => {
    const { without, minutes } = { ...simple, ...less };
    for (let near = simple.seed; near < simple.seed + NEIGHBOURS; near += 1) {
      const more = { ...other(), without: new Set(without), minutes };
      const says = await evening(app, near, more).then(() => null, message);
      if (says === null) continue;
      simple = { seed: near, says, without, minutes };
      return true;
    }
    return false;
  };
  const all = await kinds(app, seed, other);
  for (const name of all) await fails({ without: [...simple.without, name] });
  while (simple.minutes > SHORTEST && (await fails({ minutes: simple.minutes >> 1 })));
  return { ...simple, needs: all.filter((name) => !simple.without.includes(name)) };
}

/**
 * The kinds of faults that strike in an evening, whatever becomes of it.
 *
 * @param {App} app
 * @param {number} seed
 * @param {() => Other} other
 */
async function kinds(app, seed, other) {
  /** @type {Set<string>} */
  const struck = new Set();
  const strike = World.prototype.strike;
  World.prototype.strike = function (name, share) {
    const now = strike.call(this, name, share);
    if (now) struck.add(name);
    return now;
  };
  await evening(app, seed, other()).catch(() => {});
  World.prototype.strike = strike;
  return [...struck];
}

/** @param {unknown} problem */
function message(problem) {
  return problem instanceof Error ? problem.message.split("\n")[0] : String(problem);
}
