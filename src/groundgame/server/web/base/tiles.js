// @ts-check
/**
 * Tiles of a map that has too much on it to be drawn anew for every frame: a worker paints
 * them, once, and moving the map moves pictures. From `CLOSE` on there is little in view,
 * and the map draws doors, walks and streets themselves.
 */

import { addProtocol, removeProtocol } from "/vendor/maplibre/maplibre-gl.mjs";
import { pack } from "./strokes.js";

/** @typedef {import("./features.js").Feature} Feature */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").RasterTileSource} RasterTileSource */
/** @typedef {(picture: ImageBitmap) => void} Taker */

const TILE = 512;
export const CLOSE = 15.5;
const CLOSEST = 24;
const KINDS = /** @type {const} */ (["streets", "walks"]);
let made = 0;

export class Tiles {
  /** @type {Map<number, Taker>} */
  #wanted = new Map();
  #orders = 0;
  #version = 0;
  #doorsFrom = 0;

  /**
   * @param {GlMap} map with vector layers "streets", "walks" and "doors"
   * @param {string | null} streets address of GeoJSON
   * @param {string} street the hue of streets
   */
  constructor(map, streets, street) {
    this.map = map;
    this.street = street;
    made += 1;
    this.protocol = `painted-${made}`;
    this.worker = new Worker(new URL("./painter.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => {
      this.#wanted.get(data.id)?.(data.picture);
      this.#wanted.delete(data.id);
    });
    if (streets) this.worker.postMessage({ streets: new URL(streets, location.href).href });
    addProtocol(this.protocol, ({ url }, control) => this.#order(url, control));
    map.once("remove", () => {
      removeProtocol(this.protocol);
      this.worker.terminate();
    });
    for (const kind of KINDS) this.#add(kind);
  }

  /** @param {"streets" | "walks"} kind add its tiles under the vectors */
  #add(kind) {
    const id = `${kind}-tiles`;
    this.map.addSource(id, {
      type: "raster",
      tiles: [this.#address(kind)],
      tileSize: TILE,
      maxzoom: Math.ceil(CLOSE),
    });
    this.map.addLayer(
      { id, type: "raster", source: id, maxzoom: CLOSE, paint: { "raster-fade-duration": 0 } },
      "streets",
    );
    this.map.setLayerZoomRange(kind, CLOSE, CLOSEST);
  }

  /**
   * @param {readonly Feature[]} walks with their hues
   * @param {number} doorsFrom the zoom from which doors are drawn
   */
  set(walks, doorsFrom) {
    this.#doorsFrom = doorsFrom;
    const strokes = pack(walks);
    const { x, y, first } = strokes;
    this.worker.postMessage({ walks: strokes }, [x.buffer, y.buffer, first.buffer]);
    this.map.setLayerZoomRange("doors", CLOSE, CLOSEST);
    this.#version += 1;
    /** @type {RasterTileSource} */ (this.map.getSource("walks-tiles")).setTiles([
      this.#address("walks"),
    ]);
  }

  /** @param {string} kind @returns {string} */
  #address(kind) {
    return `${this.protocol}://${kind}/{z}/{x}/{y}/${this.#version}`;
  }

  /**
   * @param {string} url
   * @param {AbortController} control
   * @returns {Promise<{ data: ImageBitmap }>}
   */
  #order(url, control) {
    const [kind, ...numbers] = url.split("://")[1]?.split("/") ?? [];
    const [z = 0, x = 0, y = 0] = numbers.map(Number);
    this.#orders += 1;
    const id = this.#orders;
    return new Promise((resolve, reject) => {
      control.signal.addEventListener("abort", () => {
        this.#wanted.delete(id);
        this.worker.postMessage({ skip: id });
        reject(control.signal.reason); // else it would count as under way for ever
      });
      this.#wanted.set(id, (data) => resolve({ data }));
      const look = { ...this.#look(z, kind === "walks"), hue: this.street };
      const sharp = Math.min(window.devicePixelRatio, 2);
      this.worker.postMessage({ id, kind, tile: { z, x, y }, look, sharp });
    });
  }

  /**
   * @param {number} z
   * @param {boolean} walks
   * @returns {{ width: number, dots: number }} as wide as the vectors are there
   */
  #look(z, walks) {
    const near = Math.min(Math.max((z - 11) / 5, 0), 1);
    if (!walks) return { width: 0.6 + 3.4 * near, dots: 0 };
    return { width: 1 + 2 * near, dots: z < this.#doorsFrom ? 0 : 2 + 2 * near };
  }
}
