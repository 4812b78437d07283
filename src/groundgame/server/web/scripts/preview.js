// @ts-check
/**
 * The phone's own view of a conversation, beside the script that is written: the same
 * code draws it, in a shadow of its own so that neither page's style touches the other.
 */

import { asking } from "/phone/view/asking.js";
import { html, render } from "/phone/view/html.js";
import { say, speak } from "/phone/view/say.js";
import { INITIAL, turf } from "/phone/view/state.js";
import { Talk } from "/phone/view/talk.js";

const STYLES = ["base", "frame", "turf", "door"];
const DOOR = {
  ...{ position: 1, door: "door", building: "building", number: "12", street: "Elm St" },
  ...{ unit: null, city: "Elmton", address: "12 Elm St", lon: 0, lat: 0 },
  people: [{ id: "ada", name: "Ada Adams", age: 67, party: null }],
};
const EMPTY = {
  ...{ packet: "preview", door: "door", person: "ada", result: null, answers: {}, note: "" },
};

/**
 * @param {HTMLElement} host
 * @returns {{ show: (script: any) => void, speak: (tag: string) => void }}
 */
export function preview(host) {
  const root = host.attachShadow({ mode: "open" });
  for (const name of STYLES) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = `/phone/style/${name}.css`;
    root.append(link);
  }
  const place = document.createElement("div");
  place.className = "app";
  root.append(place);
  /** @type {any} */
  let state = { ...INITIAL, screen: "talk", packet: "preview", door: "door", draft: EMPTY };

  const draw = () => {
    const now = turf(state);
    if (!now.bundle) return;
    render(html`${Talk(state, now, act)}`, place);
  };
  const set = (/** @type {object} */ change) => {
    state = { ...state, ...change };
    draw();
  };
  const edit = (/** @type {object} */ change) => set({ draft: { ...state.draft, ...change } });
  /** @type {any} */
  const act = {
    ...asking({ state: () => state, set }, edit),
    edit,
    discard: () => set({ draft: EMPTY, unfolded: false }),
    go: () => {},
  };
  return {
    show(script) {
      const bundle = { script: { ...script, id: "preview" }, stops: [DOOR], turf: {} };
      set({ packets: [{ id: "preview", bundle }] });
    },
    speak(tag) {
      speak(tag);
      place.lang = tag;
      place.setAttribute("aria-label", say("talk.questions"));
      draw();
    },
  };
}
