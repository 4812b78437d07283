// @ts-check
/**
 * A shift on a bad network, and the law it must keep: what was saved is on the phone or
 * on the server, whole, once, at every moment; and in the end it is on the server.
 */

import assert from "node:assert/strict";
import { opened, SEAL } from "./chapter.js";
import { edge, freshName, network, PACKET, Server, said } from "./world.js";

/**
 * @typedef {{ do: "talk" } | { do: "undo" } | { do: "reload" } | { do: "two tabs" }
 *   | { do: "send", faults: string[] }} Step
 */

/**
 * The parts of the app, from wherever they lie.
 *
 * @param {URL} root
 */
export async function parts(root) {
  const from = (/** @type {string} */ file) => import(new URL(file, root).href);
  return {
    .../** @type {typeof import("../shelf/shelf.js")} */ (await from("shelf/shelf.js")),
    .../** @type {typeof import("../shelf/log.js")} */ (await from("shelf/log.js")),
    .../** @type {typeof import("../shelf/packets.js")} */ (await from("shelf/packets.js")),
    .../** @type {typeof import("../core/event.js")} */ (await from("core/event.js")),
    .../** @type {typeof import("../core/log.js")} */ (await from("core/log.js")),
    .../** @type {typeof import("../sync/send.js")} */ (await from("sync/send.js")),
  };
}

/** @typedef {Awaited<ReturnType<typeof parts>>} Parts */

/** What a claimed packet looks like to the shelf. */
export const CLAIMED = {
  token: "token",
  name: "Ana",
  bundle: /** @type {any} */ ({
    ...{ format: 1, packet: PACKET, code: "7KQ2-MX4P", stops: [] },
    ...{ expires: "2030-01-01T00:00:00+00:00", seal: SEAL },
  }),
};

/**
 * Walk a shift, and hold it to the law.
 *
 * @param {Parts} app
 * @param {readonly Step[]} steps
 */
export async function shift(app, steps) {
  const name = freshName();
  const device = edge();
  const server = new Server();
  const saved = new Map();
  let shelf = app.shelf(name);
  let sends = 0;
  await app.keep(shelf, CLAIMED);

  const talk = async (/** @type {any} */ on) => {
    const note = `conversation ${saved.size}`;
    const kept = await app.record(on, device, (stamp) => app.conversation(stamp, said({ note })));
    saved.set(kept.id, structuredClone(kept));
  };
  /** @type {Record<string, (step: any) => Promise<void>>} */
  const deeds = {
    talk: () => talk(shelf),
    async undo() {
      const last = [...saved.values()].at(-1);
      if (!last) return;
      const kept = await app.record(shelf, device, (stamp) => app.withdrawal(stamp, last));
      saved.set(kept.id, structuredClone(kept));
    },
    async reload() {
      await shelf.close();
      shelf = app.shelf(name);
    },
    async "two tabs"() {
      const other = app.shelf(name);
      await Promise.all([talk(shelf), talk(other), talk(shelf)]);
      await other.close();
    },
    async send({ faults }) {
      sends += 1;
      await app.sender(shelf, network(server, [...faults]))();
      await nothingLost(app, shelf, server, saved);
    },
  };
  for (const step of steps) await deeds[step.do](step);
  for (let sync = 0; sync < 3; sync += 1) await deeds.send({ faults: [] });

  assert.equal((await app.unsent(shelf)).length, 0, "the outbox is not empty in the end");
  assert.equal(server.kept.size, saved.size, "the server has more or less than was saved");
  const seqs = [...saved.values()].map(({ seq }) => seq).sort((a, b) => a - b);
  assert.deepEqual(
    seqs,
    [...seqs.keys()].map((index) => index + 1),
    "numbers have gaps or repeat",
  );
  await shelf.close();
  return sends;
}

/**
 * @param {Parts} app
 * @param {any} shelf
 * @param {Server} server
 * @param {Map<string, any>} saved
 */
async function nothingLost(app, shelf, server, saved) {
  const due = new Map((await app.unsent(shelf)).map((kept) => [kept.id, kept]));
  for (const [id, { event }] of saved) {
    const waits = due.get(id);
    const somewhere = waits ? await opened(waits) : server.kept.get(id);
    assert.ok(somewhere, `number ${event.seq} is neither on the phone nor on the server`);
    assert.deepEqual(somewhere.event, event, `number ${event.seq} was altered`);
  }
}
