// @ts-check
/**
 * One evening from its seed: phones that come and go, forty minutes of faults, then
 * none; three more tries to send; and the law.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {{ events: number, requests: number, struck: Map<string, number> }} Told
 */

import assert from "node:assert/strict";
import { Phone } from "./phone.js";
import { saying } from "./said.js";
import { World } from "./world.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOON_1970 = -1_793_998_860_000;
const CLOCKS = [0, -DAY, DAY, NOON_1970, NOON_1970 - DAY, 361_000_000_000];

/**
 * Walk an evening, and hold it to the law.
 *
 * @param {App} app
 * @param {number} seed
 * @param {import("./world.js").Other} [other]
 * @returns {Promise<Told>}
 */
export async function evening(app, seed, other) {
  const world = new World(seed, other);
  Object.assign(world.server, { doors: app.doors });
  const phones = Array.from(
    { length: world.chance.between(2, 5) },
    (_, number) => new Phone(world, app, number),
  );
  for (const phone of phones) start(phone);
  await world.clock.run(world.shift);
  world.faulty = false;
  await quiet(world, phones);
  assert.deepEqual(world.problems, []);
  world.ledger.check(world.server);
  return {
    events: world.ledger.saved.size,
    requests: world.requests,
    struck: world.struck,
  };
}

/** @param {Phone} phone */
function start(phone) {
  const { world, chance } = phone;
  const said = saying(world.stream(`who opens to ${phone.name}`));
  world.begin(async () => {
    await phone.boot();
    await phone.claim(world.inHand(chance));
    if (chance.hits(0.3)) await phone.claim(world.inHand(chance));
  });
  const pace = chance.between(2 * MINUTE, 6 * MINUTE);
  const step = () => {
    if (!world.faulty) return;
    world.clock.after(chance.between(pace / 2, pace * 1.5), step);
    trouble(phone);
    if (phone.ready) world.begin(() => building(phone, said));
    if (phone.ready && chance.hits(0.1)) world.begin(() => phone.renew());
    if (phone.ready && chance.hits(0.3)) world.begin(() => phone.look());
    if (chance.hits(0.2)) phone.hope();
  };
  world.clock.after(chance.between(0, pace), step);
}

/**
 * Some doors of one building, one after the other.
 *
 * @param {Phone} phone
 * @param {import("./said.js").Said} said
 */
async function building(phone, said) {
  const { life, chance } = phone;
  for (let doors = chance.between(1, 7); doors > 0 && life.alive; doors -= 1) {
    await phone.talk(said, chance.hits(0.05));
  }
}

/**
 * What may happen to a phone between two doors.
 *
 * @param {Phone} phone
 */
function trouble(phone) {
  const { world, chance, link } = phone;
  if (world.strike("no network for a while", 0.15)) during(phone, () => (link.signal = "none"));
  if (world.strike("a hotel's network", 0.03)) during(phone, () => (link.signal = "portal"));
  if (world.strike("the disk is full", 0.03)) {
    phone.disk.full = true;
    world.clock.after(chance.between(MINUTE, 10 * MINUTE), () => (phone.disk.full = false));
  }
  if (world.strike("the clock is wrong", 0.1)) {
    phone.skew = chance.pick(CLOCKS);
    phone.skewed = true;
  }
  if (world.strike("a new key to seal with", 0.01)) world.server.ciphers.renew();
  if (world.strike("a turf goes to somebody else", 0.01)) world.reassign();
  if (!phone.ready) return;
  if (world.strike("a second tab", 0.05)) phone.openTab();
  if (world.strike("somebody leaves a packet", 0.03)) world.begin(() => phone.leave());
  if (world.strike("the process is killed", 0.05)) fall(phone, chance.between(0, 24), false);
  else if (world.strike("the battery dies", 0.03)) fall(phone, chance.between(0, 24), true);
  else if (world.strike("the system clears the storage", 0.02)) cleared(phone);
  else if (world.strike("a row goes bad", 0.03)) rot(phone);
}

/**
 * @param {Phone} phone
 * @param {() => void} begin
 */
function during({ world, chance, link }, begin) {
  begin();
  world.clock.after(chance.between(MINUTE, 20 * MINUTE), () => (link.signal = "fine"));
}

/**
 * The phone stops, some steps into what it does next, and is opened again later.
 *
 * @param {Phone} phone
 * @param {number} steps
 * @param {boolean} power whether what was not flushed is gone as well
 */
function fall(phone, steps, power) {
  const { world, chance } = phone;
  phone.life.left = steps;
  world.clock.after(chance.between(100, 2 * MINUTE), () => {
    phone.life.die();
    if (power) phone.disk.powerCut();
    world.begin(() => phone.boot());
  });
}

/** @param {Phone} phone */
function cleared(phone) {
  const { world, app } = phone;
  const unsent = phone.waiting();
  const rotten = world.ledger.unsentOf(phone.device, world.server);
  world.ledger.clear(phone.device, phone.disk.rows("events"));
  phone.life.die();
  phone.disk.evict();
  world.begin(async () => {
    await phone.boot();
    const said = app.gone(phone.storage, phone.device)?.unsent ?? 0;
    // Of a row that went bad after the app counted last it says rightly that it is gone
    const most = unsent.length + rotten;
    const right = said >= unsent.length && said <= most;
    assert.ok(unsent.length === 0 || right, `${said} are said to be gone, of ${most}`);
    phone.notes.clear(); // the canvasser has read it
    await phone.claim(world.inHand(phone.chance));
  });
}

/** @param {Phone} phone */
function rot({ world, disk, device }) {
  const [row] = disk.rows("events").filter(({ unsent }) => unsent === 1);
  if (!row) return;
  disk.lose("events", row.id);
  world.ledger.destroyed.add(row.id);
  world.ledger.rotten.set(`${device} ${row.seq}`, row.id);
}

/**
 * No fault any more, and twenty minutes in which what is still under way arrives; then one more
 * door each.
 *
 * @param {World} world
 * @param {Phone[]} phones
 */
async function quiet(world, phones) {
  world.downUntil = 0;
  for (const phone of phones) {
    phone.link.signal = "fine";
    phone.disk.full = false;
    phone.syncs.clear();
  }
  await world.clock.run(world.shift + 21 * MINUTE);
  for (const phone of phones) emptied(phone);
  for (const phone of phones) world.begin(() => another(phone));
  await world.clock.run(world.shift + 31 * MINUTE);
  for (const phone of phones) emptied(phone);
}

/** @param {Phone} phone */
async function another(phone) {
  await phone.claim(phone.world.inHand(phone.chance));
  phone.syncs.clear();
  await phone.talk(saying(phone.chance), false);
}

/** @param {Phone} phone */
function emptied(phone) {
  assert.equal(phone.waiting().length, 0, "something still waits when all is well again");

  const most = Math.max(0, ...phone.syncs.values());
  assert.ok(most <= 3, `it took ${most} tries to send`);
}
