// @ts-check
/**
 * How an attempt may end: which of our results a script offers, and results of its own.
 *
 * @typedef {import("./model.js").Script} Script
 * @typedef {import("./model.js").ScriptResult} ScriptResult
 */

import { RESULTS } from "/phone/core/results.js";
import { html } from "/phone/view/html.js";
import { resultName } from "/phone/view/say.js";
import { idOf } from "./model.js";

const NEEDED = ["canvassed", "not_home", "do_not_contact"];
/** @type {string[]} */
const STANDARD = RESULTS.map((/** @type {{ id: string }} */ { id }) => id);

/**
 * @param {Script} script
 * @param {(script: Script) => void} write
 * @param {(field: any) => any} Words
 */
export function ResultsCard(script, write, Words) {
  /** @type {ScriptResult[]} */
  const offered = script.results ?? STANDARD.map((id) => ({ id }));
  const own = offered.filter(({ id }) => !STANDARD.includes(id));
  const has = (/** @type {string} */ id) => offered.some((each) => each.id === id);
  /** @param {ScriptResult[]} results */
  const set = (results) => {
    const { results: _, ...rest } = script;
    const all =
      results.length === STANDARD.length && results.every(({ id }) => STANDARD.includes(id));
    write(all ? rest : { ...rest, results });
  };
  const toggle = (/** @type {string} */ id) => {
    const ids = has(id)
      ? offered.filter((each) => each.id !== id).map((each) => each.id)
      : [...offered.map((each) => each.id), id];
    set([...STANDARD.filter((each) => ids.includes(each)).map((each) => ({ id: each })), ...own]);
  };
  const change = (/** @type {string} */ id, /** @type {object} */ said) =>
    set(offered.map((each) => (each.id === id ? { ...each, ...said } : each)));
  const add = () => {
    const id = idOf(
      "",
      offered.map((each) => each.id),
      "result",
    ).replace(/_(\d+)$/, (_, n) => `_${letters(Number(n))}`);
    set([...offered, { id, name: "", contact: true, done: true }]);
  };
  return html`<section class="results-card">
    <h2>How it may end</h2>
    <p class="quiet">Three are always there: a conversation, a closed door, and being left in peace.</p>
    <div class="picks">${STANDARD.map(
      (id) =>
        html`<label><input type="checkbox" checked=${has(id)} disabled=${NEEDED.includes(id)} onChange=${() => toggle(id)} /> ${resultName(id)}</label>`,
    )}</div>
    ${own.map(
      (each) => html`<div class="card response" key=${each.id} data-result=${each.id}>
        ${Words({ id: `result-${each.id}`, label: "Your own result", value: each.name ?? "", path: ["results", each.id], set: (/** @type {string} */ name) => change(each.id, { name }), most: 40 })}
        <label><input type="checkbox" checked=${each.contact} onChange=${() => change(each.id, { contact: !each.contact })} /> Somebody was spoken with</label>
        <label><input type="checkbox" checked=${each.done} onChange=${() => change(each.id, { done: !each.done })} /> Nobody need knock again</label>
        <button type="button" class="second small" aria-label=${`Remove result: ${each.name}`} onClick=${() => set(offered.filter((other) => other !== each))}>✕</button>
      </div>`,
    )}
    <button type="button" class="second small" data-add-result onClick=${add}>Add a result of your own</button>
  </section>`;
}

/** @param {number} n result codes are of letters only */
function letters(n) {
  return String.fromCharCode(...[...String(n)].map((digit) => 97 + Number(digit)));
}
