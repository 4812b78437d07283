// @ts-check
/**
 * Walk a few evenings, and tell what was asked of the model's server and what it
 * answered, for the real server to be asked the same: tests/server/test_model.py.
 *
 *   node tests/model/told.js FIRST COUNT
 */

import { AS_IT_IS } from "../../phone/test/mutant.js";
import { app } from "./app.js";
import { evening } from "./evening.js";
import { Server } from "./server.js";

const [first, count] = process.argv.slice(2).map(Number);
const parts = await app(AS_IT_IS);
const told = [];
for (let seed = first; seed < first + count; seed += 1) {
  const server = new Server();
  server.transcript = [];
  await evening(parts, seed, { server });
  told.push(server.transcript);
}
process.stdout.write(JSON.stringify(told));
