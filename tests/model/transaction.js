// @ts-check
/**
 * A transaction on a disk in memory: all of it or none, one writer at a time.
 *
 * Like IndexedDB's, it ends by itself when nothing more is asked of it.
 *
 * @typedef {import("./disk.js").Disk} Disk
 * @typedef {import("./disk.js").Life} Life
 * @typedef {import("./disk.js").Store} Store
 */

/** Turns of the promise queue in which nothing was asked, before it ends. */
const PATIENCE = 6;

/** What the dead are told. */
export const never = () => new Promise(() => {});

/** Part of a disk, for a while. */
export class Transaction {
  #disk;
  #life;
  #writes;
  #strict;
  /** @type {(() => void)[]} */
  #undo = [];
  #quiet = 0;
  #over = false;
  /** @type {(value?: any) => void} */
  #finish = () => {};
  /** @type {(problem: unknown) => void} */
  #fail = () => {};
  #started;
  /** @type {() => void} */
  #start = () => {};
  /** @type {Promise<void>} */
  done;

  /**
   * @param {Disk} disk
   * @param {Life} life
   * @param {boolean} writes
   * @param {boolean} strict
   */
  constructor(disk, life, writes, strict) {
    this.#disk = disk;
    this.#life = life;
    this.#writes = writes;
    this.#strict = strict;
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    this.#started = new Promise((resolve) => {
      this.#start = () => resolve(undefined);
    });
    if (!life.alive) return;
    life.open.add(this);
    disk.queue.push(this);
    next(disk.queue);
    this.#watch();
  }

  get writes() {
    return this.#writes;
  }

  /** It is this transaction's turn. */
  begin() {
    this.#start();
  }

  /** @param {string} name */
  objectStore(name) {
    const store = () => /** @type {Store} */ (this.#disk.stores.get(name));
    return {
      get: (/** @type {unknown} */ key) => this.#ask(() => copy(row(store(), key))),
      getAll: () => this.#ask(() => all(store()).map(copy)),
      put: (/** @type {any} */ value, key = keyOf(store(), value)) =>
        this.#ask(() => this.#put(store(), key, value, true)),
      add: (/** @type {any} */ value, key = keyOf(store(), value)) =>
        this.#ask(() => this.#put(store(), key, value, false)),
      delete: (/** @type {unknown} */ key) => this.#ask(() => this.#set(store(), key, undefined)),
      clear: () =>
        this.#ask(() => {
          for (const { key } of [...store().rows.values()]) this.#set(store(), key, undefined);
        }),
      index: (/** @type {string} */ index) => ({
        get: (/** @type {unknown} */ key) =>
          this.#ask(() => copy(indexed(store(), index).find(({ at }) => at === key)?.value)),
        getAll: (/** @type {unknown} */ key) =>
          this.#ask(() =>
            indexed(store(), index)
              .filter(({ at }) => key === undefined || at === key)
              .map(({ value }) => copy(value)),
          ),
      }),
    };
  }

  abort() {
    if (this.#over) throw new DOMException("it has ended", "InvalidStateError");
    this.#end(true);
    this.#fail(new DOMException("aborted", "AbortError"));
  }

  /** Its process is dead. */
  vanish() {
    if (!this.#over) this.#end(true);
  }

  /**
   * @template Result
   * @param {() => Result} work
   * @returns {Promise<Result>}
   */
  async #ask(work) {
    if (!this.#life.alive) return never();
    if (this.#over) throw new DOMException("it has ended", "TransactionInactiveError");
    await this.#started;
    if (!this.#life.step() || this.#over) return never();
    this.#quiet = 0;
    try {
      return work();
    } catch (problem) {
      this.#end(true);
      this.#fail(problem);
      throw problem;
    }
  }

  /** Commits when nothing has been asked for a while. */
  async #watch() {
    await this.#started;
    while (this.#quiet < PATIENCE) {
      this.#quiet += 1;
      await null;
    }
    if (this.#over || !this.#life.step()) return;
    this.#end(false);
    if (this.#life.step()) this.#finish();
  }

  /** @param {boolean} undone */
  #end(undone) {
    this.#over = true;
    if (undone) for (const undo of this.#undo.reverse()) undo();
    else if (!this.#strict) this.#disk.unflushed.push(...this.#undo);
    else if (this.#writes) this.#disk.unflushed = [];
    this.#life.open.delete(this);
    this.#disk.queue.splice(this.#disk.queue.indexOf(this), 1);
    next(this.#disk.queue);
  }

  /**
   * @param {Store} store
   * @param {unknown} key
   * @param {any} value
   * @param {boolean} over whether it may stand in the place of another
   */
  #put(store, key, value, over) {
    if (this.#disk.full) throw new DOMException("no room", "QuotaExceededError");
    const id = JSON.stringify(key);
    if (!over && store.rows.has(id)) throw new DOMException("a key twice", "ConstraintError");
    for (const { path, unique } of store.indexes.values()) {
      if (unique) refuseTwins(store, id, path, value);
    }
    this.#set(store, key, copy(value));
    return key;
  }

  /**
   * @param {Store} store
   * @param {unknown} key
   * @param {any} value undefined: no row
   */
  #set(store, key, value) {
    if (!this.#writes) throw new DOMException("it only reads", "ReadOnlyError");
    const id = JSON.stringify(key);
    const before = store.rows.get(id);
    this.#undo.push(() => {
      if (before) store.rows.set(id, before);
      else store.rows.delete(id);
    });
    if (value === undefined) store.rows.delete(id);
    else store.rows.set(id, { key, value });
  }
}

/**
 * Let those begin that may: readers beside each other, a writer by itself.
 *
 * @param {Transaction[]} queue
 */
function next(queue) {
  for (const [place, transaction] of queue.entries()) {
    if (transaction.writes && place > 0) return;
    transaction.begin();
    if (transaction.writes) return;
  }
}

/**
 * @param {Store} store
 * @param {unknown} key
 */
const row = (store, key) => store.rows.get(JSON.stringify(key))?.value;

/** @param {Store} store */
const all = (store) =>
  [...store.rows.keys()].sort().map((id) => /** @type {any} */ (store.rows.get(id)).value);

/**
 * @param {Store} store
 * @param {string} index
 * @returns {{ at: any, value: any }[]} in the order of the index
 */
function indexed({ rows, indexes }, index) {
  const { path } = /** @type {import("./disk.js").Index} */ (indexes.get(index));
  const found = [];
  for (const { value } of rows.values()) {
    if (value[path] !== undefined) found.push({ at: value[path], value });
  }
  return found.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/**
 * @param {Store} store
 * @param {any} value
 */
function keyOf({ keyPath }, value) {
  if (keyPath === null) return undefined;
  return Array.isArray(keyPath) ? keyPath.map((path) => value[path]) : value[keyPath];
}

/**
 * @param {Store} store
 * @param {string} id
 * @param {string} path
 * @param {any} value
 */
function refuseTwins(store, id, path, value) {
  for (const [other, kept] of store.rows) {
    if (other !== id && kept.value[path] === value[path]) {
      throw new DOMException("a unique value twice", "ConstraintError");
    }
  }
}

/**
 * Plain data again, sharing nothing with what it was copied from. What cannot be changed
 * (a key in the system's keeping, what lies locked under it) is the same again.
 *
 * @template Value
 * @param {Value} value
 * @returns {Value}
 */
function copy(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return /** @type {Value} */ (value.map(copy));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  /** @type {Record<string, unknown>} */
  const made = {};
  for (const name in value) made[name] = copy(value[name]);
  return /** @type {Value} */ (made);
}
