// @ts-check
/**
 * What every page does: parts of it are exchanged by htmx; a form is sent only once.
 *
 * Without this file every form still works, with a whole page as its answer.
 */

import htmx from "/vendor/htmx.js";

const DOWNLOAD = 8_000;

/**
 * A second press of a button must not import a file twice.
 *
 * @param {SubmitEvent} event
 */
function once(event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  // A page is not left for a download, and does not learn when it is there.
  if (form.hasAttribute("data-downloads")) setTimeout(wake, DOWNLOAD);
}

/** Somebody who comes back by the browser's back button may send the form again. */
function wake() {
  for (const form of document.querySelectorAll("form[aria-busy]")) {
    form.removeAttribute("aria-busy");
  }
}

document.addEventListener("submit", once);
window.addEventListener("pageshow", wake);
// A refusal (422) carries the form with its reason: show it in place of the form.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "422", swap: true },
  { code: "...", swap: false, error: true },
];
