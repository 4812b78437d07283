// @ts-check
/**
 * <ground-map src="…geojson" streets="…geojson">: drawn from our own server only.
 *
 * In:  GeoJSON. In `src`, a line with a `turf` (a number) is its walk from door to door,
 *      and a point is a door, with `turf`, `result` (a result code) or neither. In
 *      `streets`, lines.
 * Out: a map that is moved by mouse, finger and keyboard; an event "turf-picked" when
 *      somebody chooses a turf by its number; the method `pick(turf)` does the same from
 *      outside. When `src` changes, the map is drawn again in place; `refresh()` fetches
 *      only what has changed. An event "map-made" hands the map to a screen that does
 *      more with it, and "map-filled" says that other doors are on it.
 *
 * Whatever the map shows stands in words elsewhere on the page. The element's own words
 * come from its data attributes, so that they can be translated.
 */

import { fade, make, PADDING, put } from "./canvas.js";
import { box, byTurf, corners, doorsFrom, dots, dress, FEW, most, spots } from "./features.js";
import { Numbers } from "./numbers.js";
import { Places } from "./places.js";
import { drawLegend } from "./shapes.js";
import { Tiles } from "./tiles.js";

/** @typedef {import("./features.js").Feature} Feature */
/** @typedef {import("./features.js").Box} Box */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {{ features: Feature[], version?: number }} Drawing */

export class GroundMap extends HTMLElement {
  static observedAttributes = ["src"];

  /** @type {Promise<GlMap> | null} */
  #map = null;
  /** @type {Numbers | null} */
  #numbers = null;
  /** @type {Tiles | null} */
  #tiles = null;
  /** @type {Map<number, Feature[]>} what is drawn of each turf */
  #turfs = new Map();
  /** @type {Places | null} */
  #places = null;
  /** @type {Map<number, string>} the hue of each turf */
  #hues = new Map();
  /** @type {number} of which change of the cut the walks are */
  #version = 0;
  /** @type {number | null} */
  #picked = null;
  /** @type {number | null} what was chosen, maybe before there was a map */
  #wish = null;
  /** @type {Box} everything there is */
  #all = [0, 0, 0, 0];
  #fetching = new AbortController();

  connectedCallback() {
    drawLegend(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#fetching.abort();
    this.#map?.then((map) => map.remove());
    this.#map = null;
  }

  /** @param {string} _name @param {string | null} before */
  attributeChangedCallback(_name, before) {
    if (this.isConnected && before !== null) this.#draw();
  }

  /** What is drawn of each turf. */
  get turfs() {
    return this.#turfs;
  }

  /** Where the doors of its turfs are. */
  get places() {
    this.#places ??= new Places([...this.#turfs.values()].flat());
    return this.#places;
  }

  /** Of which change of the cut its walks are; 0: as it was cut. */
  get version() {
    return this.#version;
  }

  /**
   * Show one turf and fade the others; null shows all.
   *
   * @param {number | null} turf
   */
  async pick(turf) {
    this.#wish = turf;
    const held = turf === null ? undefined : this.#turfs.get(turf);
    this.#picked = held ? turf : null;
    const map = await this.#map;
    this.#numbers?.pick(this.#picked);
    if (!map) return;
    fade(map, held ?? null);
    const bounds = held && box(held);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (bounds) map.fitBounds(bounds, { ...PADDING, animate: !still });
  }

  /** Fetch the turfs that have changed, and draw them in place. */
  async refresh() {
    const map = await this.#map;
    const address = new URL(this.getAttribute("src") ?? "", location.href);
    address.searchParams.set("since", String(this.#version));
    this.removeAttribute("data-ready");
    const { features, version } = await drawing(String(address), null);
    if (!map) return;
    for (const feature of features) {
      const turf = Number(feature.properties.turf);
      if (feature.geometry) this.#turfs.set(turf, [feature]);
      else this.#turfs.delete(turf);
    }
    this.#version = version ?? this.#version;
    this.#show(map, [...this.#turfs.values()].flat(), this.#turfs);
    fade(map, this.#turfs.get(this.#picked ?? NaN) ?? null);
    map.once("idle", () => this.setAttribute("data-ready", ""));
  }

  /** Fetch and draw; the latest request wins. */
  async #draw() {
    this.#fetching.abort();
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    this.removeAttribute("data-ready");
    const address = this.getAttribute("src");
    if (!address) this.#say(this.dataset.waiting ?? "");
    else if (!this.#map) this.#say(this.dataset.drawing ?? "");
    if (!address) return;
    try {
      const { features, version } = await drawing(address, signal);
      this.#version = version ?? 0;
      const bounds = box(features);
      if (bounds) await this.#fill(features, bounds);
      if (signal.aborted) return;
      this.#say(bounds ? null : (this.dataset.empty ?? ""));
      const map = await this.#map;
      map?.once("idle", () => this.setAttribute("data-ready", ""));
    } catch (problem) {
      if (signal.aborted) return;
      reportError(problem);
      this.#say(this.dataset.failed ?? "");
    }
  }

  /**
   * @param {Feature[]} features
   * @param {Box} bounds
   */
  async #fill(features, bounds) {
    this.#map ??= this.#make(bounds);
    const map = await this.#map;
    this.#all = bounds;
    this.#hues.clear();
    this.#show(map, features, byTurf(features));
    const first = this.#wish === null ? null : this.#turfs.get(this.#wish);
    map.fitBounds((first && box(first)) ?? most(features) ?? bounds, {
      ...PADDING,
      animate: false,
    });
    if (first) await this.pick(this.#wish);
  }

  /**
   * @param {GlMap} map
   * @param {Feature[]} features
   * @param {Map<number, Feature[]>} turfs the same by turf
   */
  #show(map, features, turfs) {
    this.#turfs = turfs;
    this.#places = null;
    const standing = new Map([...turfs].map(([turf, held]) => [turf, spots(held)]));
    this.#hues = dress(features, standing, this.#hues);
    put(
      map,
      "walks",
      features.filter(({ geometry }) => geometry.type === "LineString"),
    );
    put(map, "doors", features.map(dots));
    const walks = [...turfs].filter(([, held]) => held[0]?.properties.result === undefined);
    const doors = features.reduce((sum, { geometry }) => sum + corners(geometry).length, 0);
    if (doors > FEW) {
      const boxes = walks.map(([, held]) => box(held)).filter((each) => each !== null);
      this.#paint(map).set(features, doorsFrom(boxes));
    }
    this.#numbers?.set(new Map(walks.map(([turf]) => [turf, standing.get(turf) ?? []])));
    this.dispatchEvent(new CustomEvent("map-filled"));
  }

  /**
   * @param {Box} bounds
   * @returns {Promise<GlMap>} a map without doors as yet
   */
  async #make(bounds) {
    const map = await make(this, bounds, () => this.#all);
    this.#numbers = new Numbers(map, this.dataset.turf ?? "", (turf) => this.#press(turf));
    this.dispatchEvent(new CustomEvent("map-made", { detail: { map } }));
    const streets = this.getAttribute("streets");
    if (streets) put(map, "streets", streets);
    return map;
  }

  /** @param {GlMap} map @returns {Tiles} for what is too much to be drawn anew each time */
  #paint(map) {
    const street = getComputedStyle(this).getPropertyValue("--map-street").trim();
    this.#tiles ??= new Tiles(map, this.getAttribute("streets"), street);
    return this.#tiles;
  }

  /** @param {number} turf whose number was pressed */
  #press(turf) {
    this.pick(this.#picked === turf ? null : turf);
    const detail = { turf: this.#picked };
    this.dispatchEvent(new CustomEvent("turf-picked", { detail, bubbles: true }));
  }

  /** @param {string | null} text what stands in place of the map; null: the map */
  #say(text) {
    const place = this.querySelector("[data-words]");
    if (!(place instanceof HTMLElement)) return;
    place.hidden = text === null;
    place.textContent = text;
  }
}

/**
 * @param {string} address of GeoJSON
 * @param {AbortSignal | null} signal
 * @returns {Promise<Drawing>}
 */
async function drawing(address, signal) {
  const answer = await fetch(address, { credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(`the map's data answered ${answer.status}`);
  return answer.json();
}

customElements.define("ground-map", GroundMap);
