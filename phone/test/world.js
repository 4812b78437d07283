// @ts-check
/**
 * A phone with its storage, a server with its log, and a bad network between them.
 */

import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import canonicalize from "../../vendor/canonicalize.js";
import { hash, opened } from "./chapter.js";

export const PACKET = "00000000-0000-4000-8000-00000000a001";

let databases = 0;
let drawn = 0;

/** A name for a shelf that nobody has used. */
export function freshName() {
  databases += 1;
  return `shelf-${process.pid}-${databases}`;
}

/**
 * Time that stands still, and chance that can be asked for again.
 *
 * @param {number} [now]
 */
export function edge(now = 1_793_998_860_000) {
  return {
    now: () => now,
    chance(/** @type {number} */ bytes) {
      drawn += 1;
      const digest = createHash("sha256").update(`${now} ${databases} ${drawn}`).digest();
      return new Uint8Array(digest.subarray(0, bytes));
    },
    sha256: async (/** @type {string} */ text) => hash(text),
  };
}

/**
 * What a canvasser might say of a door.
 *
 * @param {object} [other]
 */
export function said(other = {}) {
  return {
    ...{ packet: PACKET, door: "elm-street-1", person: "elm:1", result: "canvassed" },
    ...{ script: "listening-1", answers: { support: "2" }, note: "Wants a repair man." },
    ...other,
  };
}

/** A server that keeps what it gets, and says so. */
export class Server {
  /** @type {Map<string, { event: any, sha256: string }>} */
  kept = new Map();

  /**
   * @param {{ events: any[] }} batch boxes, and events that lie open
   */
  async take({ events }) {
    const found = await Promise.all(events.map(opened));
    const receipts = found.map(({ event, sha256 }, place) => {
      const sent = { id: event.id, sha256: events[place].sha256 };
      const known = this.kept.get(event.id);
      if (hash(canonicalize(event)) !== sha256) return receipt(sent, "quarantined");
      if (known) return receipt(sent, known.sha256 === sha256 ? "repeat" : "conflict");
      this.kept.set(event.id, structuredClone({ event, sha256 }));
      return receipt(sent, "kept");
    });
    const seqs = new Set([...this.kept.values()].map(({ event }) => event.seq));
    const high_water = Math.max(0, ...seqs);
    const missing = [];
    for (let seq = 1; seq < high_water; seq += 1) if (!seqs.has(seq)) missing.push(seq);
    return { receipts, high_water, missing };
  }
}

/**
 * @param {{ id: string, sha256: string }} sent
 * @param {string} status
 */
function receipt({ id, sha256 }, status) {
  return { id, sha256, status, reason: null };
}

/** What a request meets that never reaches the server, or is answered by somebody else. */
const INSTEAD = new Map(
  /** @type {[string, { status: number, body: unknown }][]} */ ([
    ["hotel page", { status: 200, body: undefined }],
    ["server error", { status: 500, body: undefined }],
    ["busy", { status: 503, body: undefined }],
    ["token unknown", { status: 401, body: { type: "/problems/token" } }],
    ["empty receipts", { status: 200, body: { receipts: [] } }],
  ]),
);

/** What may happen to one request, in words. */
export const FAULTS = [
  ...INSTEAD.keys(),
  ...["fine", "request lost", "reply lost", "sent twice", "half taken", "late reply"],
  "receipts of other content",
];

/**
 * A network on which these things happen, one a request, and then no more.
 *
 * @param {Server} server
 * @param {string[]} faults
 * @returns {(token: string, body: any) => Promise<{ status: number, body: unknown }>}
 */
export function network(server, faults) {
  /** @type {any} */
  let earlier = { receipts: [], high_water: 0, missing: [] };

  /** @type {(fault: string, events: any[]) => Promise<unknown>} what the phone hears */
  const reach = async (fault, events) => {
    const half = fault === "half taken" ? events.length / 2 : events.length;
    const last = earlier;
    earlier = await server.take({ events: events.slice(0, half) });
    if (fault === "sent twice") earlier = await server.take({ events });
    if (fault === "reply lost") throw new TypeError("network");
    return fault === "late reply" ? last : earlier;
  };

  return async (_token, { events }) => {
    const fault = faults.shift() ?? "fine";
    if (fault === "request lost") throw new TypeError("network");
    if (fault === "receipts of other content") {
      const receipts = events.map((/** @type {any} */ { id }) => {
        return receipt({ id, sha256: hash("other") }, "kept");
      });
      return { status: 200, body: { receipts, high_water: 0, missing: [] } };
    }
    return INSTEAD.get(fault) ?? { status: 200, body: await reach(fault, events) };
  };
}
