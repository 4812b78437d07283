// @ts-check
/**
 * <density-map src="…" streets="…geojson">: doors where they are few, squares where they
 * are many, as our own server counts them for what is in view.
 *
 * In:  `src` answers without a question how far all doors reach, and with ?box=&zoom= what
 *      is in view. When `src` changes, the map is drawn again in place.
 * Out: a map that is moved by mouse, finger and keyboard. The number of doors under the
 *      pointer, or in the middle while the map has the keyboard, stands beside it. An
 *      event "map-made" hands the map to a screen that does more with it.
 */

import { make, PADDING } from "./canvas.js";
import { doors, drawLegend } from "./legend.js";
import { HUES } from "./palette.js";
import { shape, steps } from "./squares.js";

/** @typedef {import("./features.js").Box} Box */
/** @typedef {import("./squares.js").Square} Square */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").GeoJSONSource} GeoJSONSource */
/** @typedef {{ doors: number, level: number, squares: Square[], points: [number, number][] }} View */
/** @typedef {{ doors: number, bounds: Box | null, most: Box | null }} Reach */

const SETTLED = 120;

class DensityMap extends HTMLElement {
  static observedAttributes = ["src"];

  /** @type {Promise<GlMap> | null} */
  #map = null;
  /** @type {Box} everything there is */
  #all = [0, 0, 0, 0];
  #fetching = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #moved;

  connectedCallback() {
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

  /** Learn how far it all reaches, go there, and look. */
  async #draw() {
    this.removeAttribute("data-ready");
    const src = this.getAttribute("src");
    if (!src) this.#say(this.dataset.waiting ?? "");
    else if (!this.#map) this.#say(this.dataset.drawing ?? "");
    if (!src) return;
    await this.#ask(src, async (/** @type {Reach} */ { bounds, most }) => {
      if (!bounds) {
        this.#say(this.dataset.empty ?? "");
        return;
      }
      this.#all = wide(bounds);
      this.#map ??= this.#make(wide(most ?? bounds));
      const map = await this.#map;
      map.fitBounds(wide(most ?? bounds), { ...PADDING, animate: false });
      this.#say(null);
      await this.#look(map);
    });
  }

  /**
   * Fetch what is in view, and draw it; the latest request wins.
   *
   * @param {GlMap} map
   */
  async #look(map) {
    const src = this.getAttribute("src");
    if (!src) return;
    const address = new URL(src, location.href);
    address.searchParams.set("box", map.getBounds().toArray().flat().join(","));
    address.searchParams.set("zoom", String(map.getZoom()));
    await this.#ask(String(address), (/** @type {View} */ view) => {
      const from = steps(view.squares);
      set(
        map,
        "squares",
        view.squares.map((each) => shape(each, view.level, from)),
      );
      set(map, "doors", view.points.map(point));
      drawLegend(this, view, from);
      map.once("idle", () => {
        this.setAttribute("data-ready", "");
        this.#middle(map);
      });
    });
  }

  /**
   * @template Answer
   * @param {string} address
   * @param {(answer: Answer) => void | Promise<void>} then
   */
  async #ask(address, then) {
    this.#fetching.abort();
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    try {
      const answer = await fetch(address, { credentials: "same-origin", signal });
      if (!answer.ok) throw new Error(`the map's data answered ${answer.status}`);
      await then(await answer.json());
    } catch (problem) {
      if (signal.aborted) return;
      reportError(problem);
      this.#say(this.dataset.failed ?? "");
    }
  }

  /**
   * @param {Box} bounds
   * @returns {Promise<GlMap>} a map without doors as yet
   */
  async #make(bounds) {
    const map = await make(this, bounds, () => this.#all);
    const style = getComputedStyle(this);
    const hues = [1, 2, 3, 4, 5].map((n) => style.getPropertyValue(`--density-${n}`).trim());
    map.addSource("squares", {
      type: "geojson",
      data: { type: "FeatureCollection", features: [] },
    });
    map.addLayer(
      {
        id: "squares",
        type: "fill",
        source: "squares",
        paint: {
          "fill-color": ["to-color", ["at", ["get", "step"], ["literal", hues]]],
          "fill-antialias": false,
        },
      },
      "streets",
    );
    map.on("moveend", () => {
      clearTimeout(this.#moved);
      this.#moved = setTimeout(() => this.#look(map), SETTLED);
    });
    map.on("mousemove", (event) => this.#count(map, event.point));
    map.on("mouseout", () => this.#count(map, null));
    map.getCanvas().addEventListener("focus", () => this.#middle(map));
    map.getCanvas().addEventListener("blur", () => this.#count(map, null));
    this.dispatchEvent(new CustomEvent("map-made", { detail: { map } }));
    const streets = this.getAttribute("streets");
    if (streets) {
      fetch(streets, { credentials: "same-origin" })
        .then((answer) => answer.json())
        .then(({ features }) => set(map, "streets", features));
    }
    return map;
  }

  /** @param {GlMap} map whose middle is told while it has the keyboard */
  #middle(map) {
    if (!map.getCanvas().matches(":focus-visible")) return;
    this.#count(map, map.project(map.getCenter()));
  }

  /**
   * Say how many doors are at a place.
   *
   * @param {GlMap} map
   * @param {{ x: number, y: number } | null} at in pixels; null: nowhere
   */
  #count(map, at) {
    const place = this.querySelector("[data-count]");
    if (!(place instanceof HTMLElement)) return;
    const found = at && map.queryRenderedFeatures([at.x, at.y], { layers: ["squares"] })[0];
    place.textContent = found ? doors(this, found.properties.doors) : "";
    place.hidden = !found;
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
 * @param {GlMap} map
 * @param {string} source
 * @param {import("geojson").Feature[]} features
 */
function set(map, source, features) {
  /** @type {GeoJSONSource} */ (map.getSource(source)).setData({
    type: "FeatureCollection",
    features,
  });
}

/** @param {[number, number]} place @returns {import("geojson").Feature} a door */
function point(place) {
  const properties = { hue: HUES[0] };
  return { type: "Feature", geometry: { type: "Point", coordinates: place }, properties };
}

/** @param {Box} box @returns {Box} one that is not a single point */
function wide([west, south, east, north]) {
  return east > west
    ? [west, south, east, north]
    : [west - 0.001, south - 0.001, east + 0.001, north + 0.001];
}

customElements.define("density-map", DensityMap);
