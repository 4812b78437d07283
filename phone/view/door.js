// @ts-check
/**
 * One door: the address, the household, one tap when nobody comes, and what was recorded.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./state.js").Kept} Kept
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/turf.js").Stop} Stop
 * @typedef {import("../core/turf.js").Person} Person
 * @typedef {import("../core/event.js").Conversation} Conversation
 */

import { inWords } from "../core/script.js";
import { state as doorState } from "../core/turf.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { language, resultName, say } from "./say.js";

/** What can be recorded of a closed door by one tap. */
const QUICK = ["not_home", "inaccessible", "lit_dropped"];

const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Door(state, turf, act) {
  const { stop, doors, drafts } = turf;
  if (!stop) return html`<main><h1 tabindex="-1">${say("door.gone")}</h1></main>`;
  const { door, number, street, unit, city, people } = stop;
  const last = doors.get(door);
  const is = doorState(doors, door);
  const draft = drafts.find((other) => other.door === door);
  return html`<main class="door" data-door=${door}>
    <h1 tabindex="-1">
      <span>${`${number ?? ""} ${street}`.trim()}</span>
      ${unit && html`<span class="unit">${say("door.unit", { unit })}</span>`}
    </h1>
    <p class="door-state" data-state=${is}>
      <span class="place">${city}</span> ${icon(is)} ${say(`state.${is}`, { result: resultName(last?.result ?? "") })}
    </p>
    ${
      last?.result === "do_not_contact" &&
      html`<p class="warning" role="alert">${icon("warn")} ${say("door.dnc")}</p>`
    }
    ${
      draft &&
      html`<section class="notice unfinished"><p>${icon("draft")} ${say("door.draft")}</p>
      <button type="button" onClick=${() => act.go("talk", door)}>${say("turf.draft.open")}</button>
    </section>`
    }
    <section>
      <h2>${say("door.quick")}</h2>
      <div class="quick">
        ${QUICK.map(
          (result) =>
            html`<button type="button" data-result=${result}
            onClick=${() => act.quick(door, result)}>${resultName(result)}</button>`,
        )}
      </div>
    </section>
    <section>
      <h2>${say("door.who")}</h2>
      ${people.length === 0 && html`<p>${say("door.unlisted")}</p>`}
      <ul class="people">
        ${people.map((person) => html`<li key=${person.id}>${Somebody(person, turf, door, act)}</li>`)}
        <li><button type="button" data-person="" onClick=${() => act.talk(door, null)}>
          <strong>${say("door.nobody")}</strong></button></li>
      </ul>
    </section>
    ${History(state, turf, stop, act)}
  </main>`;
}

/**
 * @param {Person} person
 * @param {Turf} turf
 * @param {string} door
 * @param {Acts} act
 */
function Somebody({ id, name, age, party }, { held }, door, act) {
  const about = [age === null ? null : say("door.age", { age }), party].filter(Boolean).join(", ");
  const last = held.filter((event) => event.door === door && event.person === id).at(-1);
  return html`<button type="button" data-person=${id} onClick=${() => act.talk(door, id)}>
    <strong>${name}</strong> <span>${about}</span>
    ${last && html`<span class="last">${icon("done")} ${resultName(last.result)}</span>`}
  </button>`;
}

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Stop} stop
 * @param {Acts} act
 */
function History(state, { held, bundle }, stop, act) {
  const here = held.filter((event) => event.door === stop.door).reverse();
  return html`<section class="history">
    <h2>${say("door.history")}</h2>
    ${here.length === 0 && html`<p>${say("door.history.none")}</p>`}
    <ul>
      ${here.map((event) => html`<li key=${event.id}>${Past(event, state, stop, bundle?.script, act)}</li>`)}
    </ul>
  </section>`;
}

/**
 * @param {Conversation} event
 * @param {State} state
 * @param {Stop} stop
 * @param {import("../core/script.js").Script | undefined} script
 * @param {Acts} act
 */
function Past(event, state, stop, script, act) {
  const kept = state.log.find(({ id }) => id === event.id);
  const person = stop.people.find(({ id }) => id === event.person);
  const who = person?.name ?? say("talk.nobody");
  const said = script ? inWords(script, event.answers) : [];
  const where = kept?.unsent ? "unsent" : kept?.status === "quarantined" ? "quarantined" : "sent";
  return html`<div class="past">
    <p><strong>${resultName(event.result)}</strong>${`, ${who}, ${clock.format(event.at)}`}</p>
    ${said.map(({ ask, answer }) => html`<p class="answer"><small>${ask}</small> ${answer}</p>`)}
    ${event.note && html`<p class="note">${event.note}</p>`}
    <p class="where">${icon(where === "unsent" ? "wait" : "done")} ${say(`door.${where}`)}</p>
    ${state.sure === event.id ? Sure(event, act) : Undo(event, act)}
  </div>`;
}

/**
 * @param {Conversation} event
 * @param {Acts} act
 */
function Undo(event, act) {
  return html`<button type="button" class="undo" onClick=${() => act.ask(event.id)}>${say("undo")}</button>`;
}

/**
 * @param {Conversation} event
 * @param {Acts} act
 */
function Sure(event, act) {
  return html`<p>${say("undo.sure")}</p>
    <div class="pair">
      <button type="button" class="undo" onClick=${() => act.undo(event.id)}>
        ${say("undo.yes")}
      </button>
      <button type="button" onClick=${() => act.ask(null)}>${say("undo.no")}</button>
    </div>`;
}
