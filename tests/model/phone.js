// @ts-check
/**
 * A phone and who holds it: the app's own shelf, sender and loop, over a disk, a way to
 * the server and a clock that all may fail.
 *
 * @typedef {import("./world.js").World} World
 * @typedef {import("./app.js").App} App
 * @typedef {import("./said.js").Said} Said
 * @typedef {{ shelf: any, sending: { hope: () => void, saved: () => void, stop: () => void } }} Tab
 */

import assert from "node:assert/strict";
import { sha256 } from "./cipher.js";
import { Disk, Life } from "./disk.js";
import { Link } from "./link.js";

const MINUTE = 60_000;

/** One phone; it may die and come back. */
export class Phone {
  disk = new Disk();
  life = new Life();
  /** @type {Tab[]} */
  tabs = [];
  /** What the browser keeps outside the database. @type {Map<string, string>} */
  notes = new Map();
  /** How far the clock is off, in milliseconds. */
  skew = 0;
  /** How often each tab has tried to send. @type {Map<Tab, number>} */
  syncs = new Map();
  device = "";
  /** Whether its clock was ever wrong. */
  skewed = false;
  #opened = false;
  #locked = /** @type {Life | null} */ (null);

  /**
   * @param {World} world
   * @param {App} app
   * @param {number} number
   */
  constructor(world, app, number) {
    this.world = world;
    this.app = app;
    this.name = `phone ${number}`;
    this.chance = world.stream(this.name);
    this.link = new Link(world, world.stream(`${this.name}'s way`));
    this.locks = this.chance.hits(0.8);
    this.vault = world.server.ciphers.vault(world.stream(`${this.name}'s numbers`));
    this.eyes = world.stream(`who looks at ${this.name}`);
    this.edge = {
      now: () => world.now + this.skew,
      chance: (/** @type {number} */ count) => this.chance.bytes(count),
      sha256: async (/** @type {string} */ text) => sha256(text),
    };
    this.storage = {
      getItem: (/** @type {string} */ key) => this.notes.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ text) => this.notes.set(key, text),
      removeItem: (/** @type {string} */ key) => this.notes.delete(key),
    };
  }

  get shelf() {
    return this.tabs[0].shelf;
  }

  /** The app is opened. */
  async boot() {
    if (this.life.alive && this.tabs.length > 0) return;
    this.life = new Life();
    this.tabs = [];
    this.device = "";
    this.#opened = false;
    this.openTab();
    try {
      this.device = await this.app.deviceOf(this.shelf, this.edge);
    } catch (problem) {
      if (!(problem instanceof this.app.NotSaved)) throw problem;
      this.life.die(); // no room even for its name: the app says that it cannot be used
      this.world.clock.after(MINUTE, () => this.world.begin(() => this.boot()));
      return;
    }
    this.tally();
    await this.look();
    this.tabs[0].sending.hope();
  }

  /** Whether somebody can work with it. */
  get ready() {
    return this.life.alive && this.device !== "";
  }

  openTab() {
    const { app, life, world } = this;
    const shelf = app.shelf("groundgame", this.disk.opener(life), this.vault);
    const send = app.sender(
      shelf,
      (/** @type {string} */ token, /** @type {object} */ body) => this.link.post(token, body),
      () => life.alive && this.tally(),
    );
    const sending = app.loop({
      send: () => {
        this.syncs.set(tab, (this.syncs.get(tab) ?? 0) + 1);
        return send();
      },
      due: async () => (await app.unsent(shelf)).length,
      alone: (work) => this.#alone(life, work),
      after: (time, work) => world.clock.after(time, () => life.alive && work()),
      cancel: (timer) => world.clock.cancel(timer),
      chance: () => this.chance.next(),
      report: ({ outcome }) => {
        for (const seq of outcome?.lost ?? []) world.ledger.told.add(`${this.device} ${seq}`);
        this.tally();
        if (outcome?.time) world.begin(() => this.look(outcome.time));
      },
    });
    const tab = { shelf, sending };
    this.tabs.push(tab);
  }

  /**
   * @param {Life} life
   * @param {() => Promise<void>} work
   */
  async #alone(life, work) {
    if (!this.locks) {
      await work();
      return true;
    }
    if (this.#locked?.alive) return false;
    this.#locked = life;
    try {
      await work();
    } finally {
      this.#locked = null;
    }
    return true;
  }

  /** As the app does after each write: note outside the shelf how much is on it. */
  tally() {
    const { app, device, storage, life } = this;
    if (!life.alive || !device || app.gone(storage, device)) return;
    const saved = this.disk.rows("events").length;
    app.note(storage, { device, saved, unsent: this.waiting().length });
  }

  /**
   * Load a packet.
   *
   * @param {string} packet
   */
  async claim(packet) {
    const { server, now } = this.world;
    const token = server.claim(packet, this.device);
    const seal = { ...server.ciphers.told };
    assert.deepEqual(Object.keys(seal), ["key", "public"], "a private key was handed out");
    const ends = /** @type {number} */ (this.world.ends.get(packet));
    const expires = new Date(ends).toISOString();
    const bundle = { format: 1, packet, code: "7KQ2-MX4P", stops: [], expires, seal };
    await this.#asked(async () => {
      await this.app.keep(this.shelf, { token, bundle, name: "Ana" });
      await this.look(now);
    });
  }

  /**
   * Look at the time, and let the packets go that have run out.
   *
   * @param {number | null} [server] what the server has just said
   */
  async look(server = null) {
    const { app, edge, life, world } = this;
    if (!this.ready) return;
    const watched = this.#opened && this.eyes.hits(0.8);
    const look = { wall: edge.now(), steady: world.clock.now, watched };
    this.#opened = true;
    await this.#asked(async () => {
      const time = await app.timeOf(this.shelf, look, server);
      if (time !== null) await app.expire(this.shelf, time);
      if (life.alive) this.#overIsOver(server ?? time);
    });
  }

  /**
   * Of a packet whose time is over, nothing on the disk can be read; and none was let go
   * before its time by a phone whose clock was right.
   *
   * @param {number | null} time
   */
  #overIsOver(time) {
    for (const { id, expires, key, inside, ended } of this.disk.rows("packets")) {
      const left = Date.parse(expires) - (time ?? 0);
      if (!this.skewed) assert.ok(left <= 0 || ended !== "expired", "a turf went too early");
      if (left > 0 && !ended) continue;
      assert.ok(!key && !inside, "the doors of a turf stay when its time is over");
      const copies = this.disk.rows("events").filter(({ packet, copy }) => packet === id && copy);
      assert.equal(copies.length, 0, "what was said can be read when its time is over");
    }
  }

  /**
   * Knock, talk, save: or take back the last that was saved.
   *
   * @param {Said} said what is said under a packet
   * @param {boolean} undo
   */
  async talk(said, undo) {
    const { app, world, edge } = this;
    const { ledger } = world;
    const { shelf, sending } = this.chance.pick(this.tabs);
    const held = (await app.packets(shelf)).filter(({ bundle }) => bundle !== null);
    if (held.length === 0) return this.claim(world.inHand(this.chance));
    const { id } = this.chance.pick(held);
    const last = undo ? [...(await app.everything(shelf))].pop() : null;
    await this.#asked(async () => {
      const made = said(id, this.chance.pick(world.doors(id)));
      const kept = await app.record(shelf, edge, (stamp) =>
        ledger.make(last ? app.withdrawal(stamp, last) : app.conversation(stamp, made)),
      );
      ledger.save(kept);
      this.tally();
      sending.saved();
    });
  }

  /** Take a packet off this phone, as at the end of a shift; the app says when it may not. */
  async leave() {
    const [packet] = await this.app.packets(this.shelf);
    if (!packet) return;
    await this.#asked(async () => {
      await this.app.leave(this.shelf, packet.id);
      this.world.ledger.clear(this.device, []);
      this.world.ledger.left(this.world.server, packet.id, this.device);
      this.tally();
    });
  }

  /** Ask how the packets stand; those that are out of hand lose their doors. */
  async renew() {
    if (this.link.signal !== "fine") return;
    for (const { id } of await this.app.packets(this.shelf)) {
      if (!this.world.server.packets.get(id)?.ended) continue;
      await this.#asked(() => this.app.end(this.shelf, id, "ended"));
    }
  }

  /**
   * Do what the app may refuse aloud: a full disk, a packet with something unsent.
   *
   * @param {() => Promise<unknown>} work
   */
  async #asked(work) {
    try {
      await work();
    } catch (problem) {
      const { NotSaved, StillUnsent } = this.app;
      if (!(problem instanceof NotSaved || problem instanceof StillUnsent)) throw problem;
      this.world.ledger.refused += 1;
    }
  }

  /** There is reason to hope: opened, visible, online. */
  hope() {
    for (const { sending } of this.tabs) sending.hope();
  }

  /** What waits on the disk. */
  waiting() {
    return this.disk.rows("events").filter(({ unsent }) => unsent === 1);
  }
}
