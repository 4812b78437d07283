// @ts-check
/**
 * Borders on the map, and drawing one: by pressing places, or by moving the map with the
 * keys and adding its middle. Nothing is kept before it is saved.
 */

/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").GeoJSONSource} GeoJSONSource */

const DIGITS = 6;
const LEAST = 2;

const ground = document.querySelector("ground-map");
const frame = /** @type {HTMLElement | null} */ (document.querySelector("[data-borders]"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-draw]"));
/** @type {[number, number][]} */
let places = [];
let drawing = false;

/** @param {string} name @returns {HTMLElement | null} */
const part = (name) => form?.querySelector(`[data-${name}]`) ?? null;

/**
 * The line so far, as the map and the server take it.
 *
 * @returns {GeoJSON.FeatureCollection}
 */
function drawn() {
  /** @type {GeoJSON.Feature[]} */
  const features = places.map((coordinates) => ({
    type: "Feature",
    properties: {},
    geometry: { type: "Point", coordinates },
  }));
  if (places.length >= LEAST)
    features.push({
      type: "Feature",
      properties: {},
      geometry: { type: "LineString", coordinates: places },
    });
  return { type: "FeatureCollection", features };
}

/** @param {GlMap} map */
function show(map) {
  /** @type {GeoJSONSource | undefined} */ (map.getSource("draft"))?.setData(drawn());
  map.getCanvas().style.cursor = drawing ? "crosshair" : "";
  ground?.toggleAttribute("data-pen-down", drawing); // numbers of turfs let presses through
  for (const name of ["middle", "undo", "save", "cancel"]) {
    const button = part(name);
    if (button) button.hidden = !drawing;
  }
  const begin = part("begin");
  if (begin) begin.hidden = drawing;
  for (const [name, least] of /** @type {[string, number][]} */ ([
    ["undo", 1],
    ["save", LEAST],
  ]))
    part(name)?.toggleAttribute("disabled", places.length < least);
  const line = /** @type {HTMLInputElement | null} */ (form?.querySelector("[name=line]") ?? null);
  if (line) line.value = JSON.stringify(places);
  const said = part("so-far");
  if (!said || !form) return;
  const count = (form.dataset.places ?? "").replace("{n}", String(places.length));
  said.textContent = drawing ? (places.length ? count : (form.dataset.none ?? "")) : "";
}

/** @param {GlMap} map @param {{ lng: number, lat: number }} at */
function add(map, { lng, lat }) {
  places.push([Number(lng.toFixed(DIGITS)), Number(lat.toFixed(DIGITS))]);
  show(map);
}

/** @param {GlMap} map @param {boolean} on */
function turn(map, on) {
  drawing = on;
  places = [];
  show(map);
  part(on ? "middle" : "begin")?.focus();
}

/** @param {GlMap} map */
async function layers(map) {
  const ink = getComputedStyle(document.documentElement).getPropertyValue("--bad").trim() || "#b00";
  const answer = await fetch(frame?.dataset.borders ?? "", { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the borders answered ${answer.status}`);
  map.addSource("borders", { type: "geojson", data: await answer.json() });
  map.addSource("draft", { type: "geojson", data: drawn() });
  map.addLayer({
    id: "borders",
    type: "line",
    source: "borders",
    paint: { "line-color": ink, "line-width": 4, "line-dasharray": [2, 1] },
  });
  map.addLayer({
    id: "draft",
    type: "line",
    source: "draft",
    paint: { "line-color": ink, "line-width": 4 },
  });
  map.addLayer({
    id: "draft-places",
    type: "circle",
    source: "draft",
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": ink, "circle-radius": 6 },
  });
  ground?.setAttribute("data-borders-drawn", "");
}

/** @param {GlMap} map */
function listen(map) {
  layers(map).catch(reportError);
  if (!form) return;
  form.hidden = false;
  map.on("click", ({ lngLat }) => {
    if (drawing) add(map, lngLat);
  });
  map.on("dblclick", (event) => {
    if (drawing) event.preventDefault(); // two places near one another are no zoom
  });
  part("begin")?.addEventListener("click", () => turn(map, true));
  part("cancel")?.addEventListener("click", () => turn(map, false));
  part("middle")?.addEventListener("click", () => add(map, map.getCenter()));
  part("undo")?.addEventListener("click", () => {
    places.pop();
    show(map);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (drawing && key === "Escape") turn(map, false);
  });
  show(map);
}

ground?.addEventListener("map-made", (event) => {
  listen(/** @type {CustomEvent<{ map: GlMap }>} */ (event).detail.map);
});
