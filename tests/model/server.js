// @ts-check
/**
 * The server in memory: the same answers to the same batches as the real one gives, to
 * which test_model.py holds it word for word; and a power switch.
 *
 * @typedef {import("../../phone/core/event.js").Event} Event
 * @typedef {import("../../phone/core/event.js").Sealed} Sealed
 * @typedef {{ id: string, doors: string[], ended: boolean, devices: Set<string> }} Packet
 * @typedef {{ packet: Packet, device: string }} Claim
 * @typedef {{ claim: Claim, id: string, sha256: string, event: Event, aside: string | null }} Row
 * @typedef {{ id?: string, sha256: string, event?: Event, box?: string }} Entry
 * @typedef {{ rows: Row[], receipts: object[] }} Intake
 * @typedef {"never" | "inside" | "after"} Death
 *   inside: before the transaction is committed; after: before the answer is written
 */

import canonicalize from "../../vendor/canonicalize.js";
import { Chance } from "./chance.js";
import { Ciphers, sha256 as hash } from "./cipher.js";

const MOST_MISSING = 1_000;

/** The process was killed. */
export class Killed extends Error {}

/** A chapter's server. What is in `log` and `audit` is committed. */
export class Server {
  ciphers = new Ciphers(new Chance(0, "the chapter's keys"));
  /** Milliseconds since 1970. */
  now = () => 0;
  /** @type {Map<string, Packet>} */
  packets = new Map();
  /** @type {Map<string, Claim>} */
  tokens = new Map();
  /** @type {Row[]} in the order of receipt */
  log = [];
  /** How many rows each committed batch wrote. @type {number[]} */
  audit = [];
  /** What was asked of it, in order. @type {object[] | null} */
  transcript = null;
  /** @type {Map<string, Row[]>} */
  byId = new Map();
  /** The numbers of each device that came with a token of its own. @type {Map<string, Set<number>>} */
  numbers = new Map();

  /**
   * @param {string} id
   * @param {string[]} doors
   */
  handOut(id, doors) {
    this.packets.set(id, { id, doors, ended: false, devices: new Set() });
    this.transcript?.push({ do: "hand out", packet: id, doors });
  }

  /** @param {string} id */
  takeBack(id) {
    /** @type {Packet} */ (this.packets.get(id)).ended = true;
    this.transcript?.push({ do: "take back", packet: id });
  }

  /**
   * @param {string} id
   * @param {string} device
   * @returns {string} a token
   */
  claim(id, device) {
    const packet = /** @type {Packet} */ (this.packets.get(id));
    packet.devices.add(device);
    const token = `token-${this.tokens.size + 1}`;
    this.tokens.set(token, { packet, device });
    this.transcript?.push({ do: "claim", packet: id, device, token });
    return token;
  }

  /**
   * @param {string} token
   * @param {{ device: string, events: Entry[] }} batch
   * @param {Death} [dies]
   * @returns {{ status: number, body: any }}
   */
  receive(token, batch, dies = "never") {
    const answer = this.answer(token, batch, dies);
    this.transcript?.push({ do: "post", token, body: batch, answer });
    if (dies === "after") throw new Killed();
    return answer;
  }

  /**
   * @param {string} token
   * @param {{ device: string, events: Entry[] }} batch
   * @param {Death} dies
   */
  answer(token, { device, events }, dies) {
    const claim = this.tokens.get(token);
    if (!claim) return refusal(401, "unknown-token");
    const intake = this.judge(claim, events);
    if (dies === "inside") throw new Killed();
    this.commit(intake);
    const known = claim.packet.devices.has(device);
    const { receipts } = intake;
    const gaps = this.gaps(known ? device : "");
    return { status: 200, body: { receipts, ...gaps, time: this.now() } };
  }

  /**
   * @param {Claim} claim
   * @param {Entry[]} events
   * @returns {Intake}
   */
  judge(claim, events) {
    /** @type {Row[]} */
    const rows = [];
    const receipts = events.map((entry) => this.take(claim, entry, rows));
    return { rows, receipts };
  }

  /**
   * @param {Claim} claim
   * @param {Entry} entry
   * @param {Row[]} rows what of this batch is to be written
   */
  take(claim, entry, rows) {
    const { event, sha256, sent } = this.opened(entry);
    const own = hash(canonicalize(event));
    const others = this.others(event.id, rows);
    const same = others.find((row) => row.sha256 === own && row.claim.packet === claim.packet);
    if (same) return receipt(sent.id, sent.sha256, same.aside ?? "repeat");
    const counts = others.some((row) => row.aside === null);
    const aside = objection(claim.packet, event, own === sha256, counts);
    rows.push({ claim, id: event.id, sha256: own, event, aside });
    return receipt(sent.id, sent.sha256, aside ?? "kept");
  }

  /**
   * What lies in an entry, its hash as far as it may be believed, and what its receipt
   * has to name.
   *
   * @param {Entry} entry
   * @returns {Sealed & { sent: { id: string, sha256: string } }}
   */
  opened(entry) {
    const { event, sha256, id, box } = entry;
    if (event) return { event, sha256, sent: { id: event.id, sha256 } };
    const found = this.ciphers.opened(entry);
    const shut = /** @type {any} */ ({ id, kind: "box", box });
    const whole = found !== null && hash(/** @type {string} */ (box)) === sha256;
    return {
      event: found?.event ?? shut,
      sha256: whole ? found.sha256 : "",
      sent: { id: /** @type {string} */ (id), sha256 },
    };
  }

  /**
   * The rows with this id, in the log and in the batch.
   *
   * @param {string} id
   * @param {Row[]} rows
   */
  others(id, rows) {
    const kept = this.byId.get(id);
    const fresh = rows.filter((row) => row.id === id);
    return kept ? [...kept, ...fresh] : fresh;
  }

  /**
   * All of a batch at once, or, killed before, nothing.
   *
   * @param {Intake} intake
   */
  commit({ rows }) {
    if (rows.length === 0) return;
    for (const row of rows) this.write(row);
    this.audit.push(rows.length);
  }

  /** @param {Row} row */
  write(row) {
    this.log.push(row);
    this.byId.set(row.id, [...(this.byId.get(row.id) ?? []), row]);
    const { device, seq } = row.event;
    if (device !== row.claim.device) return;
    if (!this.numbers.has(device)) this.numbers.set(device, new Set());
    /** @type {Set<number>} */ (this.numbers.get(device)).add(seq);
  }

  /** @param {string} device */
  gaps(device) {
    const seen = this.numbers.get(device) ?? new Set();
    let high_water = 0;
    for (const seq of seen) high_water = Math.max(high_water, seq);
    /** @type {number[]} */
    const missing = [];
    if (seen.size === high_water) return { high_water, missing };
    for (let seq = 1; seq < high_water && missing.length < MOST_MISSING; seq += 1) {
      if (!seen.has(seq)) missing.push(seq);
    }
    return { high_water, missing };
  }
}

/**
 * Why an event cannot count, as the status of its receipt; null: it counts.
 *
 * @param {Packet} packet
 * @param {Event} event
 * @param {boolean} whole whether its hash is that of its content
 * @param {boolean} taken whether its id counts already
 */
function objection({ id, devices, doors }, event, whole, taken) {
  if (!whole || event.packet !== id || !devices.has(event.device)) return "quarantined";
  if (taken) return "conflict";
  if (event.kind === "conversation" && !doors.includes(event.door)) return "quarantined";
  return null;
}

/**
 * @param {string} id
 * @param {string} sha256
 * @param {string} status
 */
function receipt(id, sha256, status) {
  return { id, sha256, status, reason: null };
}

/**
 * @param {number} status
 * @param {string} name
 */
export function refusal(status, name) {
  return { status, body: { type: `/problems/${name}`, title: "", status, detail: "" } };
}
