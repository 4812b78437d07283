// @ts-check
/**
 * A phone's disk in memory, with as much of IndexedDB as the shelf uses (through idb),
 * and the faults that a real one has: the process dies between two steps, the battery
 * dies and what was not flushed is gone, the disk is full, the system clears it.
 *
 * It is held to a real IndexedDB in disk.test.js.
 *
 * @typedef {{ keyPath: string | string[] | null, indexes: Map<string, Index>,
 *   rows: Map<string, { key: unknown, value: any }> }} Store
 * @typedef {{ path: string, unique: boolean }} Index
 * @typedef {() => void} Undo
 */

import { never, Transaction } from "./transaction.js";

/** One run of the app on a phone. When it has died, nothing it asks for is answered. */
export class Life {
  alive = true;
  /** Steps on the disk until it dies. */
  left = Infinity;
  /** @type {Set<Transaction>} */
  open = new Set();

  /** One step on the disk; false: it died before it could be made. */
  step() {
    if (this.alive && this.left <= 0) this.die();
    this.left -= 1;
    return this.alive;
  }

  /** What was half done is undone, as the browser does. */
  die() {
    this.alive = false;
    for (const transaction of this.open) transaction.vanish();
  }
}

/** A disk: what is on it outlives every life. */
export class Disk {
  /** @type {Map<string, Store>} */
  stores = new Map();
  full = false;
  /** What a dead battery takes back, oldest first. @type {Undo[]} */
  unflushed = [];
  /** The transactions in the order in which they were begun. @type {Transaction[]} */
  queue = [];

  /**
   * What stands in for idb's openDB.
   *
   * @param {Life} life
   * @returns {any}
   */
  opener(life) {
    return async (/** @type {string} */ _name, /** @type {number} */ _version, calls) => {
      if (!life.step()) return never();
      if (this.stores.size === 0) calls.upgrade(this.#database(life));
      return this.#database(life);
    };
  }

  /** @param {Life} life */
  #database(life) {
    return {
      close() {},
      createObjectStore: (/** @type {string} */ name, { keyPath = null } = {}) => {
        /** @type {Store} */
        const store = { keyPath, indexes: new Map(), rows: new Map() };
        this.stores.set(name, store);
        return {
          createIndex(/** @type {string} */ index, /** @type {string} */ path, more = {}) {
            store.indexes.set(index, { path, unique: false, ...more });
          },
        };
      },
      transaction: (
        /** @type {string[]} */ _stores,
        /** @type {string} */ mode,
        /** @type {{ durability?: string }} */ { durability },
      ) => new Transaction(this, life, mode === "readwrite", durability === "strict"),
    };
  }

  /** The battery is dead: whatever was not flushed is gone. */
  powerCut() {
    for (const undo of this.unflushed.reverse()) undo();
    this.unflushed = [];
  }

  /** The system clears it. */
  evict() {
    this.stores.clear();
    this.unflushed = [];
  }

  /**
   * One row goes bad.
   *
   * @param {string} store
   * @param {string} key
   */
  lose(store, key) {
    this.stores.get(store)?.rows.delete(JSON.stringify(key));
  }

  /**
   * What is on it, past every transaction.
   *
   * @param {string} store
   * @returns {any[]}
   */
  rows(store) {
    return [...(this.stores.get(store)?.rows.values() ?? [])].map(({ value }) => value);
  }
}
