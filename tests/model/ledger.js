// @ts-check
/**
 * What was said at the doors, written down apart from the phones and the server, and the
 * law that they are held to: nothing lost, nothing doubled, nothing altered.
 *
 * @typedef {import("../../phone/shelf/shelf.js").Kept} Kept
 * @typedef {import("../../phone/core/event.js").Event} Event
 * @typedef {{ seq: number, packet: string, device: string, text: string }} Saved
 * @typedef {import("./server.js").Server} Server
 */

import assert from "node:assert/strict";

/** The truth about one evening. */
export class Ledger {
  /** Every content that was to become an event, by id. @type {Map<string, Set<string>>} */
  made = new Map();
  /** What a canvasser has seen saved. @type {Map<string, Saved>} */
  saved = new Map();
  /** Ids of what was saved, and then taken from under the app. @type {Set<string>} */
  destroyed = new Set();
  /** Numbers that an app said are lost, as "device number". @type {Set<string>} */
  told = new Set();
  /** Those that were, one row at a time: name to id. @type {Map<string, string>} */
  rotten = new Map();
  /** Those of them of which nothing can be said any more. @type {Set<string>} */
  excused = new Set();
  refused = 0;

  /** @param {Event} event */
  make(event) {
    const contents = this.made.get(event.id) ?? new Set();
    this.made.set(event.id, contents.add(JSON.stringify(event)));
    return event;
  }

  /** @param {Kept} kept */
  save(kept) {
    assert.ok(!this.saved.has(kept.id), "an id was given twice");
    const { id, seq, event } = kept;
    this.saved.set(id, {
      seq,
      packet: event.packet,
      device: event.device,
      text: JSON.stringify(event),
    });
  }

  /**
   * The system took these rows; and what had gone bad before can be told no longer.
   *
   * @param {string} device
   * @param {Kept[]} rows
   */
  clear(device, rows) {
    for (const { id } of rows) this.destroyed.add(id);
    for (const name of this.rotten.keys()) {
      if (name.startsWith(device)) this.excused.add(name);
    }
  }

  /**
   * How many rows went bad on a phone before they were sent.
   *
   * @param {string} device
   * @param {Server} server
   */
  unsentOf(device, server) {
    const own = [...this.rotten].filter(([name]) => name.startsWith(`${device} `));
    return own.filter(([, id]) => !server.byId.has(id)).length;
  }

  /**
   * What left a phone on purpose must be on the server already.
   *
   * @param {Server} server
   * @param {string} packet
   * @param {string} device
   */
  left(server, packet, device) {
    for (const [id, saved] of this.saved) {
      if (saved.packet !== packet || saved.device !== device || this.destroyed.has(id)) continue;
      assert.ok(server.byId.has(id), `number ${saved.seq} was cleared before it was sent`);
    }
  }

  /** @param {Server} server */
  check(server) {
    this.#nothingLost(server);
    this.#nothingElse(server);
    this.#nothingUntold(server);
    latestHolds(server);
  }

  /** @param {Server} server */
  #nothingLost(server) {
    for (const [id, { seq, text }] of this.saved) {
      const rows = server.byId.get(id);
      if (!rows && this.destroyed.has(id)) continue;
      assert.ok(rows, `number ${seq}, which was seen saved, is not on the server`);
      assert.equal(JSON.stringify(rows[0].event), text, `number ${seq} was altered`);
    }
  }

  /** @param {Server} server */
  #nothingElse(server) {
    const seen = new Set();
    for (const { id, event, aside } of server.log) {
      assert.equal(aside, null, "an honest phone's event was set aside");
      assert.ok(!seen.has(id), `number ${event.seq} is on the server twice`);
      assert.ok(this.made.get(id)?.has(JSON.stringify(event)), "nobody said this");
      seen.add(id);
    }
    const audited = server.audit.reduce((sum, rows) => sum + rows, 0);
    assert.equal(audited, server.log.length, "a batch was written in part");
  }

  /** @param {Server} server */
  #nothingUntold(server) {
    for (const [name, id] of this.rotten) {
      const known = server.byId.has(id) || this.told.has(name) || this.excused.has(name);
      assert.ok(known, `${name} is lost, and nobody says so`);
    }
    for (const name of this.told) assert.ok(this.rotten.has(name), `${name} is not lost`);
  }
}

/**
 * What the log says of a door is what was received last, whatever any clock said.
 *
 * @param {Server & { doors?: (log: object[]) => Map<string, { id: string }> }} server
 */
function latestHolds(server) {
  if (!server.doors) return;
  const withdrawn = new Set();
  for (const { event } of server.log) if (event.kind === "withdrawal") withdrawn.add(event.of);
  /** @type {Record<string, string>} */
  const last = {};
  for (const { event } of server.log) {
    if (event.kind === "conversation" && !withdrawn.has(event.id)) last[event.door] = event.id;
  }
  const entries = server.log.map(({ event }, position) => ({ event, position }));
  const doors = [...server.doors(entries)].map(([door, { id }]) => [door, id]);
  assert.deepEqual(Object.fromEntries(doors), last, "another conversation stands at a door");
}
