// @ts-check
/** Doors are picked in the list or on the map, and the cost of moving them shows at once. */

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

const WAIT = 150;
const REACH = 6;

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

/** @param {Element | null | undefined} side all of it; once it is picked, none of it */
function whole(side) {
  if (!side) return;
  const all = boxes(side);
  const on = !all.every((box) => box.checked);
  for (const box of all) box.checked = on;
  changed();
}

/** Ask what it would cost, when the hand has come to rest. */
function changed() {
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

/** @param {GlMap} map */
function listen(map) {
  map.on("click", ({ point, originalEvent }) => {
    const { x, y } = point;
    /** @type {[[number, number], [number, number]]} */
    const near = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const doors = map.queryRenderedFeatures(near, { layers: ["doors"] });
    const door = doors.find(({ properties }) => properties.turf === turf);
    const box = /** @type {HTMLInputElement | null} */ (
      form?.querySelector(`[data-position="${door?.properties.position}"]`) ?? null
    );
    if (!box) return;
    if (originalEvent.shiftKey) {
      whole(box.closest("fieldset"));
      return;
    }
    box.checked = !box.checked;
    changed();
  });
}

ground?.addEventListener("map-made", (event) => {
  listen(/** @type {CustomEvent<{ map: GlMap }>} */ (event).detail.map);
});
ground?.addEventListener("turf-picked", (event) => {
  const { turf: other } = /** @type {CustomEvent<{ turf: number | null }>} */ (event).detail;
  if (!to || other === null || other === turf) return;
  to.value = String(other);
  changed();
});
form?.addEventListener("change", changed);
form?.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-whole-side]");
  if (button) whole(button.closest("fieldset"));
});
