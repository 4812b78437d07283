// @ts-check
/** A click on the map, or Enter over its middle, fills in where a door is. */

import { Marker } from "/vendor/maplibre/maplibre-gl.mjs";

/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").LngLat} LngLat */

const CLOSE = 16;
const lon = /** @type {HTMLInputElement} */ (document.querySelector("#id_lon"));
const lat = /** @type {HTMLInputElement} */ (document.querySelector("#id_lat"));
const marker = new Marker({ color: "#d55e00" });

document.querySelector("density-map")?.addEventListener("map-made", (event) => {
  const { map } = /** @type {CustomEvent<{ map: GlMap }>} */ (event).detail;
  const near = document.querySelector("[data-lon]");
  if (near instanceof HTMLElement) {
    const center = /** @type {[number, number]} */ ([
      Number(near.dataset.lon),
      Number(near.dataset.lat),
    ]);
    map.once("moveend", () => map.jumpTo({ center, zoom: CLOSE }));
  }
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", (click) => put(map, click.lngLat));
  map.getCanvas().addEventListener("keydown", (key) => {
    if (key.key === "Enter") put(map, map.getCenter());
  });
});

/**
 * @param {GlMap} map
 * @param {LngLat} at
 */
function put(map, at) {
  lon.value = at.lng.toFixed(6);
  lat.value = at.lat.toFixed(6);
  marker.setLngLat(at).addTo(map);
}
