// @ts-check
/**
 * Time that passes only when told: what is to happen, in the order of its moment.
 *
 * @typedef {{ at: number, order: number, work: (() => unknown) | null }} Planned
 */

/** A clock and what is planned on it. Two things of one moment come as they were planned. */
export class Clock {
  now = 0;
  /** @type {Planned[]} a heap: each comes before the two at twice its place */
  #planned = [];
  #order = 0;

  /**
   * @param {number} milliseconds
   * @param {() => unknown} work
   * @returns {Planned}
   */
  after(milliseconds, work) {
    const planned = { at: this.now + Math.max(0, milliseconds), order: this.#order, work };
    this.#order += 1;
    this.#planned.push(planned);
    this.#rise(this.#planned.length - 1);
    return planned;
  }

  /** @param {Planned | null | undefined} planned */
  cancel(planned) {
    if (planned) planned.work = null;
  }

  /**
   * Let time pass, and everything happen that is planned for it.
   *
   * @param {number} until
   */
  async run(until) {
    await settled();
    while (this.#planned.length > 0 && this.#planned[0].at <= until) {
      const { at, work } = this.#first();
      if (!work) continue;
      this.now = at;
      work();
      await settled();
    }
    this.now = until;
  }

  #first() {
    const heap = this.#planned;
    const first = heap[0];
    const last = /** @type {Planned} */ (heap.pop());
    if (heap.length > 0) {
      heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  /** @param {number} place */
  #rise(place) {
    const heap = this.#planned;
    for (let at = place; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!before(heap[at], heap[above])) return;
      [heap[at], heap[above]] = [heap[above], heap[at]];
      at = above;
    }
  }

  /** @param {number} place */
  #sink(place) {
    const heap = this.#planned;
    for (let at = place; ; ) {
      let first = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < heap.length && before(heap[below], heap[first])) first = below;
      }
      if (first === at) return;
      [heap[at], heap[first]] = [heap[first], heap[at]];
      at = first;
    }
  }
}

/** Everything that can go on without the clock has gone on: no promise is ready. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * @param {Planned} a
 * @param {Planned} b
 */
function before(a, b) {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
