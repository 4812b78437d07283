// @ts-check
/**
 * What lies between a phone and the server: while there are faults, anything may happen
 * to a request and to its answer.
 *
 * @typedef {import("./world.js").World} World
 * @typedef {import("../../phone/sync/answer.js").Answer} Answer
 * @typedef {{ text: string, token: string, hear: (answer: Answer | Error) => void }} Request
 */

import { Killed } from "./server.js";

const PATIENCE = 30_000;
const PROXY = 60_000; // characters: the largest body that a proxy on the way lets pass

/** Answers of somebody who is not the server, and how often they come. */
const STRANGERS = /** @type {[string, number, Answer][]} */ ([
  ["a hotel's page", 0.01, { status: 200, body: undefined }],
  ["JSON of somebody else", 0.005, { status: 200, body: { ok: true } }],
  ["a proxy that knows no token", 0.005, { status: 401, body: { type: "about:blank" } }],
  ["an error that reached nobody", 0.01, { status: 500, body: undefined }],
  ["busy", 0.01, { status: 503, body: undefined, after: 20 }],
]);

/** A phone's way to the server. */
export class Link {
  /** @type {"fine" | "none" | "portal"} */
  signal = "fine";
  /** The last answer that came this way. @type {any} */
  #earlier = null;

  /**
   * @param {World} world
   * @param {import("./chance.js").Chance} chance
   */
  constructor(world, chance) {
    this.world = world;
    this.chance = chance;
  }

  /**
   * @param {string} token
   * @param {object} body
   * @returns {Promise<Answer>}
   */
  post(token, body) {
    const { clock } = this.world;
    return new Promise((resolve, reject) => {
      const patience = clock.after(PATIENCE, () => reject(new TypeError("no answer in time")));
      /** @param {Answer | Error} answer */
      const hear = (answer) => {
        clock.cancel(patience);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      this.#out({ text: JSON.stringify(body), token, hear });
    });
  }

  /** @param {Request} request */
  #out(request) {
    const { world } = this;
    const instead = this.#stranger(request.text);
    if (instead) return this.#later(() => request.hear(instead));
    if (world.strike("a request lost", 0.03)) return undefined;
    if (world.strike("a request twice", 0.03)) this.#later(() => this.#arrive(request));
    if (world.strike("a request again, much later", 0.02)) {
      const once = { ...request, hear: () => {} };
      world.clock.after(this.chance.between(60_000, 1_200_000), () => this.#arrive(once));
    }
    return this.#later(() => this.#arrive(request));
  }

  /**
   * @param {string} text
   * @returns {Answer | Error | undefined}
   */
  #stranger(text) {
    if (this.signal === "none") return new TypeError("no network");
    if (this.signal === "portal") return STRANGERS[0][2];
    if (text.length > PROXY) return { status: 413, body: undefined };
    if (this.#earlier && this.world.strike("a proxy that answers from memory", 0.01)) {
      return this.#earlier;
    }
    return STRANGERS.find(([name, share]) => this.world.strike(name, share))?.[2];
  }

  /** @param {() => void} work */
  #later(work) {
    const slow = this.world.strike("a long way", 0.05);
    this.world.clock.after(this.chance.between(20, slow ? 45_000 : 400), work);
  }

  /** @param {Request} request */
  #arrive({ text, token, hear }) {
    const { world } = this;
    world.requests += 1;
    if (world.clock.now < world.downUntil) return hear(new TypeError("nobody listens"));
    const dies = world.strike("the server killed in a transaction", 0.01)
      ? "inside"
      : world.strike("the server killed after a commit", 0.01)
        ? "after"
        : "never";
    if (dies !== "never") world.downUntil = world.clock.now + this.chance.between(500, 20_000);
    try {
      const answer = world.server.receive(token, JSON.parse(text), dies);
      return this.#back(JSON.parse(JSON.stringify(answer)), hear);
    } catch (problem) {
      if (!(problem instanceof Killed)) throw problem;
      return hear(new TypeError("the connection broke"));
    }
  }

  /**
   * @param {Answer} answer
   * @param {Request["hear"]} hear
   */
  #back(answer, hear) {
    const { world } = this;
    const earlier = this.#earlier;
    this.#earlier = answer;
    if (world.strike("an answer lost", 0.04)) return;
    if (world.strike("an answer cut off", 0.01)) return hear({ status: 200, body: undefined });
    if (world.strike("an answer without its half", 0.01)) {
      const { receipts = [], ...rest } = /** @type {any} */ (answer.body);
      const half = receipts.slice(0, receipts.length / 2);
      return this.#later(() => hear({ status: 200, body: { receipts: half, ...rest } }));
    }
    if (earlier && world.strike("an earlier answer again", 0.01)) return hear(earlier);
    return this.#later(() => hear(answer));
  }
}
