// @ts-check
/**
 * The numbers of turfs, as buttons that lie on a map.
 *
 * Each stands on its walk, at the first of a few spots that is in view and where it lies on
 * no other. Where there is none it is left out, and comes out as one moves closer: however
 * many turfs there are, a hundred or so buttons are all that is moved with the map.
 */

import { Marker } from "/vendor/maplibre/maplibre-gl.mjs";

/** @typedef {import("./places.js").Place} Place */
/** @typedef {{ x: number, y: number, wide: number }} Spot */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

/** Pixels that a number of four digits is wide, and that each is high. */
const WIDE = 52;
const HIGH = 30;
const MOST = 120;

export class Numbers {
  /** @type {ReadonlyMap<number, readonly Place[]>} */
  #spots = new Map();
  /** @type {Map<number, Marker>} those that are there, by turf */
  #there = new Map();
  /** @type {number | null} */
  #picked = null;

  /**
   * @param {GlMap} map
   * @param {string} word what comes before a number when it is read aloud
   * @param {(turf: number) => void} press what a press on a number does
   */
  constructor(map, word, press) {
    this.map = map;
    this.word = word;
    this.press = press;
    map.on("moveend", () => this.thin());
  }

  /** @param {ReadonlyMap<number, readonly Place[]>} spots where each may stand, best first */
  set(spots) {
    this.#spots = spots;
    this.thin();
  }

  /** @param {number | null} turf the one that stands out */
  pick(turf) {
    this.#picked = turf;
    for (const [number, marker] of this.#there) pressed(marker, number === turf);
    this.thin();
  }

  /** Put those on the map that have room. */
  thin() {
    const chosen = this.#chosen();
    for (const [turf, marker] of this.#there) {
      if (chosen.has(turf)) continue;
      marker.remove();
      this.#there.delete(turf);
    }
    for (const [turf, spot] of chosen) {
      const marker = this.#there.get(turf);
      if (marker) marker.setLngLat(spot);
      else this.#add(turf, spot);
    }
  }

  /** @returns {Map<number, Place>} the turfs whose numbers have room, and where */
  #chosen() {
    /** @type {Map<string, Spot[]>} */
    const taken = new Map();
    /** @type {Map<number, Place>} */
    const chosen = new Map();
    for (const turf of this.#order()) {
      if (chosen.size === MOST) break;
      for (const spot of this.#spots.get(turf) ?? []) {
        const at = { ...this.map.project(spot), wide: wide(turf) };
        if (!this.#inView(at) || !free(taken, at)) continue;
        taken.set(cell(at), [...(taken.get(cell(at)) ?? []), at]);
        chosen.set(turf, spot);
        break;
      }
    }
    return chosen;
  }

  /** @param {Spot} at @returns {boolean} */
  #inView({ x, y }) {
    const { clientWidth, clientHeight } = this.map.getContainer();
    return x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight;
  }

  /** @returns {number[]} all turfs; first the picked one, then those that are there */
  #order() {
    const first = this.#picked === null ? [] : [this.#picked];
    return [...new Set([...first, ...this.#there.keys(), ...this.#spots.keys()])];
  }

  /** @param {number} turf whose number is put on the map @param {Place} spot where */
  #add(turf, spot) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "turf-number";
    button.textContent = String(turf);
    button.dataset.turf = String(turf);
    button.addEventListener("click", () => this.press(turf));
    const marker = new Marker({ element: button }).setLngLat(spot).addTo(this.map);
    button.setAttribute("aria-label", `${this.word} ${turf}`.trim());
    pressed(marker, turf === this.#picked);
    this.#there.set(turf, marker);
  }
}

/** @param {Marker} marker @param {boolean} on */
function pressed(marker, on) {
  marker.getElement().setAttribute("aria-pressed", String(on));
}

/** @param {number} turf @returns {number} pixels that its number is wide */
function wide(turf) {
  return String(turf).length > 2 ? WIDE : HIGH;
}

/** @param {{ x: number, y: number }} at @param {number} [right] @param {number} [down] */
function cell({ x, y }, right = 0, down = 0) {
  return `${Math.floor(x / WIDE) + right} ${Math.floor(y / HIGH) + down}`;
}

/**
 * @param {ReadonlyMap<string, readonly Spot[]>} taken
 * @param {Spot} at
 * @returns {boolean} whether a number has room there
 */
function free(taken, at) {
  for (const right of [-1, 0, 1]) {
    for (const down of [-1, 0, 1]) {
      const others = taken.get(cell(at, right, down)) ?? [];
      if (others.some((other) => meet(other, at))) return false;
    }
  }
  return true;
}

/** @param {Spot} one @param {Spot} other @returns {boolean} whether they lie on one another */
function meet(one, other) {
  const beside = Math.abs(one.x - other.x) < Math.max(one.wide, other.wide);
  return beside && Math.abs(one.y - other.y) < HIGH;
}
