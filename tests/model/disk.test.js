// @ts-check
/**
 * The model's disk is held to a real IndexedDB: whatever the app does to its shelf, both
 * hold the same and answer the same.
 */

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { AS_IT_IS } from "../../phone/test/mutant.js";
import { CLAIMED } from "../../phone/test/shift.js";
import { edge, freshName, PACKET, said } from "../../phone/test/world.js";
import { app } from "./app.js";
import { Chance } from "./chance.js";
import { Ciphers } from "./cipher.js";
import { Disk, Life } from "./disk.js";

const parts = await app(AS_IT_IS);
const OTHER = "00000000-0000-4000-8000-00000000a002";

/** @typedef {{ do: string, n: number }} Step */

/** The same ciphers each time: what lies on both disks can be compared. */
const SEAL = new Ciphers(new Chance(1, "disks")).told;
const vault = () => new Ciphers(new Chance(1, "disks")).vault(new Chance(1, "numbers"));
const CLAIM = { ...CLAIMED, bundle: { ...CLAIMED.bundle, seal: SEAL } };

/**
 * Do the same to a shelf, whatever it stands on, and tell what it said.
 *
 * @param {any} shelf
 * @param {readonly Step[]} steps
 */
async function walk(shelf, steps) {
  let drawn = 0;
  const device = {
    ...edge(),
    chance: (/** @type {number} */ count) => {
      drawn += 1;
      return new Uint8Array(count).fill(drawn);
    },
  };
  const packet = (/** @type {number} */ n) => (n % 3 === 0 ? OTHER : PACKET);
  const receipt = (/** @type {any} */ { id, sha256 }) => ({ id, sha256, status: "kept" });
  /** @type {Record<string, (n: number) => Promise<unknown>>} */
  const deeds = {
    keep: (n) => parts.keep(shelf, { ...CLAIM, bundle: { ...CLAIM.bundle, packet: packet(n) } }),
    talk: (n) =>
      parts.record(shelf, device, (stamp) =>
        parts.conversation(stamp, said({ packet: packet(n) })),
      ),
    "let go": async (n) => parts.letGo(shelf, (await parts.unsent(shelf)).slice(0, n).map(receipt)),
    again: (n) => parts.sendAgain(shelf, [n, n + 1]),
    water: (n) => parts.notBelow(shelf, n),
    leave: (n) => parts.leave(shelf, packet(n)),
    end: (n) => parts.end(shelf, packet(n), "ended"),
  };
  const heard = [];
  for (const { do: deed, n } of steps) {
    const answer = await deeds[deed](n).catch((/** @type {any} */ { message }) => ({ message }));
    heard.push(answer, await parts.unsent(shelf), await parts.everything(shelf));
    heard.push(await parts.packets(shelf), await parts.about(shelf), await parts.lastSeq(shelf));
  }
  return heard;
}

const step = fc.record({
  do: fc.constantFrom("keep", "talk", "talk", "talk", "let go", "again", "water", "leave", "end"),
  n: fc.integer({ min: 0, max: 6 }),
});

test("a shelf on the model's disk does what it does on IndexedDB", async () => {
  const walks = fc.asyncProperty(fc.array(step, { maxLength: 25, size: "max" }), async (steps) => {
    const real = parts.shelf(freshName(), undefined, vault());
    const model = parts.shelf("model", new Disk().opener(new Life()), vault());
    assert.deepEqual(await walk(model, steps), await walk(real, steps));
    await real.close();
  });
  await fc.assert(walks, { numRuns: 60, seed: 20261103 });
});

test("a process that dies in the middle leaves all of a write or nothing", async () => {
  const kept = new Set();
  for (let steps = 0; steps < 20; steps += 1) {
    const [disk, locks] = [new Disk(), vault()];
    const first = parts.shelf("model", disk.opener(new Life()), locks);
    await parts.keep(first, CLAIM);
    const life = new Life();
    life.left = steps;
    const dying = parts.shelf("model", disk.opener(life), locks);
    parts.record(dying, edge(), (stamp) => parts.conversation(stamp, said()));
    await new Promise((resolve) => setImmediate(resolve));
    life.die();
    const events = await parts.everything(first);
    assert.equal(await parts.lastSeq(first), events.length, "a number without its event");
    kept.add(events.length);
  }
  assert.deepEqual([...kept].sort(), [0, 1]);
});

test("a dead battery takes what was not flushed, and nothing that was", async () => {
  const disk = new Disk();
  const shelf = parts.shelf("model", disk.opener(new Life()), vault());
  await parts.keep(shelf, CLAIM);
  const database = await disk.opener(new Life())("model", 1, {});
  const lazy = database.transaction(["meta"], "readwrite", { durability: "relaxed" });
  await lazy.objectStore("meta").put(9, "seq");
  await lazy.done;
  assert.equal(await parts.lastSeq(shelf), 9);
  disk.powerCut();
  assert.equal(await parts.lastSeq(shelf), 0);
  assert.equal((await parts.packets(shelf)).length, 1);
});
