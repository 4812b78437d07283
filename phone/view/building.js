// @ts-check
/**
 * An apartment house on one screen: how to get in, and its doors floor by floor.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/turf.js").Stop} Stop
 */

import { ACCESS, floors } from "../core/building.js";
import { ACCESS_LENGTH } from "../core/event.js";
import { state as doorState } from "../core/turf.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { resultName, say } from "./say.js";

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Building(state, turf, act) {
  const [first] = turf.within;
  if (!first) return html`<main><h1 tabindex="-1">${say("door.gone")}</h1></main>`;
  const address = `${first.number ?? ""} ${first.street}`.trim();
  return html`<main class="house">
    <h1 tabindex="-1">${address}</h1>
    ${Access(state, turf, first.building, act)}
    ${floors(turf.within).map(({ floor, stops }) => Floor(floor, stops, turf, act))}
  </main>`;
}

/**
 * @param {number | null} floor
 * @param {readonly Stop[]} stops
 * @param {Turf} turf
 * @param {Acts} act
 */
function Floor(floor, stops, turf, act) {
  const left = stops.filter(({ door }) => !turf.doors.has(door)).map(({ door }) => door);
  const name = floor === null ? say("building.floor.none") : say("building.floor", { floor });
  return html`<section class="floor" aria-label=${name} data-floor=${floor ?? ""}>
    ${turf.within.length > 1 && html`<h2>${name}</h2>`}
    <div class="units">${stops.map((stop) => Unit(stop, turf, act))}</div>
    ${
      left.length > 0
        ? html`<button type="button" class="nobody" onClick=${() => act.nobody(left)}
            aria-label=${say("building.nobody.hint", { floor: floor ?? "", n: left.length })}>
            ${say("building.nobody", { n: left.length })}</button>`
        : html`<p class="quiet">${icon("done")} ${say("building.all")}</p>`
    }
  </section>`;
}

/**
 * @param {Stop} stop
 * @param {Turf} turf
 * @param {Acts} act
 */
function Unit({ door, unit, number, people }, { doors, ends, next, script }, act) {
  const is = doorState(doors, door, ends);
  const last = doors.get(door);
  const result = last ? resultName(last.result, script(last.script)) : "";
  return html`<button type="button" class="unit-door" key=${door} data-door=${door} data-state=${is}
    data-next=${next?.door === door || undefined} onClick=${() => act.go("door", door)}>
    ${icon(is)} <strong>${unit ?? number ?? "–"}</strong>
    <small>${
      result ||
      people
        .map(({ name }) => name.split(" ").at(-1))
        .slice(0, 2)
        .join(", ")
    }</small>
    <span class="unseen">${say(`state.${is}`, { result })}</span>
  </button>`;
}

/**
 * How to get in: what is known, or the form that it is written in.
 *
 * @param {State} state
 * @param {Turf} turf
 * @param {string} building
 * @param {Acts} act
 */
function Access({ access: written }, { access }, building, act) {
  const known = access[building] ?? {};
  if (written) return Writing(written, building, act);
  const names = ACCESS.filter((name) => known[name]);
  return html`<section class="access" aria-label=${say("access.title")}>
    <h2>${say("access.title")}</h2>
    ${names.length === 0 && html`<p class="quiet">${say("access.none")}</p>`}
    ${Known(known)}
    <button type="button" onClick=${() => act.describe({ ...known })}>
      ${icon("draft")} ${say("access.edit")}</button>
  </section>`;
}

/** @param {Record<string, string>} known */
export function Known(known) {
  const names = ACCESS.filter((name) => known[name]);
  if (names.length === 0) return null;
  return html`<dl class="known">
    ${names.map((name) => html`<div key=${name}><dt>${say(/** @type {any} */ (`access.${name}`))}</dt><dd>${known[name]}</dd></div>`)}
  </dl>`;
}

/**
 * @param {Record<string, string>} written
 * @param {string} building
 * @param {Acts} act
 */
function Writing(written, building, act) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    act.entered(building);
  };
  return html`<form class="access" aria-label=${say("access.title")} onSubmit=${submit}>
    <h2>${say("access.title")}</h2>
    ${ACCESS.map(
      (name) => html`<label key=${name}>${say(/** @type {any} */ (`access.${name}`))}
        <input name=${name} maxlength=${ACCESS_LENGTH} autocomplete="off" value=${written[name] ?? ""}
          onInput=${(/** @type {any} */ { target }) => act.describe({ ...written, [name]: target.value })} /></label>`,
    )}
    <button type="submit" class="main">${say("access.save")}</button>
    <button type="button" onClick=${() => act.describe(null)}>${say("access.cancel")}</button>
  </form>`;
}
