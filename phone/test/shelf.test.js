// @ts-check
/**
 * The shelf keeps what it was given, whatever the phone does to it.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { conversation } from "../core/event.js";
import { drafts, hold } from "../shelf/drafts.js";
import { deviceOf, everything, lastSeq, letGo, notBelow, record, unsent } from "../shelf/log.js";
import { about, end, keep, leave, packets, StillUnsent } from "../shelf/packets.js";
import { rescueFile } from "../shelf/rescue.js";
import { NotSaved, shelf } from "../shelf/shelf.js";
import { gone, note } from "../shelf/tally.js";
import { opened, SEAL } from "./chapter.js";
import { AS_IT_IS, firings, mutant } from "./mutant.js";
import { CLAIMED, parts } from "./shift.js";
import { edge, freshName, PACKET, said } from "./world.js";

const real = IDBDatabase.prototype.transaction;

/** @param {import("../shelf/shelf.js").Shelf} on */
const talk = async (on, other = {}) => {
  await keep(on, CLAIMED);
  return record(on, edge(), (stamp) => conversation(stamp, said(other)), "elm-street-1");
};

/** @param {import("../shelf/log.js").Kept[]} all */
const receipts = (all) =>
  all.map(({ id, sha256 }) => ({ id, sha256, status: "kept", reason: null }));

/**
 * Every write that some work does, by how durable it asked to be.
 *
 * @param {() => Promise<unknown>} work
 */
async function durabilities(work) {
  /** @type {unknown[]} */
  const asked = [];
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === "readwrite") asked.push(options?.durability);
    return real.call(this, stores, mode, options);
  };
  try {
    await work();
  } finally {
    IDBDatabase.prototype.transaction = real;
  }
  return asked;
}

/** @param {Awaited<ReturnType<typeof parts>>} app */
const evening = (app) => async () => {
  const on = app.shelf(freshName());
  await app.keep(on, CLAIMED);
  await app.record(on, edge(), (stamp) => app.conversation(stamp, said()));
  await app.letGo(on, receipts(await app.unsent(on)));
  await app.notBelow(on, 9);
  await app.leave(on, PACKET);
};

test("every write waits for the disk", async () => {
  const asked = await durabilities(evening(await parts(AS_IT_IS)));
  assert.ok(asked.length >= 6);
  assert.deepEqual([...new Set(asked)], ["strict"]);
});

test("a shelf that leaves durability to the browser is noticed", async () => {
  const lazy = mutant([["shelf/shelf.js", '{ durability: "strict" }', "fired() && {}"]]);
  firings();
  const asked = await durabilities(evening(await parts(lazy)));
  assert.notDeepEqual([...new Set(asked)], ["strict"]);
  assert.ok(firings() > 0);
});

test("two open tabs never share a number, and neither loses an event", async () => {
  const name = freshName();
  const tabs = [shelf(name), shelf(name)];
  await Promise.all([...tabs, ...tabs, ...tabs].map((tab) => talk(tab)));
  assert.deepEqual(
    (await everything(tabs[0])).map(({ seq }) => seq),
    [1, 2, 3, 4, 5, 6],
  );
  assert.equal(await deviceOf(tabs[0], edge()), await deviceOf(tabs[1], edge(7)));
});

test("a save takes its draft off the shelf; a save that fails leaves it there", async () => {
  const on = shelf(freshName());
  const draft = { packet: PACKET, door: "elm-street-1", person: null, result: null };
  await keep(on, CLAIMED);
  await hold(on, { ...draft, answers: {}, note: "half a sen" });
  await full(() => assert.rejects(talk(on), { name: "Error", why: "full" }));
  assert.equal((await drafts(on))[0].note, "half a sen");
  await talk(on);
  assert.deepEqual(await drafts(on), []);
});

/**
 * A phone without room.
 *
 * @param {() => Promise<unknown>} work
 */
async function full(work) {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.add = add;
  }
}

test("a full phone refuses aloud, keeps what it had, and uses up no number", async () => {
  const on = shelf(freshName());
  await talk(on);
  await full(() => assert.rejects(talk(on), NotSaved));
  await talk(on);
  assert.deepEqual(
    (await unsent(on)).map(({ seq }) => seq),
    [1, 2],
  );
});

test("a database that the system closed is opened again, and all is there", async () => {
  const on = shelf(freshName());
  await talk(on);
  await on.close();
  await talk(on);
  assert.equal((await everything(on)).length, 2);
});

test("a connection that died without a word is replaced", async () => {
  const on = shelf(freshName());
  await talk(on);
  let dead = 1;
  IDBDatabase.prototype.transaction = function (...request) {
    if (dead-- > 0) throw new DOMException("closing", "InvalidStateError");
    return real.apply(this, request);
  };
  try {
    await talk(on);
  } finally {
    IDBDatabase.prototype.transaction = real;
  }
  assert.equal((await everything(on)).length, 2);
});

test("a receipt with another hash lets nothing go", async () => {
  const on = shelf(freshName());
  const [first] = receipts([await talk(on)]);
  await letGo(on, [{ ...first, sha256: "0".repeat(64) }]);
  assert.equal((await unsent(on)).length, 1);
  await letGo(on, [first]);
  assert.equal((await unsent(on)).length, 0);
  assert.equal((await everything(on)).length, 1);
});

test("a phone put back to an older day never reuses a number the server has seen", async () => {
  const on = shelf(freshName());
  await talk(on);
  await notBelow(on, 40);
  await notBelow(on, 12);
  assert.equal((await talk(on)).seq, 41);
});

test("a packet cannot leave while one entry is unsent; it leaves whole when all is sent", async () => {
  const on = shelf(freshName());
  await keep(on, CLAIMED);
  await talk(on);
  await assert.rejects(leave(on, PACKET), StillUnsent);
  assert.equal((await packets(on)).length, 1);
  await letGo(on, receipts(await unsent(on)));
  await leave(on, PACKET);
  assert.deepEqual([await packets(on), await everything(on)], [[], []]);
  assert.deepEqual([(await about(on)).left, await lastSeq(on)], [1, 1]);
});

test("a phone that clears the outbox on leaving is noticed", async () => {
  const careless = mutant([
    ["shelf/packets.js", "if (due > 0) throw", "if (due > 0 && !fired()) throw"],
  ]);
  const app = await parts(careless);
  const on = app.shelf(freshName());
  await app.keep(on, CLAIMED);
  await app.record(on, edge(), (stamp) => app.conversation(stamp, said()));
  firings();
  await assert.rejects(assert.rejects(app.leave(on, PACKET)));
  assert.ok(firings() > 0);
});

test("a packet out of hand loses its doors at once and its unsent entries never", async () => {
  const on = shelf(freshName());
  await keep(on, CLAIMED);
  await talk(on);
  await end(on, PACKET, "ended");
  const [packet] = await packets(on);
  assert.deepEqual([packet.bundle, packet.ended, packet.token], [null, "ended", "token"]);
  assert.equal((await unsent(on)).length, 1);
});

test("the rescue file holds exactly what was not sent, as it would have been sent", async () => {
  const on = shelf(freshName());
  const [first, second] = [await talk(on), await talk(on)];
  await letGo(on, receipts([first]));
  const file = JSON.parse(rescueFile(await unsent(on), "device"));
  const { id, seq, packet, event, sha256 } = second;
  const { box, ...label } = file.events[0];
  assert.deepEqual(label, { id, packet, seq, key: SEAL.key, sha256 });
  assert.deepEqual((await opened(file.events[0])).event, event);
  assert.deepEqual(
    { ...file, events: file.events.length },
    {
      ...{ format: 1, device: "device", events: 1 },
    },
  );
});

test("an emptied shelf is noticed by what stands beside it, and a shelf that stands is not", () => {
  const beside = new Map();
  const notes = {
    getItem: (/** @type {string} */ key) => beside.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => beside.set(key, value),
    removeItem: (/** @type {string} */ key) => beside.delete(key),
  };
  assert.equal(gone(notes, "old"), null);
  note(notes, { device: "old", saved: 12, unsent: 3 });
  assert.equal(gone(notes, "old"), null);
  assert.deepEqual(gone(notes, "new"), { device: "old", saved: 12, unsent: 3 });
  beside.set("groundgame.tally", "{broken");
  assert.equal(gone(notes, "new"), null);
});

test("a page that is left holds up no page after it", async () => {
  const name = freshName();
  const [frozen, next] = [shelf(name), shelf(name)];
  await talk(frozen);
  const stuck = frozen.write(["meta"], async (writing) => {
    for (;;) await writing.objectStore("meta").get("seq"); // it never comes to an end
  });
  const waiting = lastSeq(next);

  setTimeout(() => frozen.breakOff(), 20);

  await assert.rejects(stuck, (problem) => problem instanceof NotSaved && problem.why === "closed");
  assert.equal(await waiting, 1);
  assert.equal((await everything(frozen)).length, 1);
});
