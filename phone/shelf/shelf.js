// @ts-check
/**
 * The shelf: what this phone holds, in IndexedDB, through anything that may happen to it.
 *
 * Every write is strict: it is on the disk, not in a buffer, before it counts as done.
 * The system may close the database at any time (a phone short of memory, a newer
 * version in another tab); the shelf opens it again and goes on.
 *
 * @typedef {import("../core/event.js").Event} Event
 * @typedef {import("./lock.js").Row} Row
 * @typedef {import("./lock.js").Locked} Locked
 * @typedef {{
 *   id: string, seq: number, packet: string, event: Event | null, sha256: string,
 *   unsent?: 1, status: string | null, reason: string | null,
 * }} Kept
 *   event: null once its packet has left: then only the server can open it; unsent: there
 *   until a receipt has named this event; status: what the receipt said
 * @typedef {{
 *   id: string, token: string, name: string, code: string, expires: string | null,
 *   bundle: import("./packets.js").Bundle | null, ended: string | null,
 * }} Packet
 *   ended: why the packet is no longer in hand; its bundle is gone then
 * @typedef {{
 *   id: string, token: string, name: string, code: string, expires?: string,
 *   key?: import("./vault.js").Key, seal?: import("./lock.js").Seal | null,
 *   inside?: Locked | null, bundle?: import("./packets.js").Bundle | null,
 *   ended: string | null,
 * }} PacketRow
 *   key: of this packet, which no page can read out; inside: its bundle under that key;
 *   bundle: as releases before 0.2 wrote it
 * @typedef {{
 *   packet: string, door: string, person: string | null | undefined,
 *   result: string | null, answers: Record<string, string>, note: string,
 * }} Draft
 *   person: undefined while nobody has been chosen
 * @typedef {{ packet: string, door: string, inside: Locked } | Draft} DraftRow
 * @typedef {import("idb").DBSchema & {
 *   meta: { key: string, value: any },
 *   packets: { key: string, value: PacketRow },
 *   events: {
 *     key: string, value: Row,
 *     indexes: { seq: number, unsent: number, packet: string },
 *   },
 *   drafts: { key: [string, string], value: DraftRow },
 * }} Stores
 * @typedef {"meta" | "packets" | "events" | "drafts"} Name
 * @typedef {import("idb").IDBPTransaction<Stores, Name[], "readwrite">} Writing
 * @typedef {import("idb").IDBPTransaction<Stores, Name[], "readonly">} Reading
 * @typedef {import("idb").IDBPDatabase<Stores>} Database
 * @typedef {ReturnType<typeof shelf>} Shelf
 */

import { openDB } from "./idb.js";
import { VAULT } from "./vault.js";

const VERSION = 1;

/** Something could not be put on the shelf. What was put there earlier is safe. */
export class NotSaved extends Error {
  /**
   * @param {"full" | "closed" | "failed" | "left"} why left: its packet is not here
   * @param {unknown} cause
   */
  constructor(why, cause) {
    super(`not saved: ${why}`, { cause });
    this.why = why;
  }
}

/**
 * The shelf of that name; it is opened at the first use.
 *
 * @param {string} [name]
 * @param {typeof openDB} [openDisk] how: IndexedDB, or a disk whose faults are told to it
 * @param {import("./vault.js").Vault} [vault] the ciphers
 */
export function shelf(name = "groundgame", openDisk = openDB, vault = VAULT) {
  /** @type {Promise<Database> | null} */
  let opening = null;
  /** What has been begun and is not over. @type {Set<{ abort: () => void }>} */
  const going = new Set();

  const forget = () => {
    opening = null;
  };

  const open = () => {
    opening ??= openDisk(name, VERSION, {
      upgrade: build,
      blocking(_now, _wanted, event) {
        /** @type {IDBDatabase} */ (event.target).close();
        forget();
      },
      terminated: forget,
    }).catch((problem) => {
      forget();
      throw problem;
    });
    return opening;
  };

  /**
   * @template {"readonly" | "readwrite"} Mode
   * @param {Name[]} stores
   * @param {Mode} mode
   */
  const begin = async (stores, mode) => {
    const start = async () => {
      const begun = (await open()).transaction(stores, mode, { durability: "strict" });
      going.add(begun);
      begun.done.catch(() => {}).finally(() => going.delete(begun));
      return begun;
    };
    try {
      return await start();
    } catch (problem) {
      if (named(problem) !== "InvalidStateError") throw problem;
      forget(); // the system closed it between two uses; nothing was begun yet
      return start();
    }
  };

  return {
    vault,
    /** What was opened before, so that it need not be opened again. @type {Map<string, any>} */
    opened: new Map(),

    /**
     * Do some writing, all of it or none; done when it is on the disk.
     *
     * @template Result
     * @param {Name[]} stores
     * @param {(writing: Writing) => Promise<Result>} work
     * @returns {Promise<Result>}
     * @throws {NotSaved}
     */
    async write(stores, work) {
      try {
        const writing = await begin(stores, "readwrite");
        return await whole(writing, work);
      } catch (problem) {
        throw isOfDisk(problem) ? new NotSaved(reason(problem), problem) : problem;
      }
    },

    /**
     * @template Result
     * @param {Name[]} stores
     * @param {(reading: Reading) => Promise<Result>} work
     * @returns {Promise<Result>}
     */
    async read(stores, work) {
      return work(await begin(stores, "readonly"));
    },

    /**
     * Break off what is not over: a page that is left and kept frozen would hold its
     * place for ever, and every page after it would wait. Nobody was told it was saved.
     */
    breakOff() {
      for (const each of going) {
        try {
          each.abort();
        } catch {
          // it is ending by itself
        }
      }
    },

    /** Let go of the database, as the system does when it wants to. */
    async close() {
      if (opening) (await opening).close();
      forget();
    },
  };
}

/**
 * @template Result
 * @param {Writing} writing
 * @param {(writing: Writing) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function whole(writing, work) {
  const done = writing.done;
  done.catch(() => {}); // told below; without this, a failed write is reported twice
  try {
    const result = await work(writing);
    await done;
    return result;
  } catch (problem) {
    try {
      writing.abort();
    } catch {
      // it had already ended
    }
    const end = await done.catch((abort) => abort);
    throw isOfDisk(end) && named(end) !== "AbortError" ? end : problem;
  }
}

/**
 * @param {Database} database
 */
function build(database) {
  database.createObjectStore("meta");
  database.createObjectStore("packets", { keyPath: "id" });
  database.createObjectStore("drafts", { keyPath: ["packet", "door"] });
  const events = database.createObjectStore("events", { keyPath: "id" });
  events.createIndex("seq", "seq", { unique: true });
  events.createIndex("unsent", "unsent");
  events.createIndex("packet", "packet");
}

/**
 * @param {unknown} problem
 * @returns {string}
 */
function named(problem) {
  return typeof problem === "object" && problem !== null && "name" in problem
    ? String(problem.name)
    : "";
}

/**
 * Whether the browser's storage said no, and not our own code.
 *
 * @param {unknown} problem
 */
function isOfDisk(problem) {
  return problem instanceof DOMException;
}

/**
 * @param {unknown} problem
 * @returns {"full" | "closed" | "failed"}
 */
function reason(problem) {
  if (named(problem) === "QuotaExceededError") return "full";
  return ["AbortError", "InvalidStateError"].includes(named(problem)) ? "closed" : "failed";
}
