// @ts-check
/**
 * The turf as a list, in walking order: what is done, what is left, where to go next.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/turf.js").Stop} Stop
 */

import { state as doorState, household, stretches } from "../core/turf.js";
import { Known } from "./building.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { far, long, resultName, say, turfName } from "./say.js";
import { ShiftLine } from "./shift.js";

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function TurfList(state, turf, act) {
  const { bundle, packet, stops, progress, drafts } = turf;
  const tried = progress.all - progress.left;
  return html`<main class="turf">
    <h1 tabindex="-1">${bundle ? turfName(bundle.turf.name) : packet?.code}</h1>
    ${
      packet?.ended &&
      html`<p class="notice">${say(packet.ended === "expired" ? "turf.over" : "turf.ended")}</p>
      <button type="button" onClick=${() => act.go("enter")}>${say("more.add")}</button>`
    }
    ${bundle && state.expired && html`<p class="notice">${icon("warn")} ${say("turf.expired")}</p>`}
    ${bundle && stops.length === 0 && html`<p class="notice">${say("turf.empty")}</p>`}
    ${
      stops.length > 0 &&
      html`<p class="progress-words">
        ${say("turf.progress", { n: progress.all, tried, left: progress.left })}
      </p>
      <progress max=${progress.all} value=${tried} aria-hidden="true"></progress>
      ${progress.left > 0 && html`<p class="ahead">${say("turf.far", { km: far(turf.ahead.metres), minutes: long(turf.ahead.minutes) })}</p>`}
      ${turf.with.length > 0 && html`<p class="with">${icon("people")} ${say("turf.with", { names: turf.with.join(", ") })}</p>`}
      ${progress.left === 0 && html`<p class="notice">${icon("done")} ${say("turf.finished")}</p>`}`
    }
    ${drafts.map((draft) => Unfinished(draft, stops, act))}
    ${packet && ShiftLine(state, act)}
    ${stretches(stops).map(
      ({ street, buildings }) => html`<section>
        <h2>${street}</h2>
        ${buildings.map((building) => Building(building, turf, act))}
      </section>`,
    )}
  </main>`;
}

/**
 * @param {import("./state.js").Draft} draft
 * @param {readonly Stop[]} stops
 * @param {Acts} act
 */
function Unfinished(draft, stops, act) {
  const address = stops.find(({ door }) => door === draft.door)?.address;
  if (!address) return null;
  return html`<section class="notice unfinished">
    <p>${icon("draft")} ${say("turf.draft", { address })}</p>
    <button type="button" onClick=${() => act.go("talk", draft.door)}>${say("turf.draft.open")}</button>
  </section>`;
}

/**
 * @param {import("../core/turf.js").Building} building
 * @param {Turf} turf
 * @param {Acts} act
 */
function Building({ building, stops }, turf, act) {
  const [{ number, street }] = stops;
  const address = `${number ?? ""} ${street}`.trim();
  return html`<div class="building">
    ${
      stops.length > 1 &&
      html`<h3><button type="button" class="house-open" data-building=${building}
        onClick=${() => act.go("building", building)}>${icon("building")}
        <span>${say("turf.building", { address, n: stops.length })}</span> ${icon("next")}</button></h3>
      ${Known(turf.access[building] ?? {})}`
    }
    <ul>
      ${stops.map((stop) => html`<li key=${stop.door}>${Row(stop, turf, act, stops.length > 1)}</li>`)}
    </ul>
  </div>`;
}

/**
 * One door: its number, who lives there, how it stands, in words and by a sign.
 *
 * @param {Stop} stop
 * @param {Turf} turf
 * @param {Acts} act
 * @param {boolean} [inside] whether its building is named above it
 */
export function Row(stop, { doors, ends, next, script, by, held }, act, inside = false) {
  const { door, number, unit, address } = stop;
  const is = doorState(doors, door, ends);
  const last = doors.get(door);
  const who = last ? by(last) : "";
  const named = last ? resultName(last.result, script(last.script)) : "";
  const result = who ? say("turf.by", { result: named, by: who }) : named;
  const coming = next?.door === door;
  const short = inside || number === null ? unit : [number, unit].filter(Boolean).join(" · ");
  const names = household(stop, held)
    .map(({ name }) => name)
    .join(", ");
  return html`<button type="button" class="row" data-state=${is} data-door=${door}
    data-next=${coming || undefined} onClick=${() => act.go("door", door)}>
    ${icon(is)}
    <span class="row-words">
      <span class="row-number"><span class="unseen">${address}</span>
        <span aria-hidden="true">${short ?? address}</span></span>
      <span class="row-names">${names}</span>
    </span>
    <span class="row-state">${coming && html`<mark>${say("turf.next")}</mark>`}
      ${say(`state.${is}`, { result })}</span>
  </button>`;
}
