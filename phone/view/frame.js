// @ts-check
/**
 * What stands around every screen: the status line, warnings, the last word, the way on.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 */

import { html } from "./html.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { counts } from "./state.js";

/**
 * How sending goes: a word, and a sign that does not lean on colour.
 *
 * @param {State} state
 * @returns {{ key: import("./say.js").Key, sign: "done" | "wait" | "warn" }}
 */
export function status(state) {
  const { saved, unsent } = counts(state);
  if (unsent === 0) return { key: saved ? "status.safe" : "status.none", sign: "done" };
  if (state.sending) return { key: "status.sending", sign: "wait" };
  if (state.trouble === null) return { key: "status.waiting", sign: "wait" };
  const calm = state.trouble === "offline" || state.trouble === "busy";
  return { key: `status.${state.trouble}`, sign: calm ? "wait" : "warn" };
}

/**
 * @param {State} state
 * @param {Acts} act
 */
export function StatusLine(state, act) {
  const { key, sign } = status(state);
  return html`<header class="status" data-sign=${sign}>
    <button type="button" class="status-button" onClick=${() => act.go("more")}>
      ${icon(sign)}
      <span class="status-words">
        <strong class="status-counts">${say("status.counts", counts(state))}</strong>
        <span class="status-state">${say(key)}</span>
      </span>
      <span class="unseen">${say("status.details")}</span>
    </button>
  </header>`;
}

/**
 * Warnings that stand above the screen until they are dealt with.
 *
 * @param {State} state
 * @param {Acts} act
 */
export function Warnings(state, act) {
  const { gone, lost } = state;
  const typing = state.screen === "talk" || state.access !== null || state.saving;
  const update = state.update && !typing; // it waits until the sentence is finished
  return html`<div class="warnings">
    ${
      gone &&
      html`<section class="warning" role="alert">
      <h2>${icon("warn")} ${say("gone.title")}</h2>
      <p>${say(gone.unsent ? "gone.lead" : "gone.none", { saved: gone.saved, n: gone.unsent })}</p>
      <button type="button" onClick=${act.mourned}>${say("gone.ok")}</button>
    </section>`
    }
    ${
      lost.length > 0 &&
      html`<section class="warning" role="alert">
      <p>${icon("warn")} ${say("lost.lead", { n: lost.length, which: lost.join(", ") })}</p>
    </section>`
    }
    ${
      update &&
      html`<section class="notice" role="status">
      <p>${say("update.ready")}</p>
      <button type="button" onClick=${act.update}>${say("update.now")}</button>
    </section>`
    }
  </div>`;
}

/**
 * What was just refused, under the thumb that pressed Save.
 *
 * @param {State} state
 * @param {Acts} act
 */
export function NotSaved({ notSaved }, act) {
  if (!notSaved) return null;
  return html`<section class="warning" role="alert">
    <h2>${icon("warn")} ${say("notsaved.title")}</h2>
    <p>${say(`notsaved.${notSaved}`)}</p>
    <button type="button" onClick=${act.heard}>${say("notsaved.ok")}</button>
  </section>`;
}

/**
 * The last word: what was saved, and the way to take it back.
 *
 * @param {State} state
 * @param {Acts} act
 */
export function Toast({ toast: last, screen }, act) {
  const undo = last?.undo ?? null;
  const toast = undo && ["more", "enter", "finish"].includes(screen) ? null : last;
  return html`<div class="toast-place" role="status" aria-live="polite">
    ${
      toast &&
      html`<div class="toast">
      ${icon("done")}
      <span class="toast-words">${toast.text}${toast.about && html`<small>${toast.about}</small>`}</span>
      ${undo && html`<button type="button" onClick=${() => act.undo(undo)}>${say("undo")}</button>`}
    </div>`
    }
  </div>`;
}

/**
 * List, map, next door: always under the thumb.
 *
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function WayOn({ screen }, { next, stops }, act) {
  const here = (/** @type {string} */ name) => (screen === name ? "page" : undefined);
  return html`<nav class="way-on" aria-label=${say("nav.main")}>
    <button type="button" aria-current=${here("turf")} onClick=${() => act.go("turf")}>
      ${icon("list")}<span>${say("nav.list")}</span>
    </button>
    <button type="button" aria-current=${here("map")} onClick=${() => act.go("map")}>
      ${icon("map")}<span>${say("nav.map")}</span>
    </button>
    <button type="button" class="next" disabled=${!next} onClick=${act.next}>
      <span class="next-words">
        <span>${say(next || stops.length === 0 ? "nav.next" : "nav.next.none")}</span>
        ${next && html`<strong>${next.address}</strong>`}
      </span>
      ${next && icon("next")}
    </button>
  </nav>`;
}
