// @ts-check
/**
 * One door: the address, the household, one tap when nobody comes, and what was recorded.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/turf.js").Stop} Stop
 * @typedef {import("../core/turf.js").Before} Before
 * @typedef {import("../core/event.js").Conversation} Conversation
 */

import { inWords } from "../core/script.js";
import { state as doorState, household } from "../core/turf.js";
import { Known } from "./building.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { day, language, resultName, say, spoken, when } from "./say.js";

/** What can be recorded of a closed door by one tap. */
const QUICK = ["not_home", "inaccessible", "lit_dropped"];

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Door(state, turf, act) {
  const { stop, doors, drafts, ends } = turf;
  if (!stop) return html`<main><h1 tabindex="-1">${say("door.gone")}</h1></main>`;
  const { door, number, street, unit, city, building } = stop;
  const last = doors.get(door);
  const is = doorState(doors, door, ends);
  const result = last ? resultName(last.result, turf.script(last.script)) : "";
  const draft = drafts.find((other) => other.door === door);
  const here = turf.held.filter((event) => event.door === door);
  return html`<main class="door" data-door=${door}>
    <h1 tabindex="-1">
      <span>${`${number ?? ""} ${street}`.trim()}</span>
      ${unit && html`<span class="unit">${say("door.unit", { unit })}</span>`}
    </h1>
    <p class="door-state" data-state=${is}>
      <span class="place">${city}</span> ${icon(is)} ${say(`state.${is}`, { result })}
    </p>
    ${
      here.some((event) => event.result === "do_not_contact") &&
      html`<p class="warning" role="alert">${icon("warn")} ${say("door.dnc")}</p>`
    }
    ${
      draft &&
      html`<section class="notice unfinished"><p>${icon("draft")} ${say("door.draft")}</p>
      <button type="button" onClick=${() => act.go("talk", door)}>${say("turf.draft.open")}</button>
    </section>`
    }
    ${Known(turf.access[building] ?? {})}
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
    ${Household(turf, stop, act)}
    ${Memory(stop)}
    ${History(state, turf, stop, act)}
    <button type="button" class="plain" data-building=${building} onClick=${() => act.go("building", building)}>
      ${icon("building")} ${say(unit ? "building.open" : "access.title")}</button>
  </main>`;
}

/**
 * @param {Turf} turf
 * @param {Stop} stop
 * @param {Acts} act
 */
function Household(turf, stop, act) {
  const { door } = stop;
  const people = household(stop, turf.held);
  return html`<section>
    <h2>${say("door.who")}</h2>
    ${people.length === 0 && html`<p>${say("door.unlisted")}</p>`}
    <ul class="people">
      ${people.map((person) => html`<li key=${person.id}>${Somebody(person, turf, stop, act)}</li>`)}
      <li><button type="button" data-person="" onClick=${() => act.talk(door, null)}>
        <strong>${say("door.nobody")}</strong></button></li>
      <li><button type="button" class="plain" data-add onClick=${() => act.add(door)}>
        ${icon("person")} ${say("door.add")}</button></li>
    </ul>
  </section>`;
}

/**
 * @param {ReturnType<typeof household>[number]} person
 * @param {Turf} turf
 * @param {Stop} stop
 * @param {Acts} act
 */
function Somebody({ id, name, age, party, added }, { held, script }, { door, before = [] }, act) {
  const aged = age === null ? null : say("door.age", { age });
  const about = [aged, party, added ? say("door.added") : null].filter(Boolean).join(", ");
  const last = held.findLast((event) => event.door === door && event.person === id);
  const earlier = before.find((each) => each.person === id);
  return html`<button type="button" data-person=${id} onClick=${() => act.talk(door, id)}>
    <strong>${name}</strong> <span>${about}</span>
    ${last && html`<span class="last">${icon("done")} ${resultName(last.result, script(last.script))}</span>`}
    ${!last && earlier && html`<span class="last">${icon("again")} ${day(earlier.day)}: ${resultName(earlier.result)}</span>`}
  </button>`;
}

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Stop} stop
 * @param {Acts} act
 */
function History(state, turf, stop, act) {
  const here = turf.held.filter((event) => event.door === stop.door).reverse();
  return html`<section class="history">
    <h2>${say("door.history")}</h2>
    ${here.length === 0 && html`<p>${say("door.history.none")}</p>`}
    <ul>
      ${here.map((event) => html`<li key=${event.id}>${Past(event, state, turf, stop, act)}</li>`)}
    </ul>
  </section>`;
}

/**
 * @param {Conversation} event
 * @param {State} state
 * @param {Turf} turf
 * @param {Stop} stop
 * @param {Acts} act
 */
function Past(event, state, turf, stop, act) {
  const kept = state.log.find(({ id }) => id === event.id);
  const person = household(stop, turf.held).find(({ id }) => id === event.person);
  const script = turf.script(event.script);
  const said = script ? inWords(script, event.answers) : [];
  const where = kept?.unsent ? "unsent" : kept?.status === "quarantined" ? "quarantined" : "sent";
  const at = when(event.at, { hour: "numeric", minute: "2-digit" });
  const who = person ? `, ${person.name}` : "";
  return html`<div class="past">
    <p><strong>${resultName(event.result, script)}</strong>${`${who}, ${at}`}</p>
    ${event.again && html`<p>${say("again.said", { when: moment(event.again) })}</p>`}
    ${event.language && html`<p>${say("language.said", { language: tongue(event.language) })}</p>`}
    ${said.map(({ ask, answer }) => html`<p class="answer"><small>${ask}</small> ${spoken(answer)}</p>`)}
    ${event.note && html`<p class="note">${event.note}</p>`}
    ${
      kept
        ? html`<p class="where">${icon(where === "unsent" ? "wait" : "done")} ${say(`door.${where}`)}</p>
          ${state.sure === event.id ? Sure(event, act) : Change(event, act)}`
        : html`<p class="where">${icon("people")} ${say("door.colleague", { by: turf.by(event) })}</p>`
    }
  </div>`;
}

/**
 * What was said here under other packets.
 *
 * @param {Stop} stop
 */
function Memory({ before = [], people }) {
  if (before.length === 0) return null;
  const named = (/** @type {Before} */ { person }) => {
    const known = people.find(({ id }) => id === person);
    return known ? `, ${known.name}` : "";
  };
  return html`<section class="memory" aria-label=${say("door.before")}>
    <h2>${say("door.before")}</h2>
    <ul>
      ${before.map(
        (each) => html`<li class="past">
          <p><strong>${resultName(each.result)}</strong>${named(each)}</p>
          <p class="quiet">${each.by ? say("door.before.by", { day: day(each.day), by: each.by }) : day(each.day)}</p>
          ${each.answers.map(({ ask, answer }) => html`<p class="answer"><small>${ask}</small> ${spoken(answer)}</p>`)}
          ${each.note && html`<p class="note">${each.note}</p>`}
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {string} text a day, or a day and a time */
function moment(text) {
  if (!text.includes("T")) return day(text);
  return when(new Date(text), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  });
}

/** @param {string} tag */
function tongue(tag) {
  if (tag === "und") return say("language.other");
  return new Intl.DisplayNames([language], { type: "language" }).of(tag) ?? tag;
}

/**
 * @param {Conversation} event
 * @param {Acts} act
 */
function Change(event, act) {
  return html`<div class="pair">
    <button type="button" class="undo" onClick=${() => act.ask(event.id)}>${say("undo")}</button>
    <button type="button" class="correct" onClick=${() => act.correct(event)}>${say("door.correct")}</button>
  </div>`;
}

/**
 * @param {Conversation} event
 * @param {Acts} act
 */
function Sure(event, act) {
  return html`<p>${say("undo.sure")}</p>
    <div class="pair">
      <button type="button" class="undo" onClick=${() => act.undo([event.id])}>
        ${say("undo.yes")}
      </button>
      <button type="button" onClick=${() => act.ask(null)}>${say("undo.no")}</button>
    </div>`;
}
