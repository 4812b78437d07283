// @ts-check
/**
 * The whole screen from the whole state; and where the eye and the finger go after it.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Turf} Turf
 * @typedef {import("./main.js").Acts} Acts
 */

import { openOne } from "./ask.js";
import { Building } from "./building.js";
import { Door } from "./door.js";
import { Enter } from "./enter.js";
import { NotSaved, StatusLine, Toast, Warnings, WayOn } from "./frame.js";
import { html, render } from "./html.js";
import { TurfMap } from "./map.js";
import { More } from "./more.js";
import { say } from "./say.js";
import { Finish } from "./shift.js";
import { Squares } from "./squares.js";
import { Talk, TalkBar } from "./talk.js";
import { TurfList } from "./turf.js";

/**
 * @param {HTMLElement} place
 * @param {Acts} act
 * @returns {(state: State, turf: Turf) => void} draws
 */
export function picture(place, act) {
  let last = "";
  let missing = /** @type {State["incomplete"]} */ (false);
  let asking = "";
  return (state, turf) => {
    const held = document.activeElement !== document.body;
    render(Screen(state, turf, act), place);
    if (held && document.activeElement === document.body) catchFocus(place);
    if (state.incomplete && !missing) lacking(place, state.incomplete);
    missing = state.incomplete;
    const open = state.screen === "talk" ? questionOf(state, turf) : "";
    const now = whereabouts(state);
    if (now === last && open !== asking) ask(place, open);
    asking = open;
    if (now === last || state.screen === "loading") return;
    const first = last === "";
    last = now;
    arrive(place, state, first);
  };
}

/**
 * The screen and what it is about: when this changes, a new screen begins.
 *
 * @param {State} state
 */
function whereabouts({ screen, packet, door, building }) {
  const within = { door, talk: door, building };
  return `${screen} ${packet} ${within[/** @type {keyof typeof within} */ (screen)] ?? ""}`;
}

/**
 * What is missing before it can be saved comes into view.
 *
 * @param {HTMLElement} place
 * @param {"result" | "name"} what
 */
function lacking(place, what) {
  place.querySelector(what === "name" ? ".newcomer" : ".results")?.scrollIntoView();
}

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
function Screen(state, turf, act) {
  if (state.screen === "loading") return Loading(state, act);
  if (state.screen === "broken") return Broken(act);
  const inside = state.packets.length > 0;
  return html`<div class="app" data-screen=${state.screen}>
    ${(inside || state.log.length > 0) && StatusLine(state, act)}
    ${Warnings(state, act)}
    ${body(state, turf, act)}
    <div class="bottom">
      ${NotSaved(state, act)}
      ${Toast(state, act)}
      ${inside && state.screen !== "enter" && (state.screen === "talk" ? TalkBar(state, act) : WayOn(state, turf, act))}
    </div>
  </div>`;
}

/**
 * @param {State} state
 * @param {Turf} turf
 * @param {Acts} act
 */
function body(state, turf, act) {
  if (!turf.bundle && ["door", "building", "talk", "map"].includes(state.screen))
    return TurfList(state, turf, act);
  if (state.packets.length === 0 && state.screen !== "more") return Enter(state, act);
  switch (state.screen) {
    case "enter":
      return Enter(state, act);
    case "map":
      return TurfMap(state, turf, act);
    case "door":
      return Door(state, turf, act);
    case "building":
      return Building(state, turf, act);
    case "talk":
      return Talk(state, turf, act);
    case "finish":
      return Finish(state, turf, act);
    case "more":
      return state.squares ? Squares(state.squares, act) : More(state, act);
    default:
      return TurfList(state, turf, act);
  }
}

/**
 * @param {State} state
 * @param {Acts} act
 */
function Loading({ slow }, act) {
  return html`<main class="loading" role="status">
    <p>${say("loading")}</p>
    ${
      slow &&
      html`<p>${say("loading.slow")}</p>
      <button type="button" class="main" onClick=${act.restart}>${say("broken.again")}</button>`
    }
  </main>`;
}

/** @param {Acts} act */
function Broken(act) {
  return html`<main class="broken" role="alert">
    <h1>${say("broken.title")}</h1>
    <p>${say(isSecureContext ? "broken.lead" : "broken.insecure")}</p>
    <button type="button" class="main" onClick=${act.restart}>${say("broken.again")}</button>
  </main>`;
}

/**
 * A new screen starts at its top, or at the door to go to; a screen reader reads its
 * heading.
 *
 * @param {HTMLElement} place
 * @param {State} state
 * @param {boolean} first the app has just been opened
 */
function arrive(place, { screen }, first) {
  scrollTo(0, 0);
  if (screen === "turf") place.querySelector("[data-next]")?.scrollIntoView({ block: "center" });
  const heading = /** @type {HTMLElement | null} */ (place.querySelector("h1"));
  if (!first) heading?.focus({ preventScroll: true });
}

/**
 * The question that is open in the conversation on the screen; "" when none is left.
 *
 * @param {State} state
 * @param {Turf} turf
 */
function questionOf({ draft }, { stop, scriptOf }) {
  return draft && stop ? (openOne(scriptOf(stop), draft) ?? "") : "";
}

/**
 * The next question has its turn: the eye and a screen reader go there.
 *
 * @param {HTMLElement} place
 * @param {string} open
 */
function ask(place, open) {
  const words = [...place.querySelectorAll("[data-asking]")];
  const next = words.find((each) => each.getAttribute("data-asking") === open);
  if (!(next instanceof HTMLElement)) return;
  if (!(document.activeElement instanceof HTMLTextAreaElement)) next.focus({ preventScroll: true });
  const frame = next.closest(".question") ?? next;
  frame.scrollIntoView({ block: "nearest", behavior: "auto" });
}

/**
 * What had the focus has left the screen: it goes to the question that took its place,
 * else to the heading, so that a screen reader does not start from nothing.
 *
 * @param {HTMLElement} place
 */
function catchFocus(place) {
  const next = place.querySelector(".pair .undo") ?? place.querySelector("h1");
  /** @type {HTMLElement | null} */ (next)?.focus({ preventScroll: true });
}
