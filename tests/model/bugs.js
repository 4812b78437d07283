// @ts-check
/**
 * Bugs of the kind that lose conversations elsewhere. Each is planted by itself, in a
 * copy of the app or in the server; each says `fired()` where it does its harm.
 */

import { Killed, refusal, Server } from "./server.js";

/** The mark that a planted line was reached; mutant.js counts them. */
const fired = () => /** @type {any} */ (globalThis).fired();

const ALL_KEPT = `batch.map(({ id, sha256 }) =>
  ({ id, sha256, status: "kept", reason: null }))`;

/** @type {Record<string, [file: string, from: string, to: string][]>} */
export const OF_THE_PHONE = {
  "lets go on any 200": [
    ["sync/send.js", "released(batch, verdict.receipts);", `fired() && ${ALL_KEPT};`],
  ],
  "lets go when no answer comes": [
    ["sync/send.js", "} catch {\n", `} catch {\n    fired(); await letGo(shelf, ${ALL_KEPT});\n`],
  ],
  "takes a hotel's page for an answer": [
    ["sync/answer.js", 'reply(body) ?? "portal"', '(body ? reply(body) : fired() && "fine")'],
    [
      "sync/send.js",
      'if (typeof verdict === "string")',
      `if (verdict === "fine") await letGo(shelf, ${ALL_KEPT});\n  if (typeof verdict === "string")`,
    ],
  ],
  "throws away what the server refuses": [
    [
      "sync/send.js",
      'if (typeof verdict === "string")',
      `if (verdict === "refused" && fired()) await letGo(shelf, ${ALL_KEPT});\n  if (typeof verdict === "string")`,
    ],
  ],
  "leaves durability to the browser": [
    ["shelf/shelf.js", '{ durability: "strict" }', "fired() && {}"],
  ],
  "says saved before it is on the disk": [
    ["shelf/shelf.js", "    await done;\n    return result;", "    fired();\n    return result;"],
  ],
  "clears the outbox when a packet leaves": [
    ["shelf/packets.js", "if (due > 0) throw", "if (due > 0 && !fired()) throw"],
  ],
  "saves under a packet that has left": [
    ["shelf/log.js", "if (!before) throw", "if (!before && !fired()) throw"],
    ["shelf/log.js", "sealed, before)", "sealed, before ?? {})"],
    ["shelf/log.js", "if (!held) throw", "if (!held && !fired()) throw"],
    ["shelf/log.js", "!held.key", "!held?.key"],
  ],
  "gives one id to all of a day": [
    [
      "shelf/log.js",
      "uuid7(at, edge.chance(10));\n  for",
      "fired() && uuid7(Math.floor(at / 8.64e7) * 8.64e7, new Uint8Array(10));\n  for",
    ],
    ["shelf/log.js", '("events").add(kept)', '("events").put(kept)'],
  ],
  "writes a number twice": [
    ["shelf/log.js", "?? 0) + 1 !== seq)", "?? 0) < 0)"],
    [
      "shelf/log.js",
      "const seq = Number(last ?? 0) + 1;",
      "const seq = (fired(), Number(last ?? 0) || 1);",
    ],
    ["shelf/shelf.js", "unique: true", "unique: false"],
  ],
  "believes that a wrong clock means a wrong event": [
    [
      "shelf/lock.js",
      "unsent: /** @type {1} */ (1),",
      "...(event.at < 1e12 && fired() ? {} : { unsent: 1 }),",
    ],
  ],
  "lets the clock say what holds": [
    [
      "core/log.js",
      "  if (places) return places;",
      "  if (a.event.at !== b.event.at && fired()) return a.event.at - b.event.at;\n  if (places) return places;",
    ],
  ],
  "hashes what JSON happens to give": [
    ["core/event.js", "sha256(canonicalize(event))", "sha256((fired(), JSON.stringify(event)))"],
  ],
  "mends what was said as it is sealed": [
    [
      "shelf/lock.js",
      "filled({ event, sha256 })",
      "filled({ event: event.note && fired() ? { ...event, note: '' } : event, sha256 })",
    ],
  ],
  "never tries again after a failure": [
    ["sync/loop.js", "if (outcome.trouble) later(", "if (outcome.trouble && !fired()) later("],
    ["sync/loop.js", "hope: run,", "hope() {},"],
  ],
  "keeps quiet about what is lost": [
    ["core/receipts.js", "if (seq > left) lost.push(seq);", "if (seq > left) fired();"],
  ],
  "forgets what was there when storage is cleared": [
    [
      "shelf/tally.js",
      "return known && last.device !== device",
      "return known && fired() && last.device === device",
    ],
  ],
};

/** The server takes everything for new. */
class NoDedupe extends Server {
  /** @type {Server["others"]} */
  others(id, rows) {
    if (super.others(id, rows).length > 0) fired();
    return [];
  }
}

/** The answer is out before the commit. */
class AcknowledgesFirst extends Server {
  /** @type {Server["answer"]} */
  answer(token, batch, dies) {
    try {
      return super.answer(token, batch, dies);
    } catch (problem) {
      const claim = this.tokens.get(token);
      if (!claim || !(problem instanceof Killed)) throw problem;
      fired();
      const { receipts } = this.judge(claim, batch.events);
      return { status: 200, body: { receipts, high_water: 0, missing: [] } };
    }
  }
}

/** What is no longer in hand is no longer taken. */
class RefusesAfterReassignment extends Server {
  /** @type {Server["answer"]} */
  answer(token, batch, dies) {
    if (!this.tokens.get(token)?.packet.ended) return super.answer(token, batch, dies);
    fired();
    return refusal(410, "expired-code");
  }
}

/** Who speaks last at a door speaks alone. */
class LastWriteWins extends Server {
  /** @type {Server["write"]} */
  write(row) {
    const { kind } = row.event;
    const door = kind === "conversation" ? row.event.door : null;
    const before = this.log.findIndex(
      ({ event }) => event.kind === "conversation" && event.door === door,
    );
    if (before >= 0 && fired()) {
      this.byId.delete(this.log[before].id);
      this.log.splice(before, 1);
    }
    super.write(row);
  }
}

/** Killed in the middle, a batch is there in part. */
class HalfApplied extends Server {
  /** @type {Server["answer"]} */
  answer(token, batch, dies) {
    const claim = this.tokens.get(token);
    if (claim && dies === "inside") {
      const { rows } = this.judge(claim, batch.events);
      for (const row of rows.slice(0, Math.ceil(rows.length / 2))) if (fired()) this.write(row);
    }
    return super.answer(token, batch, dies);
  }
}

/** The first receipt is for the second event, and the other way round. */
class WrongReceipts extends Server {
  /** @type {Server["commit"]} */
  commit({ rows, receipts }) {
    super.commit({ rows: rows.length > 1 && fired() ? rows.slice(1) : rows, receipts });
  }
}

/** An event from 1970 is no event. */
class TrustsClocks extends Server {
  /** @type {Server["commit"]} */
  commit({ rows, receipts }) {
    const plausible = rows.filter(({ event }) => event.at > 1e12 || !fired());
    super.commit({ rows: plausible, receipts });
  }
}

/** What was said of a door before is put right by what is said now. */
class Rewrites extends Server {
  /** @type {Server["write"]} */
  write(row) {
    if (row.event.kind === "conversation" && row.event.note.length > 20 && fired()) {
      super.write({ ...row, event: { ...row.event, note: row.event.note.slice(0, 20) } });
    } else super.write(row);
  }
}

/** @type {Record<string, new () => Server>} */
export const OF_THE_SERVER = {
  "knows no repeat": NoDedupe,
  "acknowledges before the commit": AcknowledgesFirst,
  "refuses what comes after a turf was reassigned": RefusesAfterReassignment,
  "keeps the last word at a door only": LastWriteWins,
  "applies half a batch": HalfApplied,
  "writes less than its receipts say": WrongReceipts,
  "drops what a clock makes absurd": TrustsClocks,
  "cuts what is long": Rewrites,
};
