// @ts-check
/**
 * The turf as a map; a tap on a house shows its doors.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 */

import { inOrder } from "../core/turf.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { say, turfName } from "./say.js";
import { Row } from "./turf.js";

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function TurfMap(state, turf, act) {
  const name = say("map.title", { turf: turfName(turf.bundle?.turf.name ?? "") });
  const tapped = inOrder(turf.stops).filter(({ building }) => building === state.building);
  return html`<main class="map">
    <h1 tabindex="-1" class="unseen">${name}</h1>
    ${
      state.map === "none"
        ? html`<p class="notice">${say("map.none")}</p>`
        : html`<div class="chart-place">
          <div class="chart" ref=${act.chart} role="region" aria-label=${name}></div>
          <button type="button" class="where" aria-pressed=${state.lookout === "on" ? "true" : "false"}
            onClick=${act.lookOut}>${say("map.where")}</button>
        </div>`
    }
    <div class="map-foot">
      ${tapped.length > 0 ? Doors(tapped, turf, act) : Key(state)}
    </div>
  </main>`;
}

/**
 * @param {import("../core/turf.js").Stop[]} stops of one building
 * @param {Turf} turf
 * @param {Acts} act
 */
function Doors(stops, turf, act) {
  return html`<section class="tapped" aria-live="polite">
    <ul>${stops.map((stop) => html`<li key=${stop.door}>${Row(stop, turf, act)}</li>`)}</ul>
    ${
      stops.length > 1 &&
      html`<button type="button" onClick=${() => act.go("building", stops[0].building)}>
      ${icon("building")} ${say("building.open")}</button>`
    }
    <button type="button" onClick=${() => act.look(null)}>${say("map.close")}</button>
  </section>`;
}

/**
 * @param {State} state
 */
function Key({ lookout }) {
  const signs = /** @type {const} */ (["left", "again", "done"]);
  return html`<div class="key">
    <p>${signs.map((sign) => html`<span>${icon(sign)} ${say(`map.${sign}`)}</span>`)}</p>
    ${lookout === "none" && html`<p role="alert">${say("map.where.none")}</p>`}
  </div>`;
}
