// @ts-check
/**
 * The numbers of turfs, as buttons that lie on a map.
 *
 * Only those are there that are in view and lie on no other: however many turfs there
 * are, a hundred or so buttons are all that is moved with the map. The others come out as
 * one moves closer. A number that has the keyboard stays.
 */

import { Marker } from "/vendor/maplibre/maplibre-gl.mjs";

/** @typedef {import("./features.js").Box} Box */
/** @typedef {{ x: number, y: number, wide: number }} Spot */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

/** Pixels that a number of four digits is wide, and that each is high. */
const WIDE = 52;
const HIGH = 30;
const MOST = 120;

export class Numbers {
  /** @type {ReadonlyMap<number, Box>} */
  #boxes = new Map();
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

  /** @param {ReadonlyMap<number, Box>} boxes around each turf that has a number */
  set(boxes) {
    this.#boxes = boxes;
    for (const [turf, marker] of this.#there) {
      const box = boxes.get(turf);
      if (box) marker.setLngLat(middle(box));
    }
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
    for (const turf of chosen) if (!this.#there.has(turf)) this.#add(turf);
  }

  /** @returns {Set<number>} the turfs whose numbers have room */
  #chosen() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    /** @type {Map<string, Spot[]>} */
    const taken = new Map();
    /** @type {Set<number>} */
    const chosen = new Set();
    for (const turf of this.#order()) {
      const box = this.#boxes.get(turf);
      if (!box || chosen.size === MOST) continue;
      const { x, y } = this.map.project(middle(box));
      const at = { x, y, wide: wide(turf) };
      if (at.x < 0 || at.y < 0 || at.x > clientWidth || at.y > clientHeight) continue;
      if (!free(taken, at)) continue;
      taken.set(cell(at), [...(taken.get(cell(at)) ?? []), at]);
      chosen.add(turf);
    }
    return chosen;
  }

  /** @returns {number[]} all turfs; first the picked one, then those that are there */
  #order() {
    const first = this.#picked === null ? [] : [this.#picked];
    return [...new Set([...first, ...this.#there.keys(), ...this.#boxes.keys()])];
  }

  /** @param {number} turf put its number on the map */
  #add(turf) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "turf-number";
    button.textContent = String(turf);
    button.dataset.turf = String(turf);
    button.addEventListener("click", () => this.press(turf));
    const box = /** @type {Box} */ (this.#boxes.get(turf));
    const marker = new Marker({ element: button }).setLngLat(middle(box)).addTo(this.map);
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

/** @param {Box} box @returns {[number, number]} */
function middle([west, south, east, north]) {
  return [(west + east) / 2, (south + north) / 2];
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
