// @ts-check
/**
 * The map itself: streets and houses of our own, nothing from outside, no network.
 *
 * The library is large, so it is fetched when the map is first opened. Without WebGL
 * there is no map, and the list stands in for it.
 *
 * @typedef {import("maplibre-gl").Map} MapLibre
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {{
 *   tapped: (building: string) => void, failed: () => void, unplaced: () => void,
 * }} Told
 */

import { state as doorState, inOrder } from "../core/turf.js";
import { style } from "./ink.js";

const LIBRARY = "../../vendor/maplibre/maplibre-gl.mjs";
const WORKER = "./chart-worker.js";

/**
 * @param {Told} told
 */
export function chart(told) {
  /** @type {MapLibre | null} */
  let map = null;
  /** @type {HTMLElement | null} */
  let place = null;
  /** @type {Turf | null} */
  let shown = null;
  /** @type {number | null} */
  let watch = null;

  /** @param {HTMLElement} element */
  const draw = async (element) => {
    try {
      const library = /** @type {typeof import("maplibre-gl")} */ (await import(LIBRARY));
      if (place !== element || !shown) return;
      library.setWorkerUrl(new URL(WORKER, import.meta.url).href);
      map = new library.Map({
        container: element,
        style: style(shown.bundle?.streets, houses(shown), dark()),
        bounds: bounds(shown.stops),
        fitBoundsOptions: { padding: { top: 40, left: 40, right: 40, bottom: 90 }, maxZoom: 17 },
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        fadeDuration: 0,
      });
      map.touchZoomRotate.disableRotation();
      map.on("click", tap);
      map.on("error", broken);
    } catch {
      told.failed();
    }
  };

  /** What goes wrong before the first picture leaves nothing to look at. */
  const broken = () => {
    if (map && !map.isStyleLoaded()) told.failed();
  };

  /** @param {import("maplibre-gl").MapMouseEvent} event */
  const tap = ({ point }) => {
    const reach = 18; // pixels: a cold finger is no mouse
    /** @type {[[number, number], [number, number]]} */
    const box = [
      [point.x - reach, point.y - reach],
      [point.x + reach, point.y + reach],
    ];
    const [house] = map?.queryRenderedFeatures(box, { layers: ["houses"] }) ?? [];
    if (house?.geometry.type !== "Point") return;
    told.tapped(house.properties.building);
    const [lon, lat] = house.geometry.coordinates;
    map?.once("resize", () => map?.easeTo({ center: [lon, lat] }));
  };

  const source = (/** @type {string} */ name) =>
    /** @type {import("maplibre-gl").GeoJSONSource | undefined} */ (map?.getSource(name));

  /** @param {GeolocationPosition} position */
  const here = ({ coords }) => {
    const at = point(coords.longitude, coords.latitude, {});
    source("here")?.setData(collection([at]));
    map?.easeTo({ center: [coords.longitude, coords.latitude] });
  };

  return {
    /** @param {HTMLElement | null} element given while it is on the page, then null */
    place(element) {
      if (element === place) return;
      place = element;
      map?.remove();
      map = null;
      if (element) draw(element);
      else this.lookOut(false);
    },
    /** @param {Turf} turf */
    show(turf) {
      const old = shown;
      shown = turf;
      if (old?.doors !== turf.doors) source("houses")?.setData(houses(turf));
    },
    /** @param {boolean} on */
    lookOut(on) {
      if (on && watch === null && navigator.geolocation) {
        watch = navigator.geolocation.watchPosition(here, told.unplaced, {
          enableHighAccuracy: true,
        });
      } else if (on && watch === null) told.unplaced();
      else if (!on && watch !== null) {
        navigator.geolocation.clearWatch(watch);
        watch = null;
        source("here")?.setData(collection([]));
      }
    },
  };
}

/**
 * One point a building: how many of its doors are left, and whether the way leads there.
 *
 * @param {Turf} turf
 */
function houses({ stops, doors, ends, next }) {
  /** @type {Map<string, import("./state.js").Stop[]>} */
  const buildings = new Map();
  for (const stop of inOrder(stops)) {
    buildings.set(stop.building, [...(buildings.get(stop.building) ?? []), stop]);
  }
  return collection(
    [...buildings].map(([building, within]) => {
      const states = within.map(({ door }) => doorState(doors, door, ends));
      const is = states.includes("left") ? "left" : states.includes("again") ? "again" : "done";
      const [{ lon, lat, number, position }] = within;
      const going = within.some(({ door }) => door === next?.door);
      return point(lon, lat, { building, is, number: number ?? "", position, going });
    }),
  );
}

/**
 * @param {readonly import("./state.js").Stop[]} stops
 * @returns {[number, number, number, number]}
 */
function bounds(stops) {
  const [lons, lats] = [stops.map(({ lon }) => lon), stops.map(({ lat }) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

/**
 * @param {number} lon
 * @param {number} lat
 * @param {Record<string, unknown>} properties
 * @returns {import("geojson").Feature}
 */
function point(lon, lat, properties) {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [lon, lat] } };
}

/**
 * @param {import("geojson").Feature[]} features
 * @returns {import("geojson").FeatureCollection}
 */
function collection(features) {
  return { type: "FeatureCollection", features };
}

function dark() {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
