// @ts-check
/**
 * Bugs of the kind that lose conversations elsewhere, planted one at a time: the shift's
 * law must catch each, and each must have been reached.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { AS_IT_IS, firings, mutant } from "./mutant.js";
import { parts, shift } from "./shift.js";
import { FAULTS } from "./world.js";

/** A shift in which every fault happens, between talks, reloads and two open tabs. */
const HARD = [
  ...FAULTS.flatMap((fault) => [
    { do: /** @type {const} */ ("talk") },
    { do: /** @type {const} */ ("talk") },
    { do: /** @type {const} */ ("send"), faults: [fault] },
    { do: /** @type {const} */ ("reload") },
  ]),
  { do: /** @type {const} */ ("two tabs") },
  { do: /** @type {const} */ ("undo") },
];

const ALL_KEPT = `batch.map(({ id, sha256 }) =>
  ({ id, sha256, status: "kept", reason: null }))`;

/** @type {Record<string, [file: string, from: string, to: string][]>} */
const BUGS = {
  "lets go on any 200, receipts or not": [
    ["sync/send.js", "released(batch, verdict.receipts);", `fired() && ${ALL_KEPT};`],
  ],
  "lets go without an answer": [
    ["sync/send.js", "} catch {\n", `} catch {\n    fired(); await letGo(shelf, ${ALL_KEPT});\n`],
  ],
  "takes a hotel's page for an answer": [
    ["sync/answer.js", 'reply(body) ?? "portal"', `(fired(), reply(body) ?? "all fine")`],
    [
      "sync/send.js",
      'if (typeof verdict === "string")',
      `if (verdict === "all fine") await letGo(shelf, ${ALL_KEPT});
       if (typeof verdict === "string")`,
    ],
  ],
  "lets go when the token is refused": [
    [
      "sync/send.js",
      'if (typeof verdict === "string")',
      `if (verdict === "refused" && fired()) await letGo(shelf, ${ALL_KEPT});
       if (typeof verdict === "string")`,
    ],
  ],
  "matches a receipt by id only": [
    ["core/receipts.js", "sent.get(id) === sha256", "sent.has(id) && fired()"],
    ["shelf/log.js", "kept?.sha256 !== sha256", "!kept"],
  ],
  "numbers without looking, so that two tabs share one": [
    ["shelf/log.js", "?? 0) + 1 !== seq) throw", "?? 0) + 1 !== seq && !fired()) throw"],
    ["shelf/shelf.js", "unique: true", "unique: false"],
  ],
  "starts numbering anew after a reload": [
    [
      "shelf/log.js",
      "const seq = Number(last ?? 0) + 1;",
      "fired(); const seq = (shelf.mine = (shelf.mine ?? 0) + 1);",
    ],
    ["shelf/log.js", "?? 0) + 1 !== seq)", "?? 0) < 0)"],
    ["shelf/shelf.js", "unique: true", "unique: false"],
  ],
  "gives every event of one moment the same id": [
    [
      "shelf/log.js",
      "uuid7(at, edge.chance(10));\n  for",
      "fired() && uuid7(at, new Uint8Array(10));\n  for",
    ],
    ["shelf/log.js", '("events").add(kept)', '("events").put(kept)'],
  ],
  "changes what was said as it is sealed": [
    [
      "shelf/lock.js",
      "filled({ event, sha256 })",
      "filled({ event: event.note && fired() ? { ...event, note: '' } : event, sha256 })",
    ],
  ],
  "forgets the outbox on reopening": [
    [
      "shelf/shelf.js",
      "async close() {",
      `async close() {
      fired();
      await this.write(["events"], (writing) => writing.objectStore("events").clear());`,
    ],
  ],
  "hashes what JSON happens to give": [
    ["core/event.js", "sha256(canonicalize(event))", "sha256((fired(), JSON.stringify(event)))"],
  ],
};

test("the hard shift is walked without a loss when no bug is planted", async () => {
  await shift(await parts(AS_IT_IS), HARD);
});

for (const [name, changes] of Object.entries(BUGS)) {
  test(`the hard shift notices a phone that ${name}`, async () => {
    const broken = await parts(mutant(changes));
    firings();
    await assert.rejects(shift(broken, HARD), { name: "AssertionError" });
    assert.ok(firings() > 0, "the planted bug was never reached");
  });
}
