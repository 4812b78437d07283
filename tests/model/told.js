// @ts-check
/**
 * Walk a few evenings, and tell what was asked of the model's server and what it
 * answered, for the real server to be asked the same: tests/server/test_model.py.
 *
 * What the model's phones sealed with its quick ciphers is sealed once more, as real
 * phones do it, to the key of contract/box/cases.json.
 *
 *   node tests/model/told.js FIRST COUNT
 */

import { VAULT } from "../../phone/shelf/vault.js";
import { BOXES, SEAL } from "../../phone/test/chapter.js";
import { AS_IT_IS } from "../../phone/test/mutant.js";
import { app } from "./app.js";
import { evening } from "./evening.js";
import { Server } from "./server.js";

const [first, count] = process.argv.slice(2).map(Number);
const parts = await app(AS_IT_IS);

/**
 * The same entries in earnest. Two that were alike stay alike.
 *
 * @param {Server} server
 */
async function inEarnest(server) {
  /** By the hash of the quick box. @type {Map<string, any>} */
  const real = new Map();
  for (const step of /** @type {any[]} */ (server.transcript)) {
    for (const entry of step.body?.events ?? []) {
      if (!real.has(entry.sha256)) real.set(entry.sha256, await sealed(server, entry));
    }
    if (!step.body) continue;
    step.body.events = step.body.events.map((/** @type {any} */ { sha256 }) => real.get(sha256));
    for (const receipt of step.answer.body.receipts ?? []) {
      receipt.sha256 = real.get(receipt.sha256).sha256;
    }
  }
  return server.transcript;
}

/**
 * @param {Server} server
 * @param {any} entry
 */
async function sealed(server, { id, packet, seq, key, box }) {
  const inner = server.ciphers.opened({ id, packet, seq, key, box });
  const info = `groundgame event 1 ${packet} ${id} ${seq}`;
  const again = await VAULT.seal(SEAL.public, JSON.stringify(inner), info);
  return { id, packet, seq, key: SEAL.key, box: again, sha256: await VAULT.sha256(again) };
}

const told = [];
for (let seed = first; seed < first + count; seed += 1) {
  const server = new Server();
  server.transcript = [];
  await evening(parts, seed, { server });
  told.push(await inEarnest(server));
}
process.stdout.write(JSON.stringify({ private: BOXES.private, key: SEAL.key, evenings: told }));
