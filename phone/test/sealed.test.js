// @ts-check
/**
 * What a lost phone gives away: nothing of what people said, whoever looks at its disk.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { conversation } from "../core/event.js";
import { reckoned } from "../core/time.js";
import { timeOf } from "../shelf/clock.js";
import { drafts, hold } from "../shelf/drafts.js";
import { harden } from "../shelf/harden.js";
import { everything, letGo, record, unsent } from "../shelf/log.js";
import { end, keep, leave, packets } from "../shelf/packets.js";
import { shelf } from "../shelf/shelf.js";
import { opened } from "./chapter.js";
import { AS_IT_IS, firings, mutant } from "./mutant.js";
import { CLAIMED, parts } from "./shift.js";
import { edge, freshName, PACKET, said } from "./world.js";

const SECRET = "owes rent";
const STREET = "Elm Street 12";
const CLAIM = {
  ...CLAIMED,
  bundle: { ...CLAIMED.bundle, stops: /** @type {any} */ ([{ door: "d", address: STREET }]) },
};
const END = Date.parse(CLAIMED.bundle.expires);

/** @typedef {Awaited<ReturnType<typeof parts>>} Parts */

/**
 * Everything on a disk, in letters.
 *
 * @param {any} on
 */
async function disk(on) {
  const rows = await on.read(["meta", "packets", "events", "drafts"], (/** @type {any} */ r) =>
    Promise.all(
      ["meta", "packets", "events", "drafts"].map((name) => r.objectStore(name).getAll()),
    ),
  );
  return JSON.stringify(rows, (_, value) =>
    value instanceof ArrayBuffer ? Buffer.from(value).toString("latin1") : value,
  );
}

/** @param {Parts} app */
async function evening(app) {
  const on = app.shelf(freshName());
  await app.keep(on, CLAIM);
  await app.record(on, edge(), (stamp) => app.conversation(stamp, said({ note: SECRET })));
  return on;
}

/** @param {Parts} app */
async function nothingToRead(app) {
  const on = await evening(app);
  const there = await disk(on);
  assert.ok(!there.includes(SECRET), "what was said lies open on the disk");
  assert.ok(!there.includes(STREET), "the doors lie open on the disk");
  const held = await on.read(["packets"], (reading) => reading.objectStore("packets").get(PACKET));
  await assert.rejects(crypto.subtle.exportKey("raw", /** @type {any} */ (held?.key)));
}

/** @param {Parts} app */
async function nothingAfterItsTime(app) {
  const on = await evening(app);
  await app.expire(on, END - 1);
  assert.equal((await app.packets(on))[0].bundle?.stops.length, 1, "it went before its time");
  await app.expire(on, END);
  const [packet] = await app.packets(on);
  assert.deepEqual([packet.bundle, packet.ended], [null, "expired"], "its doors are still here");
  const [kept] = await app.everything(on);
  assert.equal(kept?.event, null, "what was said can still be read");
  const row = await on.read(["packets"], (reading) => reading.objectStore("packets").get(PACKET));
  assert.equal(row?.key, undefined, "its key is still here");
  const [waits] = await app.unsent(on);
  assert.ok(waits, "the outbox went with the packet");
  assert.equal((await opened(waits)).event.note, SECRET);
}

/** Each law with bugs that it must catch. @type {[typeof nothingToRead, Record<string, any>][]} */
const LAWS = [
  [
    nothingToRead,
    {
      "keeps a plain copy": [
        ["shelf/lock.js", "copy, ...state }", "copy, event: fired() && event, ...state }"],
      ],
      "keeps the doors in the open": [
        [
          "shelf/packets.js",
          "inside: await lock(",
          "bundle: fired() && bundle, inside: await lock(",
        ],
      ],
      "has a key that can be read out": [
        ["shelf/vault.js", "generateKey(how, false,", "generateKey(how, fired(),"],
      ],
    },
  ],
  [
    nothingAfterItsTime,
    {
      "lets a packet stay for ever": [
        ["shelf/packets.js", "if (over && !busy(id))", "if (over && !busy(id) && !fired())"],
      ],
      "drops the key's doors and keeps its copies": [
        ["shelf/packets.js", "const { key: _, ...rest } = held;", "const rest = (fired(), held);"],
      ],
      "drops the outbox with the doors": [
        [
          "shelf/packets.js",
          'if ("copy" in kept && kept.copy) await events.put({ ...kept, copy: null });',
          "if (fired()) await events.delete(kept.id);",
        ],
      ],
      "believes that every packet has run out": [
        ["shelf/packets.js", "Date.parse(expires) <= time", "fired()"],
      ],
    },
  ],
];

for (const [law, bugs] of LAWS) {
  test(`${law.name}: it holds`, async () => law(await parts(AS_IT_IS)));
  for (const [name, changes] of Object.entries(bugs)) {
    test(`${law.name} notices a phone that ${name}`, async () => {
      const app = await parts(mutant(changes));
      firings();
      await assert.rejects(law(app), { code: "ERR_ASSERTION" });
      assert.ok(firings() > 0, "the planted bug was never reached");
    });
  }
}

test("a browser that keeps no key of its own still locks a turf away, and lets it go", async () => {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, ...rest) {
    if (value?.key instanceof CryptoKey) throw new DOMException("no", "DataCloneError");
    return put.call(this, value, ...rest);
  };
  try {
    const on = shelf(freshName());
    await keep(on, CLAIM);
    await record(on, edge(), (stamp) => conversation(stamp, said({ note: SECRET })));
    assert.equal((await packets(on))[0].bundle?.stops.length, 1);
    assert.ok(!(await disk(on)).includes(STREET));
    await end(on, PACKET, "expired");
    assert.equal((await everything(on))[0].event, null);
  } finally {
    IDBObjectStore.prototype.put = put;
  }
});

test("two boxes of one event are not alike, and all are of one length", async () => {
  const on = shelf(freshName());
  await keep(on, CLAIM);
  for (const note of ["", SECRET, SECRET]) {
    await record(on, edge(), (stamp) => conversation(stamp, said({ note })));
  }
  const boxes = (await unsent(on)).map((row) => ("box" in row ? row.box : ""));
  assert.equal(new Set(boxes).size, 3);
  assert.equal(new Set(boxes.map((box) => box.length)).size, 1);
});

test("whoever has the packet in hand sees and corrects what was said, also after a reload", async () => {
  const name = freshName();
  const on = shelf(name);
  await keep(on, CLAIM);
  await record(on, edge(), (stamp) => conversation(stamp, said({ note: SECRET })));
  await hold(on, /** @type {any} */ ({ packet: PACKET, door: "d", note: "half a sen" }));
  await on.close();
  const again = shelf(name);
  const [kept] = await everything(again);
  assert.equal(kept.event?.kind === "conversation" && kept.event.note, SECRET);
  assert.equal((await drafts(again))[0].note, "half a sen");
  assert.equal((await packets(again))[0].bundle?.stops.length, 1);
});

test("a packet that comes back into hand has a key again, and what was sealed stays sealed", async () => {
  const on = shelf(freshName());
  await keep(on, CLAIM);
  await record(on, edge(), (stamp) => conversation(stamp, said({ note: SECRET })));
  await hold(on, /** @type {any} */ ({ packet: PACKET, door: "d", note: "half a sen" }));
  await end(on, PACKET, "ended");
  assert.deepEqual(await drafts(on), []);
  await keep(on, CLAIM);
  await record(on, edge(), (stamp) => conversation(stamp, said({ note: "again" })));
  const [first, second] = await everything(on);
  assert.deepEqual([first.event, second.event?.kind], [null, "conversation"]);
  await letGo(
    on,
    (await unsent(on)).map(({ id, sha256 }) => ({ id, sha256, status: "kept", reason: null })),
  );
  await leave(on, PACKET);
  assert.deepEqual([await everything(on), await packets(on)], [[], []]);
});

test("what an older release left lying open is sealed, and still sent", async () => {
  const on = shelf(freshName());
  const { bundle } = CLAIM;
  const event = /** @type {any} */ (
    conversation({ id: "i", device: "d", seq: 1, at: 1 }, said({ note: SECRET }))
  );
  const draft = { packet: PACKET, door: "d", note: SECRET };
  await on.write(["packets", "events", "drafts"], async (writing) => {
    const { packet: id, code } = bundle;
    await writing
      .objectStore("packets")
      .put({ id, token: "t", name: "Ana", code, bundle, ended: null });
    const row = { id: "i", seq: 1, packet: PACKET, event, sha256: "f", status: null, reason: null };
    await writing.objectStore("events").put({ ...row, unsent: 1 });
    await writing
      .objectStore("events")
      .put({ ...row, id: "j", seq: 2, event: { ...event, id: "j", seq: 2 } });
    await writing.objectStore("drafts").put(/** @type {any} */ (draft));
  });
  assert.equal((await unsent(on)).length, 1);
  await harden(on);
  await harden(on);
  assert.ok(!(await disk(on)).includes(SECRET));
  const [waits, ...others] = await unsent(on);
  assert.equal(others.length, 0);
  assert.deepEqual((await opened(waits)).event, event);
  assert.equal((await everything(on)).length, 2);
  assert.equal((await drafts(on))[0].note, SECRET);
});

test("a phone at 1970 or 2038 counts the server's time, and never back", async () => {
  const on = shelf(freshName());
  const hour = 3_600_000;
  const look = { wall: 0, steady: 5, watched: false };
  assert.equal(await timeOf(on, look), null);
  assert.equal(await timeOf(on, look, END - hour), END - hour);
  assert.equal(await timeOf(on, { ...look, wall: hour / 2 }), END - hour / 2);
  assert.equal(await timeOf(on, { ...look, wall: -9 * hour }), END - hour / 2);
  assert.equal(await timeOf(on, { ...look, wall: -8 * hour }), END + hour / 2);
});

test("a clock that jumps before one's eyes takes no turf away", () => {
  const last = { time: END - 60_000, wall: 1_000, steady: 0 };
  const jump = { wall: 2_145_916_800_000, steady: 30_000, watched: true };
  assert.equal(reckoned(last, jump)?.time, END - 30_000);
});
