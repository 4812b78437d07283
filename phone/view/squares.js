// @ts-check
/**
 * What was not sent, as squares for an organizer's camera: for a phone that has no signal
 * and no way to hand over a file.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./main.js").Acts} Acts
 * @typedef {import("./app.js").App} App
 * @typedef {{ texts: string[], at: number, still: boolean }} Shown
 *   texts: what the squares hold; at: which is on the screen; still: it does not change
 */

import * as uqr from "../../vendor/uqr.js";
import { cut } from "../core/squares.js";
import { deviceOf, unsent } from "../shelf/log.js";
import { rescueFile } from "../shelf/rescue.js";
import { edge } from "./device.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { say } from "./say.js";

const { encode } = /** @type {typeof import("uqr")} */ (/** @type {unknown} */ (uqr));

/** How long a square stands: time for a camera to look twice. */
const EVERY = 600;

/**
 * @param {App} app
 */
export function showing({ shelf, state, set }) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  const turn = (/** @type {number} */ by) => {
    const { squares } = state();
    if (!squares) return;
    const { texts, at } = squares;
    set({ squares: { ...squares, at: (at + by + texts.length) % texts.length } });
  };
  const still = (/** @type {boolean} */ still) => {
    clearInterval(timer);
    const { squares } = state();
    if (!squares) return;
    set({ squares: { ...squares, still } });
    if (!still) timer = setInterval(() => turn(1), EVERY);
  };

  return {
    async squares() {
      const file = rescueFile(await unsent(shelf), await deviceOf(shelf, edge), { plain: true });
      set({ squares: { texts: await cut(file, edge.sha256), at: 0, still: false } });
      still(false);
    },
    /** @param {number} by */
    turnSquare(by) {
      still(true);
      turn(by);
    },
    still,
    putSquaresAway() {
      clearInterval(timer);
      set({ squares: null });
    },
  };
}

/**
 * @param {Shown} shown
 * @param {Acts} act
 */
export function Squares({ texts, at, still }, act) {
  const { size, data } = encode(texts[at], { ecc: "L", border: 4 });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  const of = texts.length;
  return html`<main class="squares">
    <h1 tabindex="-1">${say("squares.title")}</h1>
    <svg class="square" role="img" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"
      aria-label=${say("squares.one", { n: at + 1, of })} data-square=${texts[at]}>
      <rect width=${size} height=${size} fill="#fff" />
      <path d=${dark.join("")} fill="#000" />
    </svg>
    <p class="big" aria-hidden="true">${say("squares.one", { n: at + 1, of })}</p>
    <div class="pair">
      <button type="button" disabled=${of === 1} onClick=${() => act.turnSquare(-1)}>${say("squares.back")}</button>
      <button type="button" disabled=${of === 1} onClick=${() => act.turnSquare(1)}>${say("squares.next")}</button>
    </div>
    ${of > 1 && html`<button type="button" onClick=${() => act.still(!still)}>${say(still ? "squares.move" : "squares.hold")}</button>`}
    <p>${icon("people")} ${say("squares.how")}</p>
    <button type="button" class="main" onClick=${act.putSquaresAway}>${say("squares.close")}</button>
  </main>`;
}
