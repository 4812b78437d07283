// @ts-check
/**
 * The questions of a script, one at a time: what was answered shrinks to a line that
 * opens again at a tap, what comes next is open, the rest waits.
 *
 * @typedef {import("../core/script.js").Question} Question
 * @typedef {import("../core/script.js").Script} Script
 * @typedef {import("./state.js").Draft} Draft
 * @typedef {{
 *   answer: (question: Question, answer: string) => void,
 *   onwards: (question: Question) => void,
 *   open: (id: string) => void,
 *   all: () => void,
 * }} Asked what a finger can do here
 */

import { ANSWER_LENGTH } from "../core/event.js";
import { answerInWords, following, put, steps, toggled, valid } from "../core/script.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { say, spoken } from "./say.js";

/**
 * The question that is open on the screen: the one that was opened, else what comes next.
 *
 * @param {Script} script
 * @param {Draft} draft
 */
export function openOne(script, { result, answers, passed = [], at }) {
  const asked = put(script, result, answers);
  if (at && asked.some(({ id }) => id === at)) return at;
  return following(script, result, answers, passed);
}

/**
 * @param {Script} script as it is said
 * @param {Draft} draft
 * @param {boolean} all whether those that wait are shown as well
 * @param {Asked} act
 */
export function Questions(script, draft, all, act) {
  const { answers, passed = [] } = draft;
  const asked = put(script, draft.result, answers);
  if (asked.length === 0) return null;
  const open = openOne(script, draft);
  const had = (/** @type {Question} */ each) =>
    valid(each, answers[each.id] ?? "") || passed.includes(each.id);
  const shown = asked.filter((each) => all || each.id === open || had(each));
  return html`<section class="questions" aria-label=${say("talk.questions")}>
    ${shown.map((each) => (each.id === open ? Open(script, each, answers, act) : Shut(each, answers, passed, act)))}
    ${open === null && html`<p class="quiet" tabindex="-1" data-asking="">${icon("done")} ${say("talk.finished")}</p>`}
    <button type="button" class="plain" aria-pressed=${all ? "true" : "false"} onClick=${act.all}>
      ${say(all ? "talk.fewer" : "talk.all")}</button>
  </section>`;
}

/**
 * @param {Question} question
 * @param {Record<string, string>} answers
 * @param {readonly string[]} passed
 * @param {Asked} act
 */
function Shut(question, answers, passed, act) {
  const { id, kind, title, ask } = question;
  const given = answers[id] ?? "";
  const has = valid(question, given);
  const state = has
    ? spoken(answerInWords(question, given))
    : say(passed.includes(id) ? (kind === "say" ? "talk.told" : "talk.skipped") : "talk.unasked");
  return html`<button type="button" class="shut" key=${id} data-question=${id} onClick=${() => act.open(id)}>
    ${icon(has ? "done" : passed.includes(id) ? "next" : "left")}
    <span class="row-words"><span class="label">${kind === "say" ? saidName(question) : (title ?? ask)}</span>
      <strong>${state}</strong></span>
  </button>`;
}

/**
 * @param {Script} script
 * @param {Question} question
 * @param {Record<string, string>} answers
 * @param {Asked} act
 */
function Open(script, question, answers, act) {
  const { id, kind, ask, part } = question;
  const given = answers[id] ?? "";
  const name =
    kind === "say" ? say("talk.told") : say(valid(question, given) ? "talk.next" : "talk.skip");
  const before = script.questions.find((each) => each.part === "before")?.id ?? "";
  const on = html`<button type="button" class="on" data-on=${id} onClick=${() => act.onwards(question)}>
    ${name} ${icon("next")}</button>`;
  if (kind === "say") {
    return html`<div class="question" key=${id} data-question=${id} data-part=${part}>
      <blockquote><h2 class="label" tabindex="-1" data-asking=${id}>${icon(part === "listen" ? "listen" : "say")} ${saidName(question)}</h2>
        <p>${ask}</p></blockquote>${on}
    </div>`;
  }
  return html`<fieldset class="question" key=${id} data-question=${id}>
    <legend tabindex="-1" data-asking=${id}>${ask}</legend>
    ${part === "after" && answers[before] && html`<p class="quiet">${say("talk.earlier", { answer: answers[before] })}</p>`}
    ${Answer(question, given, act)} ${on}
  </fieldset>`;
}

/** @param {Question} question */
function saidName({ part }) {
  return say(part === "listen" ? "part.listen" : part === "story" ? "part.story" : "talk.say");
}

/**
 * @param {Question} question
 * @param {string} given
 * @param {Asked} act
 */
function Answer(question, given, act) {
  const { id, kind, ask, responses = [] } = question;
  const typed = (/** @type {any} */ { target }) => act.answer(question, target.value);
  if (kind === "choice") {
    return html`<div class="choices">${responses.map((each) =>
      Pick(`q-${id}`, each.id, each.name, given === each.id, () => act.answer(question, each.id)),
    )}</div>`;
  }
  if (kind === "many") {
    const chosen = given.split(",");
    return html`<p class="quiet">${say("talk.many")}</p>
      <div class="choices">${responses.map((each) =>
        Pick(`q-${id}`, each.id, each.name, chosen.includes(each.id), () =>
          act.answer(question, toggled(question, given, each.id)),
        ),
      )}</div>`;
  }
  if (kind === "scale") {
    return html`<div class="scale">${steps(question).map((step) =>
      Pick(`q-${id}`, step, step, given === step, () => act.answer(question, step)),
    )}</div>`;
  }
  if (kind === "date") {
    return html`<input type="date" id=${`q-${id}`} aria-label=${ask} value=${given} onInput=${typed} />`;
  }
  if (kind === "number") {
    const wrong = given !== "" && !valid(question, given);
    return html`<input id=${`q-${id}`} inputmode="decimal" aria-label=${ask} autocomplete="off" value=${given}
      aria-invalid=${wrong ? "true" : undefined} onInput=${typed} />
      <p class="refusal" role="alert">${wrong && say("talk.badnumber")}</p>`;
  }
  return html`<textarea id=${`q-${id}`} aria-label=${ask} rows="3" maxlength=${ANSWER_LENGTH}
    value=${given} onInput=${typed}></textarea>`;
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
export function Pick(group, value, words, on, choose) {
  return html`<button type="button" class="pick" key=${value} aria-pressed=${on ? "true" : "false"}
    data-group=${group} data-value=${value} onClick=${choose}>
    ${on && icon("done")}<span>${words}</span>
  </button>`;
}
