// @ts-check
/**
 * The core, by hand and by law: codes, events, receipts, scripts, the way through a turf.
 */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { fromLink, tidy } from "../core/code.js";
import { clean, conversation, uuid7 } from "../core/event.js";
import { holding, ordered } from "../core/log.js";
import { batches, gaps, reply } from "../core/receipts.js";
import { pause } from "../core/retry.js";
import { inWords, kept, valid } from "../core/script.js";
import { next, progress, stretches } from "../core/turf.js";
import { PACKET, said } from "./world.js";

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const chance = fc.uint8Array({ minLength: 10, maxLength: 10 });
const stamp = { id: "e", device: "d", seq: 1, at: 5 };

test("an id is a UUID of version 7, whatever the clock says", () => {
  const clock = fc.oneof(fc.double(), fc.constantFrom(-1, 0, NaN, Infinity, 2 ** 48, 2 ** 53));
  fc.assert(fc.property(clock, chance, (at, bytes) => assert.match(uuid7(at, bytes), UUID7)));
});

test("a later moment gives a greater id", () => {
  const bytes = new Uint8Array(10).fill(255);
  assert.ok(uuid7(1000, bytes) < uuid7(1001, new Uint8Array(10)));
});

test("what was typed has no half characters, no control characters, and is not too long", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) => {
      const text = clean(`${typed}\uD800\u0000`, 20);
      assert.ok([...text].length <= 20);
      assert.doesNotMatch(text, /\p{Surrogate}|(?![\n\t])\p{Control}/u);
    }),
  );
  assert.equal(clean(" one\r\ntwo\u0000 ", 100), "one\ntwo");
});

test("a clock beyond all numbers still makes an event that the log can hold", () => {
  const event = conversation({ ...stamp, at: Infinity }, said());
  assert.equal(event.at, Number.MAX_SAFE_INTEGER);
});

test("the log gives the same answer in any order and however often an entry comes", () => {
  const entry = fc.record({ seq: fc.integer({ min: 1, max: 9 }), undo: fc.boolean() });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ seq }) => seq }), fc.nat(), (made, turn) => {
      const log = made.map(({ seq, undo }) => {
        const own = { id: `e${seq}`, device: "d", seq, packet: PACKET, at: 0 };
        const of = `e${seq - 1}`;
        const event = undo
          ? { ...own, kind: /** @type {const} */ ("withdrawal"), of }
          : conversation({ ...stamp, ...own }, said());
        return { event, position: null };
      });
      const shuffled = [...log.slice(turn % (log.length || 1)), ...log];
      assert.deepEqual(ordered(shuffled), ordered(log));
      assert.deepEqual(holding(shuffled.reverse()), holding(log));
    }),
  );
});

test("a code is read as people type it, and is refused when it cannot be one", () => {
  assert.equal(tidy(" 7kq2 mx4p"), "7KQ2-MX4P");
  assert.equal(tidy("oilO-1234"), "0110-1234");
  assert.equal(tidy("7KQ2\u2013MX4P"), "7KQ2-MX4P");
  for (const no of ["", "7KQ2-MX4", "7KQ2-MX4PP", "UUUU-UUUU", "7KQ2-MX4!"]) {
    assert.equal(tidy(no), null);
  }
  assert.equal(fromLink("https://elm.example/phone/#code=7kq2-mx4p"), "7KQ2-MX4P");
  assert.equal(fromLink("#code=%E0%A4%A"), null);
});

test("only a body with receipts is an answer", () => {
  for (const no of [undefined, null, 5, "ok", {}, { receipts: "all" }, []]) {
    assert.equal(reply(no), null);
  }
  assert.deepEqual(reply({ receipts: [null, { id: 1 }], missing: ["x", -1, 2] }), {
    ...{ receipts: [], high_water: 0, missing: [2], time: null },
  });
});

test("a batch holds one packet, and neither too many entries nor too large a body", () => {
  const make = (/** @type {number} */ seq, /** @type {string} */ packet) => ({
    event: conversation({ ...stamp, id: `e${seq}`, seq }, said({ packet, note: "x".repeat(50) })),
    ...{ id: `e${seq}`, packet, sha256: "" },
  });
  const outbox = [1, 2, 3, 4, 5].map((seq) => make(seq, seq % 2 ? "odd" : "even"));
  const seqs = (/** @type {object} */ limits) =>
    batches(outbox, limits).map((batch) => batch.map(({ event }) => event.seq));
  assert.deepEqual(seqs({}), [
    [1, 3, 5],
    [2, 4],
  ]);
  assert.deepEqual(seqs({ most: 2 }), [[1, 3], [2, 4], [5]]);
  assert.deepEqual(seqs({ characters: 10 }), [[1], [2], [3], [4], [5]]);
});

test("a number the server lacks is late, sent again, or lost, and never guessed", () => {
  const here = [
    { seq: 3, packet: "p", unsent: true, status: null },
    { seq: 4, packet: "p", unsent: false, status: "kept" },
    { seq: 5, packet: "other", unsent: false, status: "kept" },
    { seq: 6, packet: "p", unsent: false, status: "quarantined" },
  ];
  const found = gaps([1, 2, 3, 4, 5, 6], here, { packet: "p", left: 1 });
  assert.deepEqual(found, { again: [4], lost: [2] });
});

test("the wait doubles, never passes five minutes, and is never nothing", () => {
  assert.deepEqual(
    [1, 2, 3].map((failures) => pause(failures, 1)),
    [5_000, 10_000, 20_000],
  );
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, spread) => {
      const wait = pause(failures, spread);
      assert.ok(wait >= 2_500 && wait <= 300_000);
    }),
  );
});

const script = {
  ...{ id: "s", name: "Listening", opening: "" },
  questions: [
    { id: "issue", kind: "choice", ask: "What?", responses: [{ id: "rent", name: "The rent" }] },
    { id: "rating", kind: "scale", ask: "How?", least: 0, most: 10 },
    { id: "story", kind: "text", ask: "Why?" },
    { id: "later", kind: "drawing", ask: "?" },
  ],
};

test("answers are kept only to questions that were put, and only those that can be", () => {
  const given = { issue: "rent", rating: "11", story: "  ", later: "x", other: "y" };
  assert.deepEqual(kept(script, "canvassed", given), { issue: "rent" });
  assert.deepEqual(kept(script, "not_home", given), {});
  assert.deepEqual(kept(script, null, given), { issue: "rent" });
  assert.ok(valid(script.questions[1], "0"));
  assert.deepEqual(inWords(script, { issue: "rent", gone: "x" }), [
    { ask: "What?", answer: "The rent" },
  ]);
});

/** @param {number} position @param {string} street @param {string} building */
const stop = (position, street, building) => ({
  ...{ position, street, building, door: `door-${position}`, number: "1", unit: null },
  ...{ city: null, address: "", lon: 0, lat: 0, people: [] },
});
const STOPS = [
  ...[stop(3, "Oak", "b"), stop(1, "Elm", "a"), stop(2, "Elm", "a"), stop(4, "Elm", "c")],
];

test("the list follows the walk, also when it comes back to a street", () => {
  const walk = stretches(STOPS).map(({ street, buildings }) => [street, buildings.length]);
  assert.deepEqual(walk, [
    ["Elm", 1],
    ["Oak", 1],
    ["Elm", 1],
  ]);
});

test("the next door is the next one nobody has knocked at; then one to try again; then none", () => {
  const at = (/** @type {Record<string, string>} */ results, /** @type {string | null} */ here) => {
    const doors = new Map(
      Object.entries(results).map(([door, result]) => [
        door,
        conversation(stamp, said({ result })),
      ]),
    );
    return [next(STOPS, doors, here)?.position ?? null, progress(STOPS, doors)];
  };
  const all = (/** @type {string} */ result) => ({
    ...{ "door-1": result, "door-2": result, "door-3": result, "door-4": result },
  });
  assert.equal(at({}, null)[0], 1);
  assert.equal(at({ "door-2": "not_home" }, "door-1")[0], 3);
  assert.equal(at({ "door-3": "moved", "door-4": "moved" }, "door-2")[0], 1);
  assert.equal(at(all("not_home"), "door-4")[0], 1);
  assert.deepEqual(at(all("canvassed"), "door-1"), [null, { all: 4, left: 0, again: 0, done: 4 }]);
});
