// @ts-check
/**
 * One conversation: how it ended, what was said, a note; then Save.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./state.js").Draft} Draft
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/script.js").Question} Question
 */

import { ANSWER_LENGTH, NOTE_LENGTH } from "../core/event.js";
import { RESULTS } from "../core/results.js";
import { questions, steps } from "../core/script.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { resultName, say } from "./say.js";

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Talk({ draft, incomplete }, { stop, bundle }, act) {
  if (!draft || !stop || !bundle) return html`<main></main>`;
  const { script } = bundle;
  const person = stop.people.find(({ id }) => id === draft.person);
  const put = questions(script, draft.result);
  return html`<main class="talk">
    <h1 tabindex="-1">${person ? say("talk.with", { name: person.name }) : say("talk.nobody")}</h1>
    <p class="place">${stop.address}</p>
    ${script.opening && html`<blockquote><p class="label">${say("talk.say")}</p><p>${script.opening}</p></blockquote>`}
    <fieldset class="results">
      <legend>${say("talk.result")}</legend>
      <p class="refusal" role="alert">
        ${incomplete && html`${icon("warn")} ${say("talk.choose")}`}
      </p>
      <div class="grid">
        ${RESULTS.map(({ id }) =>
          Pick("result", id, resultName(id), draft.result === id, () => act.edit({ result: id })),
        )}
      </div>
    </fieldset>
    ${
      put.length > 0 &&
      html`<section class="questions">
      <h2>${say("talk.questions")}</h2>
      <p>${say("talk.optional")}</p>
      ${put.map((question) => Put(question, draft.answers[question.id] ?? "", act))}
    </section>`
    }
    <label for="note">${say("talk.note")}</label>
    <textarea id="note" rows="3" maxlength=${NOTE_LENGTH} placeholder=${say("talk.note.hint")}
      value=${draft.note}
      onInput=${(/** @type {any} */ { target }) => act.edit({ note: target.value })}></textarea>
    <button type="button" class="discard" onClick=${act.discard}>${say("talk.discard")}</button>
  </main>`;
}

/**
 * A question, and the ways to answer it.
 *
 * @param {Question} question
 * @param {string} answer what was given so far
 * @param {Acts} act
 */
function Put(question, answer, act) {
  const { id, kind, ask, responses = [] } = question;
  if (kind === "text") {
    return html`<div class="question">
      <label for=${`q-${id}`}>${ask}</label>
      <textarea id=${`q-${id}`} rows="2" maxlength=${ANSWER_LENGTH} value=${answer}
        onInput=${(/** @type {any} */ { target }) => act.answer(id, target.value)}></textarea>
    </div>`;
  }
  const choices =
    kind === "scale" ? steps(question).map((step) => ({ id: step, name: step })) : responses;
  return html`<fieldset class="question">
    <legend>${ask}</legend>
    <div class=${kind === "scale" ? "scale" : "choices"}>
      ${choices.map((choice) =>
        Pick(`q-${id}`, choice.id, choice.name, answer === choice.id, () =>
          act.answer(id, choice.id),
        ),
      )}
    </div>
  </fieldset>`;
}

/**
 * A large button that is on or off.
 *
 * @param {string} group
 * @param {string} value
 * @param {string} words
 * @param {boolean} on
 * @param {() => void} choose
 */
function Pick(group, value, words, on, choose) {
  return html`<button type="button" class="pick" key=${value} aria-pressed=${on ? "true" : "false"}
    data-group=${group} data-value=${value} onClick=${choose}>
    ${on && icon("done")}<span>${words}</span>
  </button>`;
}

/**
 * The way back and Save, under the thumb.
 *
 * @param {State} state
 * @param {Acts} act
 */
export function TalkBar({ draft, saving }, act) {
  const back = () => (draft ? act.go("door", draft.door) : act.go("turf"));
  return html`<nav class="way-on" aria-label=${say("nav.main")}>
    <button type="button" onClick=${back}>${icon("back")}<span>${say("nav.back")}</span></button>
    <button type="button" class="save" onClick=${act.save}>
      ${say(saving ? "talk.saving" : "talk.save")}
    </button>
  </nav>`;
}
