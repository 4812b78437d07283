// @ts-check
/**
 * <ground-map src="…geojson" streets="…geojson">: drawn from our own server only.
 *
 * In:  GeoJSON. In `src`, a point is a door, with `turf` (a number), `result` (a result
 *      code) or neither, and a line is a turf's walk. In `streets`, lines.
 * Out: a map that is moved by mouse, finger and keyboard; an event "turf-picked" when
 *      somebody chooses a turf by its number; the method `pick(turf)` does the same from
 *      outside. When `src` changes, the map is drawn again in place.
 *
 * Whatever the map shows stands in words elsewhere on the page. The element's own words
 * come from its data attributes, so that they can be translated.
 */

import { Marker } from "/vendor/maplibre/maplibre-gl.mjs";
import { fade, make, PADDING } from "./canvas.js";
import { box, byTurf, dress, most } from "./features.js";
import { draw, MARKS } from "./shapes.js";

/** @typedef {import("./features.js").Feature} Feature */
/** @typedef {import("./features.js").Box} Box */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").GeoJSONSource} GeoJSONSource */

const NUMBER_PIXELS = 30;

export class GroundMap extends HTMLElement {
  static observedAttributes = ["src"];

  /** @type {Promise<GlMap> | null} */
  #map = null;
  /** @type {Map<number, { marker: Marker, bounds: Box }>} */
  #turfs = new Map();
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

  /**
   * Show one turf and fade the others; null shows all.
   *
   * @param {number | null} turf
   */
  async pick(turf) {
    this.#wish = turf;
    this.#picked = turf !== null && this.#turfs.has(turf) ? turf : null;
    for (const [number, { marker }] of this.#turfs) {
      marker.getElement().setAttribute("aria-pressed", String(number === this.#picked));
    }
    const map = await this.#map;
    if (!map) return;
    fade(map, this.#picked);
    const bounds = this.#picked === null ? null : this.#turfs.get(this.#picked)?.bounds;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (bounds) map.fitBounds(bounds, { ...PADDING, animate: !still });
    else this.#thin(map);
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
      const doors = await features(address, signal);
      const bounds = box(doors);
      if (bounds) await this.#fill(doors, bounds);
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
   * @param {Feature[]} doors
   * @param {Box} bounds
   */
  async #fill(doors, bounds) {
    this.#map ??= this.#make(bounds);
    const map = await this.#map;
    this.#all = bounds;
    const turfs = byTurf(doors);
    dress(doors, turfs);
    const source = /** @type {GeoJSONSource} */ (map.getSource("doors"));
    source.setData({ type: "FeatureCollection", features: doors });
    map.fitBounds(most(doors) ?? bounds, { ...PADDING, animate: false });
    for (const { marker } of this.#turfs.values()) marker.remove();
    this.#turfs.clear();
    for (const [turf, held] of turfs) {
      const around = box(held);
      if (around && held[0]?.properties.result === undefined) this.#number(map, turf, around);
    }
    if (this.#wish === null) this.#thin(map);
    else await this.pick(this.#wish);
  }

  /**
   * @param {Box} bounds
   * @returns {Promise<GlMap>} a map without doors as yet
   */
  async #make(bounds) {
    const map = await make(this, bounds, () => this.#all);
    map.on("moveend", () => this.#thin(map));
    this.dispatchEvent(new CustomEvent("map-made", { detail: { map } }));
    features(this.getAttribute("streets"), null).then((lines) =>
      /** @type {GeoJSONSource} */ (map.getSource("streets")).setData({
        type: "FeatureCollection",
        features: lines,
      }),
    );
    return map;
  }

  /**
   * Leave out numbers that would lie on others; they come out as one moves closer.
   *
   * @param {GlMap} map
   */
  #thin(map) {
    /** @type {{ x: number, y: number }[]} */
    const taken = [];
    const order = [...this.#turfs].sort(
      ([a], [b]) => Number(b === this.#picked) - Number(a === this.#picked),
    );
    for (const [, { marker }] of order) {
      const at = map.project(marker.getLngLat());
      const free = taken.every(
        (other) => Math.max(Math.abs(other.x - at.x), Math.abs(other.y - at.y)) > NUMBER_PIXELS,
      );
      marker.getElement().hidden = !free;
      if (free) taken.push(at);
    }
  }

  /**
   * Put a turf's number on the map, as a button.
   *
   * @param {GlMap} map
   * @param {number} turf
   * @param {Box} bounds
   */
  #number(map, turf, bounds) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "turf-number";
    button.textContent = String(turf);
    button.addEventListener("click", () => {
      this.pick(this.#picked === turf ? null : turf);
      const detail = { turf: this.#picked };
      this.dispatchEvent(new CustomEvent("turf-picked", { detail, bubbles: true }));
    });
    const [west, south, east, north] = bounds;
    const marker = new Marker({ element: button })
      .setLngLat([(west + east) / 2, (south + north) / 2])
      .addTo(map);
    button.setAttribute("aria-label", `${this.dataset.turf ?? ""} ${turf}`.trim());
    button.setAttribute("aria-pressed", "false");
    this.#turfs.set(turf, { marker, bounds });
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
 * @param {string | null} address of GeoJSON; null or empty: there is none
 * @param {AbortSignal | null} signal
 * @returns {Promise<Feature[]>}
 */
async function features(address, signal) {
  if (!address) return [];
  const answer = await fetch(address, { credentials: "same-origin", signal });
  if (!answer.ok) throw new Error(`the map's data answered ${answer.status}`);
  return (await answer.json()).features;
}

/** @param {HTMLElement} element */
function drawLegend(element) {
  for (const canvas of element.querySelectorAll("canvas")) {
    const mark = MARKS[canvas.dataset.mark ?? ""];
    const pen = canvas.getContext("2d");
    if (mark && pen) draw(pen, mark, canvas.width);
  }
}

customElements.define("ground-map", GroundMap);
