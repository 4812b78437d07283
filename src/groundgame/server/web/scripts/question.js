// @ts-check
/**
 * One question of a script, as it is written.
 *
 * @typedef {import("./model.js").Script} Script
 * @typedef {import("./model.js").Question} Question
 * @typedef {import("./model.js").Condition} Condition
 * @typedef {(script: Script) => void} Write
 * @typedef {(field: any) => any} Words
 */

import { html } from "/phone/view/html.js";
import { changed, idOf, KINDS, moved, PARTS, removed, shaped } from "./model.js";

/**
 * @param {Script} script
 * @param {Question} question
 * @param {number} index
 * @param {Write} write
 * @param {Words} Words
 */
export function QuestionCard(script, question, index, write, Words) {
  const { id, kind, ask, title = "" } = question;
  const set = (/** @type {Partial<Question>} */ change) => write(changed(script, id, change));
  const name = title || ask || `Question ${index + 1}`;
  const last = index === script.questions.length - 1;
  return html`<section class="card question-card" data-question=${id} aria-label=${name}>
    <div class="card-head">
      <strong>${index + 1}. ${name}</strong>
      <span class="quiet">${KINDS[/** @type {keyof typeof KINDS} */ (kind)]} · <span class="code">${id}</span></span>
      <span class="moves">
        <button type="button" class="second small" disabled=${index === 0} aria-label=${`Move up: ${name}`} onClick=${() => write(moved(script, id, -1))}>↑</button>
        <button type="button" class="second small" disabled=${last} aria-label=${`Move down: ${name}`} onClick=${() => write(moved(script, id, 1))}>↓</button>
        <button type="button" class="second small" aria-label=${`Remove: ${name}`} onClick=${() => write(removed(script, id))}>Remove</button>
      </span>
    </div>
    ${Words({ id: `ask-${id}`, label: kind === "say" ? "What to say or do" : "The question", value: ask, rows: 2, path: ["questions", id, "ask"], set: (/** @type {string} */ words) => set({ ask: words }) })}
    ${Words({ id: `title-${id}`, label: "In two words", value: title, path: ["questions", id, "title"], set: (/** @type {string} */ words) => set({ title: words || undefined }), most: 40, hint: "For the folded line on the phone and the column on paper." })}
    <div class="field">
      <label for=${`kind-${id}`}>How it is answered</label>
      <select id=${`kind-${id}`} value=${kind} onChange=${(/** @type {any} */ { target }) => {
        const {
          part: _,
          responses: __,
          least: ___,
          most: ____,
          ...bare
        } = shaped(question, target.value);
        const whole = { responses: undefined, least: undefined, most: undefined, part: undefined };
        set({ ...whole, ...bare, ...shaped(question, target.value) });
      }}>
        ${Object.entries(KINDS).map(([value, words]) => html`<option value=${value}>${words}</option>`)}
      </select>
    </div>
    ${question.responses && Responses(question, set, Words)}
    ${(kind === "scale" || kind === "number") && Ends(question, set)}
    ${Part(question, set)}
    ${Conditions(script, question, index, set)}
  </section>`;
}

/**
 * @param {Question} question
 * @param {(change: Partial<Question>) => void} set
 * @param {Words} Words
 */
function Responses({ id, responses = [] }, set, Words) {
  const rename = (/** @type {string} */ response, /** @type {string} */ name) =>
    set({ responses: responses.map((each) => (each.id === response ? { ...each, name } : each)) });
  const add = () => {
    const taken = responses.map((each) => each.id);
    set({ responses: [...responses, { id: idOf("", taken, "answer"), name: "" }] });
  };
  return html`<fieldset class="responses"><legend>Answers</legend>
    ${responses.map(
      (each, n) => html`<div class="response" key=${each.id}>
        ${Words({ id: `response-${id}-${each.id}`, label: `Answer ${n + 1}`, value: each.name, path: ["questions", id, "responses", each.id], set: (/** @type {string} */ name) => rename(each.id, name), most: 100 })}
        <button type="button" class="second small" aria-label=${`Remove answer: ${each.name}`} disabled=${responses.length === 1}
          onClick=${() => set({ responses: responses.filter((other) => other !== each) })}>✕</button>
      </div>`,
    )}
    <button type="button" class="second small" data-response=${id} onClick=${add}>Add an answer</button>
  </fieldset>`;
}

/**
 * @param {Question} question
 * @param {(change: Partial<Question>) => void} set
 */
function Ends({ id, least, most }, set) {
  const whole = (/** @type {string} */ text) =>
    text.trim() === "" ? undefined : Math.trunc(Number(text));
  return html`<div class="ends">
    <label>From <input type="number" step="1" id=${`least-${id}`} value=${least ?? ""} onChange=${(/** @type {any} */ { target }) => set({ least: whole(target.value) })} /></label>
    <label>to <input type="number" step="1" id=${`most-${id}`} value=${most ?? ""} onChange=${(/** @type {any} */ { target }) => set({ most: whole(target.value) })} /></label>
  </div>`;
}

/**
 * @param {Question} question
 * @param {(change: Partial<Question>) => void} set
 */
function Part({ id, part = "" }, set) {
  return html`<div class="field">
    <label for=${`part-${id}`}>In a deep canvass it is</label>
    <select id=${`part-${id}`} value=${part} onChange=${(/** @type {any} */ { target }) => set({ part: target.value || undefined })}>
      <option value="">nothing special</option>
      ${Object.entries(PARTS).map(([value, words]) => html`<option value=${value}>${words}</option>`)}
    </select>
  </div>`;
}

/**
 * @param {Script} script
 * @param {Question} question
 * @param {number} index
 * @param {(change: Partial<Question>) => void} set
 */
function Conditions(script, { id, when = [] }, index, set) {
  const earlier = script.questions.slice(0, index).filter(({ kind }) => kind !== "say");
  if (earlier.length === 0) return null;
  const replace = (/** @type {number} */ at, /** @type {Condition | null} */ condition) => {
    const next = when.flatMap((each, n) => (n === at ? (condition ? [condition] : []) : [each]));
    set({ when: next.length > 0 ? next : undefined });
  };
  const first = /** @type {Question} */ (earlier.at(-1));
  return html`<fieldset class="conditions"><legend>When it is asked</legend>
    ${when.length === 0 && html`<p class="quiet">Always.</p>`}
    ${when.map((each, at) => OneCondition(id, each, at, earlier, (next) => replace(at, next)))}
    <button type="button" class="second small" data-condition=${id}
      onClick=${() => set({ when: [...when, begun(first)] })}>${when.length === 0 ? "Only if ..." : "And only if ..."}</button>
  </fieldset>`;
}

/**
 * @param {Question} asked
 * @returns {Condition}
 */
function begun({ id, responses, least, kind }) {
  if (responses?.[0]) return { question: id, any: [responses[0].id] };
  if (kind === "scale") return { question: id, least: least ?? 0 };
  return { question: id, answered: true };
}

/**
 * @param {string} id of the question that waits
 * @param {Condition} condition
 * @param {number} at
 * @param {readonly Question[]} earlier
 * @param {(next: Condition | null) => void} replace
 */
function OneCondition(id, condition, at, earlier, replace) {
  const { question, any, least, most, answered } = condition;
  const asked = earlier.find((each) => each.id === question);
  const name = `when-${id}-${at}`;
  const is = any ? "any" : answered === false ? "skipped" : answered ? "answered" : "between";
  const ways = [
    ...(asked?.responses ? [["any", "is one of"]] : []),
    ...(asked && ["scale", "number"].includes(asked.kind) ? [["between", "is from ... to"]] : []),
    ...[
      ["answered", "was answered"],
      ["skipped", "was not answered"],
    ],
  ];
  const choose = (/** @type {string} */ way) => {
    if (way === "any") return replace({ question, any: [asked?.responses?.[0]?.id ?? ""] });
    if (way === "between") return replace({ question, least: asked?.least ?? 0 });
    replace({ question, answered: way === "answered" });
  };
  const end = (/** @type {string} */ text) =>
    text.trim() === "" ? undefined : Math.trunc(Number(text));
  const ends = (/** @type {number | undefined} */ low, /** @type {number | undefined} */ high) => {
    if (low === undefined && high === undefined) return;
    replace({
      question,
      ...(low !== undefined && { least: low }),
      ...(high !== undefined && { most: high }),
    });
  };
  const toggle = (/** @type {string} */ response) => {
    const next = any?.includes(response)
      ? any.filter((each) => each !== response)
      : [...(any ?? []), response];
    if (next.length > 0) replace({ question, any: next });
  };
  return html`<div class="condition" key=${at}>
    <label for=${name} class="hidden-visually">Which earlier question</label>
    <select id=${name} value=${question} onChange=${(/** @type {any} */ { target }) => {
      const next = earlier.find((each) => each.id === target.value);
      if (next) replace(begun(next));
    }}>${earlier.map((each) => html`<option value=${each.id}>${each.title || each.ask || each.id}</option>`)}</select>
    <label for=${`${name}-way`} class="hidden-visually">What its answer must be</label>
    <select id=${`${name}-way`} value=${is} onChange=${(/** @type {any} */ { target }) => choose(target.value)}>
      ${ways.map(([way, words]) => html`<option value=${way}>${words}</option>`)}
    </select>
    ${
      is === "any" &&
      html`<span class="picks">${(asked?.responses ?? []).map((each) => html`<label><input type="checkbox" checked=${any?.includes(each.id)} onChange=${() => toggle(each.id)} /> ${each.name || each.id}</label>`)}</span>`
    }
    ${
      is === "between" &&
      html`<span class="ends">
        <label>From <input type="number" value=${least ?? ""} onChange=${(/** @type {any} */ { target }) => ends(end(target.value), most)} /></label>
        <label>to <input type="number" value=${most ?? ""} onChange=${(/** @type {any} */ { target }) => ends(least, end(target.value))} /></label></span>`
    }
    <button type="button" class="second small" aria-label="Remove this condition" onClick=${() => replace(null)}>✕</button>
  </div>`;
}
