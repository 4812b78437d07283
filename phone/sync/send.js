// @ts-check
/**
 * Sending: the outbox goes to the server in batches, and the server's receipts, and
 * nothing else, take entries out of it.
 *
 * Sending twice does no harm: the server knows an event by its id and its hash. So in
 * doubt the phone keeps an entry and sends it again.
 *
 * @typedef {import("../shelf/shelf.js").Shelf} Shelf
 * @typedef {import("../shelf/shelf.js").Row} Row
 * @typedef {import("./answer.js").Answer} Answer
 * @typedef {import("./answer.js").Trouble} Trouble
 * @typedef {(token: string, body: object) => Promise<Answer>} Post
 * @typedef {{ trouble: Trouble | null, after: number, lost: number[], time?: number | null }}
 *   Outcome
 *   after: seconds to wait, as the server asked; lost: numbers that are neither here nor
 *   on the server; time: the server's clock, if it said
 */

import { batches, gaps, released } from "../core/receipts.js";
import { entry } from "../shelf/lock.js";
import { everything, letGo, notBelow, sendAgain, unsent } from "../shelf/log.js";
import { about, packets } from "../shelf/packets.js";
import { judge } from "./answer.js";

/** Batches that may fail in one run, before we leave the server alone for a while. */
const PATIENCE = 12;

/**
 * A sender for this shelf. One at a time may run: the caller holds the lock.
 *
 * @param {Shelf} shelf
 * @param {Post} post
 * @param {() => unknown} [less] called whenever entries were let go
 * @returns {() => Promise<Outcome>} sends all it can
 */
export function sender(shelf, post, less = () => {}) {
  /** Numbers already sent again once, so that a server that forgets causes no circle. */
  const repeated = new Set();

  return async function send() {
    const tokens = new Map((await packets(shelf)).map(({ id, token }) => [id, token]));
    let queue = batches(await unsent(shelf));
    /** @type {Outcome} */
    const outcome = { trouble: null, after: 0, lost: [] };
    let failures = 0;
    while (queue.length > 0 && failures < PATIENCE) {
      const [batch, ...rest] = queue;
      const { packet } = batch[0];
      const token = tokens.get(packet);
      const { trouble, after, lost, time } = await one(
        shelf,
        { post, less },
        token,
        batch,
        repeated,
      );
      outcome.lost = [...new Set([...outcome.lost, ...lost])];
      outcome.time = time ?? outcome.time;
      queue = rest;
      if (trouble === null) continue;
      failures += 1;
      outcome.trouble = trouble;
      outcome.after = after;
      if (trouble === "refused") queue = rest.filter((other) => other[0].packet !== packet);
      else if (trouble === "choked") queue = [...halves(batch), ...rest];
      else queue = [];
    }
    return outcome;
  };
}

/**
 * Send one batch, and let go what comes back named.
 *
 * @param {Shelf} shelf
 * @param {{ post: Post, less: () => unknown }} ways
 * @param {string | undefined} token
 * @param {Row[]} batch entries of one packet
 * @param {Set<number>} repeated
 * @returns {Promise<Outcome>}
 */
async function one(shelf, { post, less }, token, batch, repeated) {
  const { packet } = batch[0];
  if (token === undefined) return { trouble: "refused", after: 0, lost: [] };
  const device = await shelf.read(["meta"], (reading) => reading.objectStore("meta").get("device"));
  /** @type {Answer} */
  let answer;
  try {
    answer = await post(token, { device, events: batch.map(entry) });
  } catch {
    return { trouble: "offline", after: 0, lost: [] };
  }
  const verdict = judge(answer);
  if (typeof verdict === "string") return { trouble: verdict, after: answer.after ?? 0, lost: [] };

  const named = released(batch, verdict.receipts);
  // An answer that names nothing of this batch may be to another phone's, or an old one
  if (named.length === 0) return { trouble: "unclear", after: 0, lost: [] };
  await letGo(shelf, named);
  await less();
  await notBelow(shelf, verdict.high_water);
  const { again, lost } = await missing(shelf, packet, verdict.missing);
  const fresh = again.filter((seq) => !repeated.has(seq));
  for (const seq of fresh) repeated.add(seq);
  await sendAgain(shelf, fresh);
  return { trouble: null, after: 0, lost, time: verdict.time };
}

/**
 * @param {Shelf} shelf
 * @param {string} packet
 * @param {readonly number[]} seqs
 */
async function missing(shelf, packet, seqs) {
  if (seqs.length === 0) return { again: [], lost: [] };
  const here = (await everything(shelf)).map(({ seq, packet, unsent, status }) => ({
    ...{ seq, packet, status },
    unsent: unsent === 1,
  }));
  const { left } = await about(shelf);
  return gaps(seqs, here, { packet, left });
}

/**
 * A batch that could not be taken, in two; one that is a single entry waits for the next
 * run, and the entries behind it go on.
 *
 * @param {Row[]} batch
 * @returns {Row[][]}
 */
function halves(batch) {
  if (batch.length < 2) return [];
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
