// @ts-check
/**
 * Turfs are changed: doors are picked in the list or on the map, and the cost of moving
 * them shows at once. A change exchanges parts of the page; the map stays where it is.
 */

import { put } from "../base/canvas.js";
import { Drag } from "./drag.js";
import { doorAt, fixed, say, tell, tool } from "./hand.js";
import { Lasso } from "./lasso.js";
import { boxes, changed, form, pick, picked, read, shown, turn } from "./picked.js";

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("../base/features.js").Feature} Feature */
/** @typedef {import("../base/places.js").Stop} Stop */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

const WAIT = 150;
const [OK, REFUSED] = [200, 422];

const ground = /** @type {GroundMap | null} */ (document.querySelector("ground-map"));
let fetching = new AbortController();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/** @returns {HTMLInputElement | HTMLSelectElement | null} the field with the turf they go to */
function target() {
  return form()?.querySelector("#to") ?? null;
}

async function ask() {
  const sent = form();
  const place = sent?.querySelector("[data-costs]");
  if (!sent || !place) return;
  fetching.abort();
  fetching = new AbortController();
  const asked = new URLSearchParams();
  for (const box of boxes(sent)) if (box.checked) asked.append("doors", box.value);
  for (const name of ["to", "stops", "seen"]) {
    const value = new FormData(sent).get(name);
    if (typeof value === "string" && value) asked.set(name, value);
  }
  try {
    const { signal } = fetching;
    const answer = await fetch(`${sent.dataset.cost}?${asked}`, { signal });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch (problem) {
    if (!fetching.signal.aborted) reportError(problem);
  }
}

/**
 * Draw what is held, and the turf on which it would land.
 *
 * @param {GlMap} map
 * @param {readonly Stop[]} stops
 * @param {number | null} to
 */
function draw(map, stops, to) {
  const { places } = /** @type {GroundMap} */ (ground);
  put(map, "held", [
    {
      type: "Feature",
      geometry: { type: "MultiPoint", coordinates: stops.map((stop) => places.at(stop)) },
      properties: {},
    },
  ]);
  put(map, "target", (to !== null && ground?.turfs.get(to)) || []);
  for (const number of document.querySelectorAll(".turf-number")) {
    const here = number instanceof HTMLElement && number.dataset.turf === String(to);
    number.classList.toggle("target", here);
  }
}

/** @param {GlMap} map put what is picked and what is aimed at on it */
function overlay(map) {
  const nothing = { type: /** @type {const} */ ("FeatureCollection"), features: [] };
  for (const source of ["target", "held"])
    map.addSource(source, { type: "geojson", data: nothing });
  map.addLayer(
    {
      id: "target",
      type: "line",
      source: "target",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": "#1a1d21", "line-opacity": 0.55, "line-width": 9 },
    },
    "shown-walks",
  );
  map.addLayer({
    id: "held",
    type: "circle",
    source: "held",
    paint: {
      "circle-color": "#ffffff",
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 3, 18, 7],
      "circle-stroke-color": "#1a1d21",
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 11, 2, 16, 4],
    },
  });
}

/**
 * @param {Stop} stop
 * @returns {Promise<Stop[]>} the doors on the same side of its street
 */
async function beside(stop) {
  const side = `${stop.turf}:${stop.position}`;
  const asked = new URLSearchParams({ drag: "1", side, seen: String(ground?.version) });
  const answer = await fetch(`${form()?.dataset.cost}?${asked}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return read(page.querySelector("[data-held]")?.getAttribute("data-held") ?? "");
}

/** @param {GlMap} map @param {MouseEvent} event a press that was no drag */
async function press(map, event) {
  if (!ground || tool() === "lasso") return;
  const stop = doorAt(map, ground.places, event);
  if (!stop) return;
  const held = fixed([stop]);
  if (held) say(held.why, held.turf);
  else
    turn(event.shiftKey || tool() === "side" ? await beside(stop) : ground.places.together(stop));
}

/** @param {GlMap} map */
function listen(map) {
  map.boxZoom.disable(); // Shift draws around doors here
  map.doubleClickZoom.disable(); // two doors are often picked quickly
  overlay(map);
  const now = () => draw(map, picked(), null);
  document.addEventListener("doors-picked", now);
  ground?.addEventListener("map-filled", now);
  map.on("click", ({ originalEvent }) => press(map, originalEvent));
  if (!ground) return;
  new Drag(map, ground, (stops, to) => draw(map, stops, to));
  new Lasso(map, ground);
}

/**
 * After a change: the new form is the old one's heir, and the map shows what is now.
 *
 * @param {Event} event
 */
function settled(event) {
  const { xhr } = /** @type {CustomEvent<{ xhr: XMLHttpRequest }>} */ (event).detail;
  if (![OK, REFUSED].includes(xhr.status)) {
    say("lost");
    return;
  }
  const said = document.querySelector("#messages .note");
  const refused = document.querySelector("#said [role=alert]");
  if (said) tell(said.textContent ?? "");
  if (refused instanceof HTMLElement) refused.focus();
  ground?.refresh().then(() => ground.pick(shown()));
}

ground?.addEventListener("map-made", (event) => {
  listen(/** @type {CustomEvent<{ map: GlMap }>} */ (event).detail.map);
});
ground?.addEventListener("turf-picked", (event) => {
  const { turf: other } = /** @type {CustomEvent<{ turf: number | null }>} */ (event).detail;
  const turf = shown();
  ground.pick(turf); // the doors to be moved stay in sight
  const to = target();
  if (!to || other === null || other === turf) return;
  to.value = String(other);
  changed();
});
customElements.whenDefined("ground-map").then(() => ground?.pick(shown()));
document.addEventListener("doors-picked", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT); // when the hand has come to rest
});
document.addEventListener("change", ({ target: on }) => {
  if (form()?.contains(/** @type {Node} */ (on))) changed();
});
document.addEventListener("reset", () => setTimeout(() => pick([])));
document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-whole-side]");
  const side = boxes(button?.closest("fieldset") ?? null);
  if (!side.length) return;
  turn(side.map((box) => ({ turf: shown(), position: Number(box.dataset.position) })));
});
document.addEventListener("htmx:afterRequest", settled);
