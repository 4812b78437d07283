// @ts-check
/**
 * The model's law holds of the app as it is; it notices each planted bug; and one seed is
 * one evening. How often and how long: tests/model/run.js.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { AS_IT_IS, firings, mutant } from "../../phone/test/mutant.js";
import { app } from "./app.js";
import { OF_THE_PHONE, OF_THE_SERVER } from "./bugs.js";
import { SEALED_OF_THE_PHONE, SEALED_OF_THE_SERVER } from "./bugs_sealed.js";
import { evening } from "./evening.js";
import { Server } from "./server.js";
import { simpler } from "./simpler.js";

const FIRST = 41;
const MOST = 250; // evenings in which a planted bug must show

const asItIs = await app(AS_IT_IS);

/**
 * The first evening that breaks the law.
 *
 * @param {import("./app.js").App} parts
 * @param {() => Server} [server]
 */
async function caught(parts, server = () => new Server()) {
  firings();
  for (let seed = FIRST; seed < FIRST + MOST; seed += 1) {
    try {
      await evening(parts, seed, { server: server() });
    } catch (problem) {
      assert.equal(/** @type {any} */ (problem)?.code, "ERR_ASSERTION", String(problem));
      return { seed, problem, fired: firings() };
    }
  }
  return { seed: 0, problem: null, fired: firings() };
}

test("evenings of every kind of fault are walked without a loss", async () => {
  const struck = new Set();
  for (let seed = FIRST; seed < FIRST + 60; seed += 1) {
    for (const name of (await evening(asItIs, seed)).struck.keys()) struck.add(name);
  }
  assert.equal(struck.size, 28, `these struck: ${[...struck].join(", ")}`);
});

test("one seed is one evening, to the last request", async () => {
  const walks = [];
  for (let walk = 0; walk < 2; walk += 1) {
    const server = new Server();
    server.transcript = [];
    const { events, requests } = await evening(asItIs, 7, { server });
    walks.push(JSON.stringify([events, requests, server.transcript]));
  }
  assert.ok(walks[0].length > 10_000);
  assert.equal(walks[0], walks[1]);
});

for (const [name, changes] of Object.entries({ ...OF_THE_PHONE, ...SEALED_OF_THE_PHONE })) {
  test(`the model notices a phone that ${name}`, async () => {
    const { problem, fired } = await caught(await app(mutant(changes)));
    assert.ok(problem, "the planted bug was not noticed");
    assert.ok(fired > 0, "the planted bug was never reached");
  });
}

for (const [name, Planted] of Object.entries({ ...OF_THE_SERVER, ...SEALED_OF_THE_SERVER })) {
  test(`the model notices a server that ${name}`, async () => {
    const { problem, fired } = await caught(asItIs, () => new Planted());
    assert.ok(problem, "the planted bug was not noticed");
    assert.ok(fired > 0, "the planted bug was never reached");
  });
}

test("a failing evening is made simpler: what is left of it are the faults that it needs", async () => {
  const Planted = OF_THE_SERVER["applies half a batch"];
  const { seed, problem } = await caught(asItIs, () => new Planted());
  const simple = await simpler(asItIs, seed, problem, () => ({ server: new Planted() }));
  assert.deepEqual(simple.needs, ["the server killed in a transaction"]);
  const { without, minutes } = simple;
  const again = { server: new Planted(), without: new Set(without), minutes };
  await assert.rejects(evening(asItIs, simple.seed, again), { name: "AssertionError" });
});
