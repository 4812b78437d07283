// @ts-check
/**
 * Whole shifts through a network that does its worst: nothing lost, doubled or altered.
 */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { AS_IT_IS } from "./mutant.js";
import { parts, shift } from "./shift.js";
import { FAULTS } from "./world.js";

const app = await parts(AS_IT_IS);

const fault = fc.constantFrom(...FAULTS);
const step = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: /** @type {const} */ ("talk") }) },
  { weight: 1, arbitrary: fc.constant({ do: /** @type {const} */ ("undo") }) },
  { weight: 1, arbitrary: fc.constant({ do: /** @type {const} */ ("reload") }) },
  { weight: 1, arbitrary: fc.constant({ do: /** @type {const} */ ("two tabs") }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant(/** @type {const} */ ("send")),
      faults: fc.array(fault, { maxLength: 4 }),
    }),
  },
);

test("whatever the network does, nothing that was saved is lost, doubled or altered", async () => {
  let sends = 0;
  const shifts = fc.asyncProperty(fc.array(step, { maxLength: 40, size: "max" }), async (steps) => {
    sends += await shift(app, steps);
  });
  await fc.assert(shifts, { numRuns: 200, seed: 20261103 });
  assert.ok(sends > 1000, `only ${sends} sends were tried`);
});
