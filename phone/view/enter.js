// @ts-check
/**
 * The first screen: a name and a turf code.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./main.js").Acts} Acts
 */

import { html } from "./html.js";
import { icon } from "./icons.js";
import { say } from "./say.js";
import { canScan } from "./scan.js";

/**
 * @param {State} state
 * @param {Acts} act
 */
export function Enter(state, act) {
  const { name, code, entering, refusal, scanning, scan, packets } = state;
  const wrong = (/** @type {boolean} */ is) => (is ? { "aria-invalid": "true" } : {});
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    act.enter();
  };
  return html`<main class="enter">
    <h1 tabindex="-1">${say("enter.title")}</h1>
    <p>${say("enter.lead")}</p>
    <form onSubmit=${submit} novalidate>
      <label for="name">${say("enter.name")}</label>
      <input id="name" autocomplete="given-name" maxlength="60" value=${name}
        onInput=${(/** @type {any} */ { target }) => act.named(target.value)}
        aria-describedby="refusal" ...${wrong(refusal === "name")} />
      <label for="code">${say("enter.code")}</label>
      <input id="code" class="code" autocomplete="off" autocapitalize="characters" spellcheck=${false}
        maxlength="20" value=${code} aria-describedby="code-hint refusal"
        onInput=${(/** @type {any} */ { target }) => act.coded(target.value)}
        ...${wrong(refusal !== null && refusal !== "name")} />
      <small id="code-hint">${say("enter.code.hint")}</small>
      <p id="refusal" class="refusal" role="alert">
        ${refusal && html`${icon("warn")} ${say(`refusal.${refusal}`)}`}
      </p>
      <button type="submit" class="main" disabled=${entering}>
        ${say(entering ? "enter.going" : "enter.go")}
      </button>
    </form>
    ${canScan() && Scan(scanning, act)}
    ${scan === "failed" && html`<p class="refusal" role="alert">${say("enter.scan.none")}</p>`}
    ${
      packets.length > 0 &&
      html`<button type="button" onClick=${() => act.go("turf")}>
      ${icon("back")} ${say("enter.back")}
    </button>`
    }
  </main>`;
}

/**
 * @param {boolean} scanning
 * @param {Acts} act
 */
function Scan(scanning, act) {
  if (!scanning) {
    return html`<button type="button" onClick=${() => act.scanning(true)}>${say("enter.scan")}</button>`;
  }
  return html`<section class="scan">
    <p>${say("enter.scan.how")}</p>
    <video ref=${act.camera} muted playsinline></video>
    <button type="button" onClick=${() => act.scanning(false)}>${say("enter.scan.stop")}</button>
  </section>`;
}
