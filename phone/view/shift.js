// @ts-check
/**
 * A canvasser's time: begin, pause, finish; and the page that says thank you.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 */

import { time } from "../core/shift.js";
import { edge } from "./device.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { long, say, when } from "./say.js";
import { counts } from "./state.js";

const MINUTE = 60_000;

/** @param {State} state */
function timeOf({ log }) {
  return time(
    log.flatMap(({ event }) => event ?? []),
    edge.now(),
  );
}

/** @param {number} at */
const clock = (at) => when(at, { hour: "numeric", minute: "2-digit" });

/**
 * One line and the buttons that may follow.
 *
 * @param {State} state
 * @param {Acts} act
 */
export function ShiftLine(state, act) {
  const { is, since, worked, until } = timeOf(state);
  const facts = { since: clock(since), at: clock(until), worked: long(worked / MINUTE) };
  const words = { off: "shift.off", on: "shift.on", paused: "shift.paused", ended: "shift.ended" };
  const press = (/** @type {import("../core/event.js").What} */ what, /** @type {any} */ word) =>
    html`<button type="button" data-clock=${what} disabled=${state.saving} onClick=${() => act.clock(what)}>${say(word)}</button>`;
  return html`<section class="shift" aria-label=${say("shift.title")} data-shift=${is}>
    <p>${icon("clock")} ${say(/** @type {any} */ (words[is]), facts)}</p>
    <div class="pair">
      ${(is === "off" || is === "ended") && press("start", "shift.start")}
      ${is === "on" && press("pause", "shift.pause")}
      ${is === "paused" && press("resume", "shift.resume")}
      ${(is === "on" || is === "paused") && press("end", "shift.end")}
    </div>
  </section>`;
}

/**
 * The end of an evening: thank you, what is safe, what comes next.
 *
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
export function Finish(state, turf, act) {
  const { saved, unsent } = counts(state);
  const { progress, held, packet, by } = turf;
  const own = held.filter((event) => by(event) === "");
  const contacts = new Set(own.filter((event) => turf.ends(event).contact).map(({ door }) => door));
  const again = own.filter(({ result }) => result === "come_back").length;
  const { is, worked } = timeOf(state);
  const tried = new Set(own.map(({ door }) => door)).size;
  return html`<main class="finish">
    <h1 tabindex="-1">${say("finish.title", { name: state.name })}</h1>
    <p class="big" role="status">
      ${icon(unsent ? "wait" : "done")} ${unsent ? say("finish.unsent", { n: unsent }) : say("finish.safe", { n: saved })}</p>
    <p>${say("finish.doors", { tried, n: progress.all, talks: contacts.size })}</p>
    ${is !== "off" && html`<p>${say("finish.hours", { worked: long(worked / MINUTE) })}</p>`}
    <section>
      <h2>${say("finish.what")}</h2>
      <ul class="steps">
        ${again > 0 && html`<li>${say("finish.next.again", { n: again })}</li>`}
        ${progress.left > 0 && html`<li>${say("finish.next.left", { n: progress.left })}</li>`}
        <li>${say("finish.next.all")}</li>
      </ul>
    </section>
    ${packet && progress.left > 0 && Hand(packet.code, act)}
    ${packet && html`<button type="button" disabled=${unsent > 0} onClick=${() => act.go("more")}>${say("finish.leave")}</button>`}
  </main>`;
}

/**
 * @param {string} code
 * @param {Acts} act
 */
function Hand(code, act) {
  const link = new URL(`./#code=${code}`, document.baseURI).href;
  const share = () => {
    act.clock("hand");
    navigator.share?.({ url: link }).catch(() => {});
  };
  return html`<section class="hand">
    <h2>${say("finish.hand")}</h2>
    <p>${say("finish.hand.how")}</p>
    <p class="code" aria-label=${say("turf.code", { code })}>${code}</p>
    ${"share" in navigator && html`<button type="button" onClick=${share}>${say("finish.hand.share")}</button>`}
  </section>`;
}
