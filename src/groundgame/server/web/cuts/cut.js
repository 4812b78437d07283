// @ts-check
/**
 * A turf that is chosen in the table stands out on the map, and the other way round. When
 * the page is printed, the map is drawn for paper as it is on screen.
 */

import htmx from "/vendor/htmx.js";
import { onPaper } from "../base/paper.js";

/** @typedef {import("../base/map.js").GroundMap} GroundMap */

const map = /** @type {GroundMap | null} */ (document.querySelector("ground-map"));
const table = document.querySelector("[data-turfs]");

/** @param {number | null} turf which one; null: none */
function mark(turf) {
  for (const button of table?.querySelectorAll("[data-pick]") ?? []) {
    const here = button.getAttribute("data-pick") === String(turf);
    button.setAttribute("aria-pressed", String(here));
    button.closest("tr")?.classList.toggle("picked", here);
  }
}

table?.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-pick]");
  if (!button) return;
  const already = button.getAttribute("aria-pressed") === "true";
  const turf = already ? null : Number(button.getAttribute("data-pick"));
  mark(turf);
  map?.pick(turf);
  if (turf !== null && window.innerWidth < 960) map?.scrollIntoView({ block: "nearest" });
});

map?.addEventListener("turf-picked", async (event) => {
  const { turf } = /** @type {CustomEvent<{ turf: number | null }>} */ (event).detail;
  if (turf !== null && !table?.querySelector(`[data-pick="${turf}"]`)) {
    await htmx.ajax("get", `?turf=${turf}`, "[data-turfs]"); // the page that it is on
  }
  mark(turf);
  table?.querySelector("tr.picked")?.scrollIntoView({ block: "nearest" });
});

map?.addEventListener("map-made", (event) => {
  const made = /** @type {CustomEvent<{ map: import("/vendor/maplibre/maplibre-gl.mjs").Map }>} */ (
    event
  ).detail.map;
  window.addEventListener("beforeprint", () => {
    map.querySelector("[data-paper]")?.replaceChildren(onPaper(made, map.turfs));
  });
});
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
