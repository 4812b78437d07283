// @ts-check
/**
 * Walk many evenings of the model, on all cores, and say what came of them.
 *
 *   node tests/model/run.js                       10,200 evenings, 1,000,000 events
 *   node tests/model/run.js --evenings 100000     ten times as many
 *   node tests/model/run.js --seed 7 --evenings 1 one evening again, exactly
 *
 * Of a failing evening it says which kinds of faults it needs to fail, and how long it
 * must be.
 */

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { AS_IT_IS } from "../../phone/test/mutant.js";
import { app } from "./app.js";
import { evening } from "./evening.js";
import { simpler } from "./simpler.js";

/** @typedef {{ first: number, step: number, until: number }} Share */

/** @param {Share} share */
async function walk({ first, step, until }) {
  const parts = await app(AS_IT_IS);
  const sum = { evenings: 0, events: 0, requests: 0 };
  /** @type {Map<string, number>} */
  const struck = new Map();
  for (let seed = first; seed < until; seed += step) {
    try {
      const told = await evening(parts, seed);
      sum.evenings += 1;
      sum.events += told.events;
      sum.requests += told.requests;
      for (const [name, count] of told.struck) struck.set(name, (struck.get(name) ?? 0) + count);
    } catch (problem) {
      return { ...sum, struck, failed: await simpler(parts, seed, problem) };
    }
  }
  return { ...sum, struck, failed: null };
}

async function main() {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: "20261103" },
      evenings: { type: "string", default: "10200" },
      least: { type: "string", default: "0" },
    },
  });
  const [seed, evenings] = [Number(values.seed), Number(values.evenings)];
  const workers = Math.min(availableParallelism(), evenings);
  const shares = Array.from({ length: workers }, (_, worker) =>
    inWorker({ first: seed + worker, step: workers, until: seed + evenings }),
  );
  const all = await Promise.all(shares);
  const sum = { evenings: 0, events: 0, requests: 0 };
  /** @type {Record<string, number>} */
  const struck = {};
  for (const part of all) {
    for (const name of /** @type {const} */ (["evenings", "events", "requests"])) {
      sum[name] += part[name];
    }
    for (const [name, count] of part.struck) struck[name] = (struck[name] ?? 0) + count;
  }
  const failed = all.map((part) => part.failed).find((failure) => failure !== null);
  const faults = Object.values(struck).reduce((total, count) => total + count, 0);
  const { user, system } = process.cpuUsage();
  const told = { ...sum, faults, struck, seed, cpu_seconds: Math.round((user + system) / 1e6) };
  process.stdout.write(`${JSON.stringify(failed ? { ...told, failed } : told, null, 1)}\n`);
  process.exitCode = failed || sum.events < Number(values.least) ? 1 : 0;
}

/**
 * @param {Share} share
 * @returns {ReturnType<typeof walk>}
 */
function inWorker(share) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

if (isMainThread) await main();
else parentPort?.postMessage(await walk(workerData));
