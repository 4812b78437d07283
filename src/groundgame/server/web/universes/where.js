// @ts-check
/**
 * Pointing at the map while a rule is built: a point, or the corners of an area.
 *
 * What is pointed at is written into the fields of the part that is open, and drawn from
 * what stands there; so whoever writes degrees sees the same. A click, or Enter over the
 * map's middle, points; Backspace takes the last corner back.
 */

import { circle, corners, polygon } from "./shapes.js";

/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").GeoJSONSource} GeoJSONSource */
/** @typedef {import("./shapes.js").Place} Place */

const SOURCE = "pointed-at";

/** @param {string} id @returns {HTMLInputElement} */
const field = (id) => /** @type {HTMLInputElement} */ (document.querySelector(`#id_${id}`));

/** @returns {string | undefined} 'point' or 'area': the part that is open; else nothing */
function open() {
  const part = document.querySelector("details[data-where][open]");
  return part instanceof HTMLElement ? part.dataset.where : undefined;
}

/** @returns {GeoJSON.Feature[]} what the fields of the open part say */
function drawn() {
  if (open() === "area") return polygon(corners(field("corners").value));
  if (open() !== "point") return [];
  const [lat, lon, meters] = ["lat", "lon", "meters"].map((id) => field(id).valueAsNumber);
  return circle(lat ?? Number.NaN, lon ?? Number.NaN, meters ?? Number.NaN);
}

/** @param {GlMap} map */
function draw(map) {
  /** @type {GeoJSONSource | undefined} */ (map.getSource(SOURCE))?.setData({
    type: "FeatureCollection",
    features: drawn(),
  });
  map.getCanvas().style.cursor = open() ? "crosshair" : "";
  map.getContainer().toggleAttribute("data-pointing", open() !== undefined);
}

/**
 * Write a place into the fields of the open part.
 *
 * @param {Place} at
 */
function point({ lat, lng }) {
  if (open() === "point") {
    field("lat").value = lat.toFixed(6);
    field("lon").value = lng.toFixed(6);
    said(field("lon"));
  } else if (open() === "area") {
    const lines = field("corners").value.trimEnd();
    const corner = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    field("corners").value = lines ? `${lines}\n${corner}` : corner;
    said(field("corners"));
  }
}

/** Take the last corner back. */
function back() {
  if (open() !== "area") return;
  field("corners").value = field("corners").value.trimEnd().split("\n").slice(0, -1).join("\n");
  said(field("corners"));
}

/** @param {HTMLElement} changed a field that is to be counted and drawn as if it were typed */
function said(changed) {
  changed.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {GlMap} map */
function listen(map) {
  map.addSource(SOURCE, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  const ink = getComputedStyle(map.getContainer()).getPropertyValue("--pointed").trim();
  map.addLayer({
    id: `${SOURCE}-within`,
    type: "fill",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": ink, "fill-opacity": 0.15 },
  });
  map.addLayer({
    id: `${SOURCE}-border`,
    type: "line",
    source: SOURCE,
    paint: { "line-color": ink, "line-width": 2.5 },
  });
  map.addLayer({
    id: `${SOURCE}-corners`,
    type: "circle",
    source: SOURCE,
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": ink, "circle-radius": 5 },
  });
  map.on("click", ({ lngLat }) => point(lngLat));
  map.getCanvas().addEventListener("keydown", (key) => {
    if (key.key === "Enter") point(map.getCenter());
    else if (key.key === "Backspace") back();
    else return;
    key.preventDefault();
  });
  for (const part of document.querySelectorAll("details[data-where]")) {
    part.addEventListener("toggle", () => draw(map));
    part.addEventListener("input", () => draw(map));
  }
  draw(map);
}

document.querySelector("density-map")?.addEventListener("map-made", (event) => {
  listen(/** @type {CustomEvent<{ map: GlMap }>} */ (event).detail.map);
});
