// @ts-check
/**
 * This phone: what is sent, which turfs it holds, and how they leave it.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Packet} Packet
 * @typedef {import("./main.js").Acts} Acts
 */

import { status } from "./frame.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { say, turfName } from "./say.js";
import { counts } from "./state.js";

/**
 * @param {State} state
 * @param {Acts} act
 */
export function More(state, act) {
  const { packets, trouble, name, persisted, sending } = state;
  const { key, sign } = status(state);
  const { unsent } = counts(state);
  return html`<main class="more">
    <h1 tabindex="-1">${say("more.title")}</h1>
    <section>
      <p class="big">${icon(sign)} ${say("status.counts", counts(state))}</p>
      <p>${say(key)}</p>
      ${
        unsent > 0 &&
        html`<button type="button" class="main" disabled=${sending} onClick=${act.hope}>${say("more.send")}</button>
        ${trouble === "refused" && packets.map((packet) => Again(packet, state, act))}
        <p>${say("more.rescue.why")}</p>
        <button type="button" onClick=${act.rescue}>${say("more.rescue")}</button>
        <button type="button" onClick=${act.squares}>${say("more.squares")}</button>`
      }
    </section>
    <section>
      <h2>${say("more.turfs")}</h2>
      <ul class="packets">
        ${packets.map((packet) => html`<li key=${packet.id}>${OnePacket(packet, state, act)}</li>`)}
      </ul>
      <button type="button" onClick=${() => act.go("enter")}>${say("more.add")}</button>
    </section>
    <section>
      ${name && html`<p>${say("more.name", { name })}</p>`}
      <p>${say(persisted ? "more.persisted" : "more.unpersisted")}</p>
    </section>
  </main>`;
}

/**
 * @param {Packet} packet
 * @param {State} state
 * @param {Acts} act
 */
function Again(packet, { log }, act) {
  const due = log.some((kept) => kept.unsent && kept.packet === packet.id);
  if (!due) return null;
  return html`<button type="button" onClick=${() => act.again(packet.code)}>
    ${say("more.again")} (${packet.code})
  </button>`;
}

/**
 * @param {Packet} packet
 * @param {State} state
 * @param {Acts} act
 */
function OnePacket(packet, state, act) {
  const due = state.log.filter((kept) => kept.unsent && kept.packet === packet.id).length;
  const turf = packet.bundle ? turfName(packet.bundle.turf.name) : packet.code;
  const here = state.packet === packet.id;
  return html`<div class="packet">
    <p><strong>${turf}</strong> <span>${packet.code}</span></p>
    <div class="pair">
      <button type="button" disabled=${here} onClick=${() => act.turn(packet.id)}>
        ${say(here ? "more.here" : "more.open")}
      </button>
      <button type="button" disabled=${due > 0} onClick=${() => act.ask(packet.id)}>
        ${say("more.leave")}
      </button>
    </div>
    ${due > 0 && html`<p>${icon("wait")} ${say("more.leave.blocked", { n: due })}</p>`}
    ${state.sure === packet.id && due === 0 && Sure(packet, turf, act)}
  </div>`;
}

/**
 * @param {Packet} packet
 * @param {string} turf
 * @param {Acts} act
 */
function Sure(packet, turf, act) {
  return html`<p>${say("more.leave.sure", { turf })}</p>
    <div class="pair">
      <button type="button" class="undo" onClick=${() => act.leave(packet.id)}>${say("more.leave.yes")}</button>
      <button type="button" onClick=${() => act.ask(null)}>${say("undo.no")}</button>
    </div>`;
}
