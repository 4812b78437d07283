// @ts-check
/** Doors are picked in the list or on the map, and the cost of moving them shows at once. */

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

const WAIT = 150;
const REACH = 6;
/** Pixels of the rim of a door that is picked, and of one that is not. */
const PICKED = 5;
const PLAIN = 1;

const ground = /** @type {GroundMap | null} */ (document.querySelector("ground-map"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-pick-doors]"));
const to = /** @type {HTMLSelectElement | null} */ (form?.querySelector("[name=to]") ?? null);
const turf = Number(form?.dataset.pickDoors);
let fetching = new AbortController();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** @param {Element} side @returns {HTMLInputElement[]} */
function boxes(side) {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (side.querySelectorAll("[name=doors]"))];
}

/** @param {HTMLInputElement[]} all pick them; once all are picked, none */
function turn(all) {
  const on = !all.every((box) => box.checked);
  for (const box of all) box.checked = on;
  changed();
}

/** Ask what it would cost, when the hand has come to rest. */
function changed() {
  form?.dispatchEvent(new Event("doors-picked"));
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
}

async function ask() {
  const place = form?.querySelector("[data-costs]");
  if (!form || !place || !to) return;
  fetching.abort();
  fetching = new AbortController();
  const asked = new URLSearchParams();
  for (const box of boxes(form)) if (box.checked) asked.append("doors", box.value);
  if (to.value) asked.set("to", to.value);
  try {
    const { signal } = fetching;
    const answer = await fetch(`${form.dataset.cost}?${asked}`, { signal });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch (problem) {
    if (!fetching.signal.aborted) reportError(problem);
  }
}

/**
 * Give the picked doors of the turf a thick rim on the map.
 *
 * @param {GlMap} map
 */
function rim(map) {
  const picked = form ? boxes(form).filter((box) => box.checked) : [];
  const places = picked.map((box) => Number(box.dataset.position));
  map.setPaintProperty("doors", "circle-stroke-width", [
    "case",
    ["all", ["==", ["get", "turf"], turf], ["in", ["get", "position"], ["literal", places]]],
    PICKED,
    PLAIN,
  ]);
}

/** @param {GlMap} map */
function listen(map) {
  map.boxZoom.disable(); // Shift picks a side here
  map.doubleClickZoom.disable(); // two doors are often picked quickly
  rim(map);
  form?.addEventListener("doors-picked", () => rim(map));
  map.on("click", ({ point, originalEvent }) => {
    const { x, y } = point;
    /** @type {[[number, number], [number, number]]} */
    const near = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const doors = map
      .queryRenderedFeatures(near, { layers: ["doors"] })
      .filter(({ properties }) => properties.turf === turf);
    const far = new Map(doors.map((door) => [door, away(map, door, point)]));
    const nearest = Math.min(...far.values());
    const house = doors.filter((door) => far.get(door) === nearest);
    const places = new Set(house.map(({ properties }) => String(properties.position)));
    const all = form ? boxes(form) : [];
    const picked = all.filter((box) => places.has(box.dataset.position ?? ""));
    const side = picked[0]?.closest("fieldset");
    if (side) turn(originalEvent.shiftKey ? boxes(side) : picked);
  });
}

/**
 * @param {GlMap} map
 * @param {{ geometry: GeoJSON.Geometry }} door
 * @param {{ x: number, y: number }} point
 * @returns {number} pixels between the two
 */
function away(map, { geometry }, point) {
  if (geometry.type !== "Point") return Number.POSITIVE_INFINITY;
  const [lon = 0, lat = 0] = geometry.coordinates;
  const at = map.project([lon, lat]);
  return Math.hypot(at.x - point.x, at.y - point.y);
}

ground?.addEventListener("map-made", (event) => {
  listen(/** @type {CustomEvent<{ map: GlMap }>} */ (event).detail.map);
});
ground?.addEventListener("turf-picked", (event) => {
  const { turf: other } = /** @type {CustomEvent<{ turf: number | null }>} */ (event).detail;
  ground.pick(turf); // the doors to be moved stay in sight
  if (!to || other === null || other === turf) return;
  to.value = String(other);
  changed();
});
customElements.whenDefined("ground-map").then(() => ground?.pick(turf));
form?.addEventListener("change", changed);
form?.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-whole-side]");
  const side = button?.closest("fieldset");
  if (side) turn(boxes(side));
});
