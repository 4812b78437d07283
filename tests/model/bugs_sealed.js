// @ts-check
/**
 * Bugs of sealing and of running out, planted like those of bugs.js.
 */

import { Ciphers } from "./cipher.js";
import { Server } from "./server.js";

/** The mark that a planted line was reached; mutant.js counts them. */
const fired = () => /** @type {any} */ (globalThis).fired();

/** @type {Record<string, [file: string, from: string, to: string][]>} */
export const SEALED_OF_THE_PHONE = {
  "seals to a key that is not the chapter's": [
    ["shelf/lock.js", "seal(seal.public,", 'seal((fired(), "00".repeat(16)),'],
  ],
  "writes another label on a box than it was sealed under": [
    [
      "shelf/lock.js",
      "filled({ event, sha256 }), info)",
      "filled({ event, sha256 }), info + fired())",
    ],
  ],
  "says that an old key sealed it": [
    ["shelf/lock.js", "key: seal.key, box,", 'key: fired() && "0".repeat(16), box,'],
  ],
  "uses a number twice under one key": [
    ["shelf/lock.js", "vault.chance(ONCE)", "(fired(), new Uint8Array(ONCE))"],
  ],
  "names the hash of what is in a box": [
    ["shelf/lock.js", "const own = await vault.sha256(box);", "const own = fired() && sha256;"],
  ],
  "seals again each time it sends": [
    [
      "shelf/lock.js",
      "return { id, packet, seq, key, box, sha256 };",
      "return { id, packet, seq, key, box: fired() && box.slice(1) + box[0], sha256 };",
    ],
  ],
  "keeps a turf's key when its time is over": [
    ["shelf/packets.js", "const { key: _, ...rest } = held;", "const rest = (fired(), held);"],
  ],
  "keeps what was said readable when a turf's time is over": [
    [
      "shelf/packets.js",
      'if ("copy" in kept && kept.copy) await',
      'if ("copy" in kept && kept.copy && !fired()) await',
    ],
  ],
  "drops the outbox with a turf whose time is over": [
    [
      "shelf/packets.js",
      "await events.put({ ...kept, copy: null });",
      "{\n        fired();\n        await events.delete(kept.id);\n      }",
    ],
  ],
  "never lets a turf run out": [
    ["shelf/packets.js", "if (over && !busy(id))", "if (over && !busy(id) && !fired())"],
  ],
  "believes its own clock": [
    [
      "core/time.js",
      "if (server !== null) return { time: server, wall, steady };",
      "if (fired()) return { time: wall, wall, steady };",
    ],
  ],
  "thinks that every turf has run out": [
    ["shelf/packets.js", "Date.parse(expires) <= time", "fired()"],
  ],
};

/** Keys that were replaced open no more. */
class ForgetsKeys extends Server {
  ciphers = new (class extends Ciphers {
    renew() {
      if (this.keys.size > 0) fired();
      this.keys.clear();
      super.renew();
    }
  })(new Server().ciphers.chance);
}

/** Bundles hold the private half as well. */
class TellsAll extends Server {
  ciphers = new (class extends Ciphers {
    renew() {
      super.renew();
      fired();
      Object.assign(this.told, { private: "0" });
    }
  })(new Server().ciphers.chance);
}

/** A receipt names the hash of what lies in a box. */
class NamesTheEvent extends Server {
  /** @type {Server["opened"]} */
  opened(entry) {
    const found = super.opened(entry);
    fired();
    return { ...found, sent: { ...found.sent, sha256: found.sha256 } };
  }
}

/** @type {Record<string, new () => Server>} */
export const SEALED_OF_THE_SERVER = {
  "forgets its older keys": ForgetsKeys,
  "hands out the private key": TellsAll,
  "answers for the event and not for the box": NamesTheEvent,
};
