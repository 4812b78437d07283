// @ts-check
/**
 * At the door, by hand: floors, a shared turf, who lives there, the way ahead, the shift.
 */

import assert from "node:assert/strict";
import test from "node:test";
import { floorOf, floors } from "../core/building.js";
import { access, conversation, shift } from "../core/event.js";
import { doors, holding } from "../core/log.js";
import { answerInWords, meaning, offered, toggled } from "../core/script.js";
import { time } from "../core/shift.js";
import { ahead, household, next, progress, shared, state } from "../core/turf.js";
import { PACKET, said } from "./world.js";

const HOUR = 3_600_000;
const device = "0190a000-0000-7000-8000-00000000d001";

/** @param {number} seq @param {object} [other] */
const talk = (seq, other = {}) => {
  const id = `0190b000-0000-7000-8000-0000000000${10 + seq}`;
  return conversation({ id, device, seq, at: 0 }, said(other));
};

/** @param {number} position @param {string | null} unit */
const stop = (position, unit = null) => ({
  ...{ position, door: `door-${position}`, building: "b", number: "14", street: "Elm St", unit },
  ...{ city: null, address: "", lon: 0, lat: position / 1000, people: [] },
});

test("a unit's number tells its floor, or nothing when nobody can know", () => {
  const told = { 304: 3, 1205: 12, "3D": 3, "#12B": 12, "Apt 2A": 2, PH: null, 7: null };
  for (const [unit, floor] of Object.entries(told)) assert.equal(floorOf(unit), floor, unit);
  assert.equal(floorOf(null), null);
});

test("floors come from the top down, doors on them as they are walked, the others last", () => {
  const matrix = floors([stop(4, "1A"), stop(1, "2B"), stop(2, "2A"), stop(3, "Attic")]);
  assert.deepEqual(
    matrix.map(({ floor, stops }) => [floor, stops.map(({ unit }) => unit)]),
    [
      [2, ["2B", "2A"]],
      [1, ["1A"]],
      [null, ["Attic"]],
    ],
  );
});

test("a colleague's visit counts at the door, and the server's order decides between two", () => {
  const mine = talk(1, { door: "door-1", result: "not_home" });
  const theirs = { ...talk(1, { door: "door-1", result: "moved" }), id: "other", device: "other" };
  const before = shared([mine], [{ event: theirs, position: 4 }]);
  const after = shared(
    [mine],
    [
      { event: mine, position: 3 },
      { event: theirs, position: 4 },
    ],
  );

  assert.equal(doors(before).get("door-1")?.result, "not_home", "not sent yet: ours is later");
  assert.equal(doors(after).get("door-1")?.result, "moved");
  assert.equal(holding(after).length, 2);
});

test("our own words stay when the server tells of our event without them", () => {
  const mine = talk(1, { note: "Wants a repair man." });
  const [kept] = holding(shared([mine], [{ event: { ...mine, note: "" }, position: 1 }]));
  assert.equal(kept.note, "Wants a repair man.");
});

test("who was added at a door lives there, until that conversation is undone", () => {
  const added = { name: "Núria", age: 34 };
  const event = talk(1, { door: "door-1", person: "new:1", added });
  const log = shared([event]);
  assert.deepEqual(household(stop(1), holding(log)), [
    { id: "new:1", name: "Núria", age: 34, party: null, added: true },
  ]);
  const undone = { ...talk(2), kind: /** @type {const} */ ("withdrawal"), of: event.id };
  assert.deepEqual(household(stop(1), holding(shared([event, undone]))), []);
});

test("what is left is walked from where we stand, at the turf's own pace", () => {
  const stops = [stop(1), stop(2), stop(3)];
  const done = doors(shared([talk(1, { door: "door-1" })]));
  const way = ahead(stops, done, "door-1", { pace: { door: 3, metres: 75 } });
  assert.ok(Math.abs(way.metres - 222.64) < 0.1, `${way.metres}`);
  assert.ok(Math.abs(way.minutes - (6 + way.metres / 75)) < 1e-9);
  assert.deepEqual(ahead(stops, new Map(), null), ahead(stops, new Map(), "door-1"));
  assert.deepEqual(ahead([], new Map(), null), { metres: 0, minutes: 0 });
});

test("around corners what is left is longer by as much as the whole walk", () => {
  const stops = [stop(1), stop(2), stop(3)];
  const crow = ahead(stops, new Map(), null).metres;
  const pace = { door: 2, metres: 80 };
  const all = ahead(stops, new Map(), null, { metres: crow * 1.5, pace });
  assert.ok(Math.abs(all.minutes - (6 + (crow * 1.5) / 80)) < 1e-9);
  const done = doors(shared([talk(1, { door: "door-1" })]));
  assert.ok(Math.abs(ahead(stops, done, null, { metres: crow * 1.5 }).metres - crow * 0.75) < 0.1);
  assert.equal(ahead(stops, new Map(), null, { metres: 1 }).metres, crow);
});

const SCRIPT = {
  ...{ id: "s", name: "S", opening: "", questions: [] },
  results: [{ id: "not_home" }, { id: "sign", name: "Sign", contact: true, done: true }],
};

test("a result of the script's own closes the door as the script says", () => {
  const known = doors(shared([talk(1, { door: "door-1", result: "sign", script: "s" })]));
  const ends = (/** @type {any} */ last) => meaning(SCRIPT, last.result);
  const stops = [stop(1), stop(2)];
  assert.equal(state(known, "door-1", ends), "done");
  assert.equal(state(known, "door-1"), "again", "a phone without the script asks again");
  assert.deepEqual(progress(stops, known, ends), { all: 2, left: 1, again: 0, done: 1 });
  assert.equal(next(stops, known, null, ends)?.door, "door-2");
  assert.deepEqual(offered(SCRIPT), ["not_home", "sign"]);
  assert.equal(meaning({ ...SCRIPT, results: [{ id: "moved", done: false }] }, "moved").done, true);
});

test("several answers are put in and taken out in the order of the script", () => {
  const responses = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase() }));
  const many = { id: "m", kind: "many", ask: "?", responses };
  assert.equal(toggled(many, "", "c"), "c");
  assert.equal(toggled(many, "c", "a"), "a,c");
  assert.equal(toggled(many, "a,c", "c"), "a");
  assert.equal(toggled(many, "a", "a"), "");
  assert.equal(answerInWords(many, "a,c"), "A, C");
});

/** @param {[import("../core/event.js").What, number][]} said what, and at which hour */
const clocked = (said) =>
  said.map(([what, hour], index) => {
    const stamp = { id: `i${index}`, device, seq: index + 1, at: hour * HOUR };
    return shift(stamp, { packet: PACKET, what });
  });

test("a pause does not count as work, and the end stops the clock", () => {
  const evening = clocked([
    ["start", 17],
    ["pause", 18],
    ["resume", 18.5],
    ["end", 20],
  ]);
  const at = (/** @type {number} */ events, /** @type {number} */ hour) =>
    time(evening.slice(0, events), hour * HOUR);
  assert.deepEqual([at(1, 17.5).is, at(1, 17.5).worked / HOUR], ["on", 0.5]);
  assert.deepEqual([at(2, 18.25).is, at(2, 18.25).worked / HOUR], ["paused", 1]);
  assert.deepEqual([at(4, 23).is, at(4, 23).worked / HOUR], ["ended", 2.5]);
  assert.equal(at(4, 23).until / HOUR, 20);
  assert.equal(time([], 0).is, "off");
});

test("a shift that nobody ended is over the next day, and a clock set back costs nothing", () => {
  assert.equal(time(clocked([["start", 17]]), 40 * HOUR).is, "off");
  assert.equal(
    time(
      clocked([
        ["start", 17],
        ["pause", 16],
      ]),
      17 * HOUR,
    ).worked,
    0,
  );
  assert.equal(time(clocked([["resume", 17]]), 18 * HOUR).is, "off");
});

test("an event says only what was said, cleaned as the log wants it", () => {
  const plain = talk(1, { language: undefined, again: "", added: undefined });
  assert.ok(!("language" in plain) && !("again" in plain) && !("added" in plain));
  const added = talk(2, { added: { name: " A\u0000da\ud83d " }, again: "2026-11-03" });
  assert.deepEqual(added.added, { name: "Ada\ufffd" });
  const stamp = { id: "i", device, seq: 1, at: 0.5 };
  const way = access(stamp, { packet: PACKET, building: "b", says: { buzzer: "x".repeat(300) } });
  assert.equal(way.says.buzzer.length, 200);
  assert.equal(way.at, 0);
});
