// @ts-check
/**
 * Where each door of a map is, so that the one under the hand is found at once, also
 * among a hundred thousand. This file knows no browser.
 *
 * In:  walks. Out: doors by turf and position in its walk, from 1.
 *
 * @typedef {{ turf: number, position: number }} Stop
 * @typedef {[east: number, north: number]} Place
 */

import { corners } from "./features.js";

/** @typedef {import("./features.js").Feature} Feature */

const A_CELL = 8;
/** Doors in a cell of the grid, on average. */

export class Places {
  /** @param {Iterable<Feature>} walks of all turfs, a feature each */
  constructor(walks) {
    const all = [...walks];
    /** @type {Map<number, number>} the place of each turf's first door */
    this.first = new Map();
    let count = 0;
    for (const walk of all) {
      this.first.set(Number(walk.properties.turf), count);
      count += corners(walk.geometry).length;
    }
    this.count = count;
    this.x = new Float64Array(count);
    this.y = new Float64Array(count);
    this.turf = new Int32Array(count);
    let at = 0;
    for (const walk of all) {
      for (const [x = 0, y = 0] of corners(walk.geometry)) {
        this.x[at] = x;
        this.y[at] = y;
        this.turf[at] = Number(walk.properties.turf);
        at += 1;
      }
    }
    this.#lay();
  }

  /** Sort the doors into the cells of a grid. */
  #lay() {
    const [west, east] = ends(this.x);
    const [south, north] = ends(this.y);
    const cells = Math.max(1, this.count / A_CELL);
    this.west = west;
    this.south = south;
    this.side = Math.max(Math.sqrt(((east - west) * (north - south)) / cells), 1e-6);
    this.columns = Math.floor((east - west) / this.side) + 1;
    this.rows = Math.floor((north - south) / this.side) + 1;
    const cell = Int32Array.from(this.x, (x, n) => this.#cell(x, this.y[n] ?? 0));
    this.starts = new Int32Array(this.columns * this.rows + 1);
    for (const one of cell) this.starts[one + 1] = (this.starts[one + 1] ?? 0) + 1;
    for (let n = 1; n < this.starts.length; n++) {
      this.starts[n] = (this.starts[n] ?? 0) + (this.starts[n - 1] ?? 0);
    }
    const next = this.starts.slice();
    this.doors = new Int32Array(this.count);
    cell.forEach((one, door) => {
      const place = next[one] ?? 0;
      /** @type {Int32Array} */ (this.doors)[place] = door;
      next[one] = place + 1;
    });
  }

  /** @param {number} x @param {number} y @returns {number} */
  #cell(x, y) {
    const { west = 0, south = 0, side = 1, columns = 1, rows = 1 } = this;
    const column = Math.min(Math.max(Math.floor((x - west) / side), 0), columns - 1);
    const row = Math.min(Math.max(Math.floor((y - south) / side), 0), rows - 1);
    return row * columns + column;
  }

  /**
   * @param {import("./features.js").Box} box
   * @returns {number[]} the doors in it
   */
  within([west, south, east, north]) {
    const { columns = 1, starts = new Int32Array(), doors = new Int32Array() } = this;
    const [low, high] = [this.#cell(west, south), this.#cell(east, north)];
    const found = [];
    for (let row = Math.floor(low / columns); row <= Math.floor(high / columns); row++) {
      const [from, to] = [row * columns + (low % columns), row * columns + (high % columns)];
      for (let n = starts[from] ?? 0; n < (starts[to + 1] ?? 0); n++) {
        const door = doors[n] ?? 0;
        const [x = 0, y = 0] = [this.x[door], this.y[door]];
        if (x >= west && x <= east && y >= south && y <= north) found.push(door);
      }
    }
    return found;
  }

  /**
   * @param {Place} at
   * @param {number} reach degrees of latitude; of longitude, as many as are as far
   * @param {(door: Stop) => boolean} [may] whether a door counts
   * @returns {Stop | null} the nearest door
   */
  nearest([x, y], reach, may = () => true) {
    const wide = reach / Math.cos((y * Math.PI) / 180);
    let best = null;
    let least = 1;
    for (const door of this.within([x - wide, y - reach, x + wide, y + reach])) {
      const far =
        (((this.x[door] ?? 0) - x) / wide) ** 2 + (((this.y[door] ?? 0) - y) / reach) ** 2;
      if (far > least) continue;
      const stop = this.stop(door);
      if (!may(stop)) continue;
      least = far;
      best = stop;
    }
    return best;
  }

  /** @param {Stop} stop @returns {Stop[]} the doors of its turf at the very same place: flats */
  together({ turf, position }) {
    const [x, y] = this.at({ turf, position });
    return this.within([x, y, x, y])
      .filter((door) => this.turf[door] === turf)
      .map((door) => this.stop(door))
      .sort((a, b) => a.position - b.position);
  }

  /**
   * @param {readonly Place[]} ring corners of a shape
   * @returns {Stop[]} the doors in it
   */
  inside(ring) {
    const xs = ring.map(([x]) => x);
    const ys = ring.map(([, y]) => y);
    const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    return this.within(/** @type {import("./features.js").Box} */ (box))
      .filter((door) => holds(ring, this.x[door] ?? 0, this.y[door] ?? 0))
      .map((door) => this.stop(door));
  }

  /** @param {Stop} stop @returns {Place} where it is */
  at({ turf, position }) {
    const door = (this.first.get(turf) ?? 0) + position - 1;
    return [this.x[door] ?? 0, this.y[door] ?? 0];
  }

  /** @param {number} door @returns {Stop} */
  stop(door) {
    const turf = this.turf[door] ?? 0;
    return { turf, position: door - (this.first.get(turf) ?? 0) + 1 };
  }
}

/** @param {Float64Array} numbers @returns {[least: number, most: number]} */
function ends(numbers) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of numbers) {
    least = Math.min(least, one);
    most = Math.max(most, one);
  }
  return numbers.length ? [least, most] : [0, 0];
}

/**
 * @param {readonly Place[]} ring
 * @param {number} x
 * @param {number} y
 * @returns {boolean} whether a place is inside: a line from it crosses an odd number of sides
 */
function holds(ring, x, y) {
  let inside = false;
  ring.forEach(([ax, ay], n) => {
    const [bx, by] = ring[(n + 1) % ring.length] ?? [0, 0];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  });
  return inside;
}
