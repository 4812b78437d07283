// @ts-check
/**
 * Sending, case by case: what each answer of the network means for the outbox.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { conversation } from "../core/event.js";
import { everything, letGo, record, unsent } from "../shelf/log.js";
import { keep } from "../shelf/packets.js";
import { shelf } from "../shelf/shelf.js";
import { judge } from "../sync/answer.js";
import { loop } from "../sync/loop.js";
import { sender } from "../sync/send.js";
import { CLAIMED } from "./shift.js";
import { edge, freshName, network, PACKET, Server, said } from "./world.js";

const OTHER = "00000000-0000-4000-8000-00000000a002";

/** @param {number} count */
async function outbox(count, packet = PACKET) {
  const on = shelf(freshName());
  await keep(on, CLAIMED);
  for (let made = 0; made < count; made += 1) await talk(on, packet);
  return on;
}

/** @param {import("../shelf/shelf.js").Shelf} on */
const talk = (on, packet = PACKET) =>
  record(on, edge(), (stamp) => conversation(stamp, said({ packet })));

test("each answer means what it can mean, and only receipts mean kept", () => {
  const problem = { type: "/problems/x" };
  /** @type {[number, unknown, string][]} */
  const cases = [
    ...[
      [200, undefined, "portal"],
      [200, { ok: true }, "portal"],
      [302, undefined, "portal"],
    ],
    ...[
      [401, problem, "refused"],
      [403, problem, "refused"],
      [403, undefined, "portal"],
    ],
    ...[
      [413, undefined, "choked"],
      [422, problem, "choked"],
      [500, undefined, "choked"],
    ],
    ...[
      [429, problem, "busy"],
      [503, undefined, "busy"],
      [511, undefined, "busy"],
    ],
  ];
  for (const [status, body, meaning] of cases) assert.equal(judge({ status, body }), meaning);
});

test("one entry that the server cannot take does not hold up the others", async () => {
  const on = await outbox(9);
  const server = new Server();
  const post = async (/** @type {string} */ _token, /** @type {any} */ body) =>
    body.events.some((/** @type {any} */ { seq }) => seq === 4)
      ? { status: 500, body: undefined }
      : { status: 200, body: await server.take(body) };
  const { trouble } = await sender(on, post)();
  assert.equal(trouble, "choked");
  assert.deepEqual(
    (await unsent(on)).map(({ seq }) => seq),
    [4],
  );
});

test("a packet whose token is refused keeps its entries, and the others are sent", async () => {
  const on = await outbox(2);
  await keep(on, { ...CLAIMED, token: "good", bundle: { ...CLAIMED.bundle, packet: OTHER } });
  await talk(on, OTHER);
  const server = new Server();
  const post = async (/** @type {string} */ token, /** @type {any} */ body) =>
    token === "good"
      ? { status: 200, body: await server.take(body) }
      : { status: 401, body: { type: "/problems/token" } };
  assert.equal((await sender(on, post)()).trouble, "refused");
  assert.deepEqual(
    (await unsent(on)).map(({ packet }) => packet),
    [PACKET, PACKET],
  );
});

test("what the server has lost is sent again, once; what the phone has lost is named", async () => {
  const on = await outbox(4);
  const server = new Server();
  const send = sender(on, network(server, []));
  await send();
  const all = await everything(on);
  server.kept.delete(all[1].id);
  await on.write(["events"], (writing) => writing.objectStore("events").delete(all[2].id));
  server.kept.delete(all[2].id);
  await talk(on);
  const { lost } = await send();
  assert.deepEqual(lost, [3]);
  assert.deepEqual(
    (await unsent(on)).map(({ seq }) => seq),
    [2],
  );
  await send();
  assert.ok(server.kept.has(all[1].id));
  assert.equal((await unsent(on)).length, 0);
});

test("an answer that names nothing of the batch is no word about this phone's numbers", async () => {
  const on = await outbox(1);
  const stale = { receipts: [], high_water: 40, missing: [2, 3] };
  const outcome = await sender(on, async () => ({ status: 200, body: stale }))();
  assert.deepEqual([outcome.trouble, outcome.lost], ["unclear", []]);
  await talk(on);
  assert.deepEqual(
    (await unsent(on)).map(({ seq }) => seq),
    [1, 2],
  );
});

test("nothing is saved under a packet that has left: it could never be sent", async () => {
  const on = shelf(freshName());
  await assert.rejects(talk(on), { name: "Error", why: "left" });
  assert.equal((await unsent(on)).length, 0);
});

/**
 * A loop over a clock that only moves when told.
 *
 * @param {string[]} troubles of each run, in order
 */
function clockwork(troubles, { due = 1, free = true } = {}) {
  /** @type {{ at: number, work: () => void }[]} */
  const timers = [];
  /** @type {any[]} */
  const reports = [];
  const runs = { count: 0 };
  const ticking = loop({
    send: async () => {
      runs.count += 1;
      const trouble = /** @type {any} */ (troubles.shift() ?? null);
      if (!trouble) due = 0;
      return { trouble, after: 0, lost: [] };
    },
    due: async () => due,
    alone: async (work) => {
      if (free) await work();
      return free;
    },
    after: (at, work) => timers.push({ at, work }),
    cancel: () => timers.splice(0),
    chance: () => 1,
    report: (report) => reports.push(report),
  });
  return { ticking, timers, reports, runs };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("after failures the next try comes ever later; hope does not wait for it", async () => {
  const { ticking, timers, runs } = clockwork(["offline", "busy", "portal"]);
  await ticking.hope();
  assert.deepEqual(
    timers.map(({ at }) => at),
    [5_000],
  );
  ticking.saved();
  await settled();
  assert.equal(runs.count, 1, "a save does not hurry a network that just failed");
  await timers[0].work();
  assert.deepEqual(
    timers.map(({ at }) => at),
    [10_000],
  );
  await ticking.hope();
  assert.deepEqual(
    timers.map(({ at }) => at),
    [20_000],
  );
  await ticking.hope();
  assert.equal(runs.count, 4);
  assert.deepEqual(timers, [], "nothing is due, nothing is planned");
});

test("while another tab sends, this one sends nothing and looks again soon", async () => {
  const { ticking, timers, runs } = clockwork([], { free: false });
  await ticking.hope();
  assert.deepEqual([runs.count, timers.map(({ at }) => at)], [0, [3_000]]);
});

test("two calls at once are one run and then one more, never two side by side", async () => {
  const { ticking, runs, timers } = clockwork([]);
  await Promise.all([ticking.hope(), ticking.hope(), ticking.hope()]);
  assert.equal(runs.count, 1);
  assert.equal(timers.length, 1);
});

test("an entry that a newer receipt list forgets to name stays due", async () => {
  const on = await outbox(2);
  const [first] = await unsent(on);
  await letGo(on, [{ id: first.id, sha256: first.sha256, status: "kept", reason: null }]);
  assert.equal((await unsent(on)).length, 1);
});
