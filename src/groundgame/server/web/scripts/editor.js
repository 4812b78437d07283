// @ts-check
/**
 * The editor of a script: fields on the left, the phone on the right, and a hidden text
 * that the form sends.
 *
 * @typedef {import("./model.js").Script} Script
 */

import { html, render } from "/phone/view/html.js";
import { added, KINDS, tidied, translated } from "./model.js";
import { preview } from "./preview.js";
import { QuestionCard } from "./question.js";
import { ResultsCard } from "./results.js";

const LANGUAGES = ["es", "zh", "vi", "ht", "ar", "ru", "ko", "tl", "pt", "fr"];
const place = /** @type {HTMLElement} */ (document.getElementById("editor"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("[data-script-form]"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("id_body"));
const phone = preview(/** @type {HTMLElement} */ (document.getElementById("preview")));
const names = new Intl.DisplayNames(["en"], { type: "language" });

/** @type {Script} */
let script = JSON.parse(text.value);
/** The language whose words are shown beside ours; "" for none. */
let other = Object.keys(script.translations ?? {})[0] ?? "";
let unsaved = false;

/** @param {Script} next */
function write(next) {
  script = next;
  unsaved = true;
  draw();
}

function draw() {
  render(Editor(), place);
  const plain = tidied(script);
  text.value = JSON.stringify(plain);
  phone.show(script);
}

/** @param {string} tag */
function beside(tag) {
  other = tag;
  phone.speak(tag === "es" ? "es" : "en");
  draw();
}

/**
 * Words, and below them the same in the other language.
 *
 * @param {{ id: string, label: string, value: string, rows?: number, path?: string[],
 *   set: (words: string) => void, hint?: string, most?: number }} field
 */
function Words({ id, label, value, rows = 1, path = [], set, hint, most = 4000 }) {
  const input = (/** @type {any} */ { target }) => set(target.value);
  const said = path.length > 0 && other !== "" ? [other, ...path] : null;
  /** @type {any} */
  let known = script.translations;
  for (const name of said ?? []) known = known?.[name];
  const box = (
    /** @type {string} */ name,
    /** @type {string} */ words,
    /** @type {any} */ typed,
    /** @type {string | undefined} */ lang,
  ) =>
    rows > 1
      ? html`<textarea id=${name} rows=${rows} maxlength=${most} lang=${lang} value=${words} onInput=${typed}></textarea>`
      : html`<input id=${name} maxlength=${most} lang=${lang} value=${words} autocomplete="off" onInput=${typed} />`;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint && html`<span class="help">${hint}</span>`}
    ${box(id, value, input, undefined)}
    ${
      said &&
      html`<label class="other" for=${`${id}-${other}`}>${label}, ${names.of(other)}</label>
      ${box(`${id}-${other}`, typeof known === "string" ? known : "", (/** @type {any} */ { target }) => write(translated(script, said, target.value)), other)}`
    }
  </div>`;
}

function Editor() {
  const set = (/** @type {Partial<Script>} */ change) => write({ ...script, ...change });
  return html`<div class="editor">
    ${Words({ id: "name", label: "Name", value: script.name, set: (name) => set({ name }), most: 40, hint: "What organizers call it when they hand turf out." })}
    <div class="field">
      <label for="other">Also in</label>
      <span class="help">The phone of a canvasser follows its own language; what has no translation is said as written.</span>
      <select id="other" value=${other} onChange=${(/** @type {any} */ { target }) => beside(target.value)}>
        <option value="">no other language shown</option>
        ${LANGUAGES.map((tag) => html`<option value=${tag}>${names.of(tag)}${script.translations?.[tag] ? " ✓" : ""}</option>`)}
      </select>
    </div>
    ${Words({ id: "opening", label: "What is said first", value: script.opening, rows: 4, path: ["opening"], set: (opening) => set({ opening }) })}
    <h2>Questions</h2>
    ${script.questions.length === 0 && html`<p class="note">There is no question yet. Begin with the one you most want an answer to; three or four are plenty.</p>`}
    <ol class="question-cards">
      ${script.questions.map((question, index) => html`<li key=${question.id}>${QuestionCard(script, question, index, write, Words)}</li>`)}
    </ol>
    <fieldset class="add"><legend>Add</legend>
      ${Object.entries(KINDS).map(
        ([kind, words]) => html`<button type="button" class="second small" data-add=${kind}
        onClick=${() => write(added(script, /** @type {keyof typeof KINDS} */ (kind)))}>${words}</button>`,
      )}
    </fieldset>
    ${ResultsCard(script, write, Words)}
  </div>`;
}

form.dataset.ready = "";
form.addEventListener("submit", () => {
  unsaved = false;
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
if (other) beside(other);
else draw();
