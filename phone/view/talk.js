// @ts-check
/**
 * One conversation: what to say and ask, how it ended, a note; then Save.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./state.js").Draft} Draft
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("../core/script.js").Script} Script
 */

import { NAME_LENGTH, NOTE_LENGTH } from "../core/event.js";
import { offered } from "../core/script.js";
import { household } from "../core/turf.js";
import { Pick, Questions } from "./ask.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { language, resultName, say } from "./say.js";

/** Languages that are offered by one tap. */
const SPOKEN = ["es", "zh", "vi", "ht", "ar", "ru", "ko", "tl", "pt", "fr", "so", "bn"];

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Talk({ draft, incomplete, unfolded, all }, turf, act) {
  const { stop, bundle } = turf;
  if (!draft || !stop || !bundle) return html`<main></main>`;
  const script = turf.scriptOf(stop);
  const person = household(stop, turf.held).find(({ id }) => id === draft.person);
  const who = draft.added
    ? say("talk.stranger")
    : person
      ? say("talk.with", { name: person.name })
      : say("talk.nobody");
  return html`<main class="talk">
    <h1 tabindex="-1">${who}</h1>
    <p class="place">${stop.address}</p>
    ${draft.corrects && html`<p class="notice">${icon("draft")} ${say("door.correct.why")}</p>`}
    ${draft.added && !person && Newcomer(draft, incomplete === "name", act)}
    ${script.opening && html`<blockquote><p class="label">${say("talk.say")}</p><p>${script.opening}</p></blockquote>`}
    ${Ended(script, draft, incomplete === "result", unfolded, act)}
    ${draft.result === "come_back" && Again(draft, act)}
    ${draft.result === "language_barrier" && Language(draft, act)}
    ${Questions(script, draft, all, act.asked)}
    <label for="note">${say("talk.note")}</label>
    <textarea id="note" rows="3" maxlength=${NOTE_LENGTH} placeholder=${say("talk.note.hint")}
      value=${draft.note}
      onInput=${(/** @type {any} */ { target }) => act.edit({ note: target.value })}></textarea>
    <button type="button" class="discard" onClick=${act.discard}>${say("talk.discard")}</button>
  </main>`;
}

/**
 * How it ended: folded to one line while it goes on, or once it is chosen.
 *
 * @param {Script} script
 * @param {Draft} draft
 * @param {boolean} missing
 * @param {boolean} unfolded
 * @param {Acts} act
 */
function Ended(script, { result }, missing, unfolded, act) {
  const open = unfolded || missing;
  return html`<section class="results" aria-label=${say("talk.result")}>
    <p class="refusal" role="alert">${missing && html`${icon("warn")} ${say("talk.choose")}`}</p>
    <button type="button" class="shut" data-fold="results" aria-expanded=${open ? "true" : "false"} onClick=${act.unfold}>
      ${icon(result ? "done" : "left")}
      <span class="row-words"><span class="label">${say("talk.result")}</span>
        <strong>${result ? resultName(result, script) : say("talk.still")}</strong>
        ${!result && !open && html`<small>${say("talk.otherwise")}</small>`}</span>
    </button>
    ${
      open &&
      html`<div class="grid">
        ${offered(script).map((id) =>
          Pick("result", id, resultName(id, script), result === id, () => act.ended(id)),
        )}
      </div>`
    }
  </section>`;
}

/**
 * Somebody who was not on the list.
 *
 * @param {Draft} draft
 * @param {boolean} unnamed
 * @param {Acts} act
 */
function Newcomer({ added }, unnamed, act) {
  const typed = (/** @type {any} */ { target }) => act.newcomer({ name: target.value });
  const aged = (/** @type {any} */ { target }) => act.newcomer({ age: target.value });
  return html`<section class="newcomer">
    <label for="added-name">${say("added.name")}</label>
    <input id="added-name" autocomplete="off" autocapitalize="words" maxlength=${NAME_LENGTH} value=${added?.name ?? ""}
      aria-invalid=${unnamed ? "true" : undefined} aria-describedby="added-why" onInput=${typed} />
    <p class="refusal" role="alert">${unnamed && html`${icon("warn")} ${say("added.need")}`}</p>
    <label for="added-age">${say("added.age")}</label>
    <input id="added-age" inputmode="numeric" maxlength="3" autocomplete="off" value=${added?.age ?? ""} onInput=${aged} />
    <small id="added-why">${say("added.why")}</small>
  </section>`;
}

/**
 * When to come back.
 *
 * @param {Draft} draft
 * @param {Acts} act
 */
function Again({ again = "" }, act) {
  const [day, time = ""] = again.split("T");
  const names = /** @type {const} */ (["tonight", "tomorrow", "saturday"]);
  const soon = names.filter((name) => act.soon(name) !== "");
  return html`<fieldset class="again">
    <legend>${say("again.title")}</legend>
    <div class="choices">${soon.map((name) => {
      const at = act.soon(name);
      return Pick("again", name, say(`again.${name}`), again === at, () =>
        act.edit({ again: again === at ? "" : at }),
      );
    })}</div>
    <div class="pair">
      <label>${say("again.day")}<input type="date" value=${day}
        onInput=${(/** @type {any} */ { target }) => act.comeBack(target.value, time)} /></label>
      <label>${say("again.time")}<input type="time" value=${time}
        onInput=${(/** @type {any} */ { target }) => act.comeBack(day, target.value)} /></label>
    </div>
  </fieldset>`;
}

/**
 * @param {Draft} draft
 * @param {Acts} act
 */
function Language({ language: spoken = "" }, act) {
  const called = (/** @type {string} */ tag, /** @type {string} */ by) =>
    new Intl.DisplayNames([by, language], { type: "language" }).of(tag) ?? tag;
  // Whoever speaks it knows its own name, and whoever holds the phone knows ours
  const both = (/** @type {string} */ tag) =>
    [...new Set([called(tag, tag), called(tag, language)])].join(" · ");
  const tags = SPOKEN.filter((tag) => tag !== language);
  return html`<fieldset class="spoken">
    <legend>${say("language.title")}</legend>
    <div class="choices">${[language === "es" ? "en" : "", ...tags]
      .filter(Boolean)
      .map((tag) =>
        Pick("language", tag, both(tag), spoken === tag, () =>
          act.edit({ language: spoken === tag ? "" : tag }),
        ),
      )}
    ${Pick("language", "und", say("language.other"), spoken === "und", () => act.edit({ language: spoken === "und" ? "" : "und" }))}
    </div>
  </fieldset>`;
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
