// @ts-check
/**
 * The map library, set up as our maps need it: nothing is fetched from elsewhere, and the
 * policy of our pages (no inline code, no eval) is kept.
 */

import { Map as GlMap, NavigationControl, setWorkerUrl } from "/vendor/maplibre/maplibre-gl.mjs";
import { dots } from "./features.js";
import { layers, SOURCES } from "./layers.js";
import { MARKS, picture } from "./shapes.js";

/** @typedef {import("./features.js").Box} Box */
/** @typedef {import("./features.js").Feature} Feature */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").GeoJSONSource} GeoJSONSource */

setWorkerUrl("/vendor/maplibre/maplibre-gl-worker.mjs");

/** How near we go by ourselves, and what is left free at the rim. */
export const PADDING = Object.freeze({ padding: 45, maxZoom: 17 });
const MARK_PIXELS = 48;

/**
 * @param {HTMLElement} element the <ground-map> it is drawn in
 * @param {Box} bounds what it shows first
 * @param {() => Box} all what the button "show everything" shows
 * @returns {Promise<GlMap>} a map with its layers, and nothing in them
 */
export async function make(element, bounds, all) {
  const style = getComputedStyle(element);
  const ink = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const map = new GlMap({
    container: /** @type {HTMLElement} */ (element.querySelector("[data-canvas]")),
    style: {
      version: 8,
      sources: {},
      layers: [
        { id: "ground", type: "background", paint: { "background-color": ink("--map-ground") } },
      ],
    },
    bounds,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
    locale: words(element),
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ShowAll(element.dataset.showAll ?? "", all));
  await new Promise((resolve) => map.once("load", resolve));
  for (const [name, mark] of Object.entries(MARKS)) {
    map.addImage(name, picture(mark, MARK_PIXELS), { pixelRatio: 2 });
  }
  for (const source of SOURCES) map.addSource(source, { type: "geojson", data: collection([]) });
  for (const layer of layers(ink("--map-street"), ink("--ink"))) map.addLayer(layer);
  return map;
}

/** A button that shows everything there is. */
class ShowAll {
  /**
   * @param {string} name what the button is called
   * @param {() => Box} all
   */
  constructor(name, all) {
    this.name = name;
    this.all = all;
    this.place = document.createElement("div");
  }

  /** @param {GlMap} map */
  onAdd(map) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(arrows());
    button.title = this.name;
    button.setAttribute("aria-label", this.name);
    button.addEventListener("click", () => map.fitBounds(this.all(), PADDING));
    this.place.className = "maplibregl-ctrl maplibregl-ctrl-group";
    this.place.append(button);
    return this.place;
  }

  onRemove() {
    this.place.remove();
  }
}

/** @returns {SVGElement} four arrows that point outwards; letters for it are rare */
function arrows() {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const lines = document.createElementNS(space, "path");
  picture.setAttribute("viewBox", "0 0 20 20");
  picture.setAttribute("class", "arrows");
  lines.setAttribute(
    "d",
    "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5M3 3l5 5M17 3l-5 5M17 17l-5-5M3 17l5-5",
  );
  picture.append(lines);
  return picture;
}

/**
 * @param {readonly Feature[]} features
 * @returns {GeoJSON.FeatureCollection<import("./features.js").Shape>}
 */
export function collection(features) {
  return { type: "FeatureCollection", features: [...features] };
}

/**
 * Draw something into one of the map's sources, in place of what was there.
 *
 * @param {GlMap} map
 * @param {string} source
 * @param {readonly Feature[] | string} what features, or the address of some
 */
export function put(map, source, what) {
  const into = /** @type {GeoJSONSource} */ (map.getSource(source));
  into.setData(typeof what === "string" ? what : collection(what));
}

/**
 * Let one turf stand out.
 *
 * @param {GlMap} map
 * @param {readonly Feature[] | null} turf what is drawn of it; null: all stand out
 */
export function fade(map, turf) {
  put(map, "shown-walks", turf ?? []);
  put(map, "shown-doors", (turf ?? []).map(dots));
  const pale = 0.15;
  map.setPaintProperty("doors", "circle-opacity", turf ? pale : 1);
  map.setPaintProperty("doors", "circle-stroke-opacity", turf ? pale : 1);
  map.setPaintProperty("walks", "line-opacity", turf ? pale : 0.9);
  if (!map.getLayer("walks-tiles")) return;
  map.setPaintProperty("walks-tiles", "raster-opacity", turf ? pale : 1);
}

/**
 * @param {HTMLElement} element
 * @returns {Record<string, string>} MapLibre's own words, in the page's language
 */
function words({ dataset }) {
  return {
    "Map.Title": dataset.label ?? "",
    "NavigationControl.ZoomIn": dataset.zoomIn ?? "",
    "NavigationControl.ZoomOut": dataset.zoomOut ?? "",
    "CooperativeGesturesHandler.MobileHelpText": dataset.twoFingers ?? "",
  };
}
