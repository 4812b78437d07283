// @ts-check
/**
 * One evening's world: a clock, a server, turfs, and faults while they last.
 *
 * @typedef {{ server?: Server, without?: ReadonlySet<string>, minutes?: number }} Other
 *   without: faults that are left out; minutes: how long the shift is
 */

import { Chance } from "./chance.js";
import { Clock } from "./clock.js";
import { Ledger } from "./ledger.js";
import { NOON } from "./said.js";
import { Server } from "./server.js";

const TURFS = [1, 7].map((first) =>
  Array.from({ length: 6 }, (_, door) => `elm-door-${first + door}`),
);

/** Everything that one seed decides. */
export class World {
  clock = new Clock();
  ledger = new Ledger();
  faulty = true;
  /** Until when nobody listens at the server. */
  downUntil = 0;
  /** How often each fault struck. @type {Map<string, number>} */
  struck = new Map();
  /** Which packet each turf is handed out as now. @type {string[]} */
  turfs = [];
  /** When each packet runs out. @type {Map<string, number>} */
  ends = new Map();
  /** What went wrong where nobody could be told. @type {unknown[]} */
  problems = [];
  requests = 0;

  /**
   * @param {number} seed
   * @param {Other} [other]
   */
  constructor(seed, { server = new Server(), without = new Set(), minutes = 40 } = {}) {
    this.seed = seed;
    this.server = server;
    server.now = () => this.now;
    this.without = without;
    this.shift = minutes * 60_000;
    this.chance = this.stream("world");
    this.fate = this.stream("faults");
    this.times = this.stream("how long packets last");
    for (const turf of TURFS.keys()) this.handOut(turf);
  }

  /** What every clock should say: milliseconds since 1970. */
  get now() {
    return NOON + this.clock.now;
  }

  /** @param {string} purpose */
  stream(purpose) {
    return new Chance(this.seed, purpose);
  }

  /**
   * Whether a fault strikes now.
   *
   * @param {string} name
   * @param {number} share how often, from 0 to 1
   */
  strike(name, share) {
    if (!this.faulty || this.without.has(name) || !this.fate.hits(share)) return false;
    this.struck.set(name, (this.struck.get(name) ?? 0) + 1);
    return true;
  }

  /**
   * Hand a turf out, anew or for the first time.
   *
   * @param {number} turf
   */
  handOut(turf) {
    const number = this.server.packets.size + 1;
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    this.server.handOut(id, TURFS[turf]);
    this.ends.set(id, this.now + this.times.between(15, 120) * 60_000);
    this.turfs[turf] = id;
  }

  /**
   * The packet of some turf that is in hand now.
   *
   * @param {import("./chance.js").Chance} chance
   */
  inHand(chance) {
    const turf = chance.between(0, this.turfs.length);
    const last = this.turfs[turf];
    if (/** @type {number} */ (this.ends.get(last)) <= this.now) {
      this.server.takeBack(last);
      this.handOut(turf);
    }
    return this.turfs[turf];
  }

  /** Somebody at the desk takes a turf back, and gives it to somebody else. */
  reassign() {
    const turf = this.chance.between(0, this.turfs.length);
    this.server.takeBack(this.turfs[turf]);
    this.handOut(turf);
  }

  /** @param {string} packet */
  doors(packet) {
    return this.server.packets.get(packet)?.doors ?? [];
  }

  /**
   * Do something that nobody waits for; what goes wrong in it is the evening's.
   *
   * @param {() => Promise<unknown>} work
   */
  begin(work) {
    work().catch((problem) => this.problems.push(problem));
  }
}
