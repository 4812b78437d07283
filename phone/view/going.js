// @ts-check
/**
 * Going from screen to screen.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("./state.js").Screen} Screen
 */

import { fromLink } from "../core/code.js";
import { read, write } from "./route.js";
import { turf } from "./state.js";

const LAST = "groundgame.packet";

/**
 * @param {App} app
 * @param {() => void} leaving called before a screen is left
 */
export function going({ state, set }, leaving) {
  /** @param {import("./route.js").Route} route */
  const show = (route) => {
    const { packets, packet: last } = state();
    const packet = packets.some(({ id }) => id === route.packet) ? route.packet : last;
    const draft = route.screen === "talk" ? unfinished(state(), packet, route.door) : null;
    const screen = possible(route.screen, packets.length > 0, draft !== null);
    if (packet) localStorage.setItem(LAST, packet);
    set({
      ...{ screen, packet, draft },
      door: screen === "door" || screen === "talk" ? route.door : state().door,
      building: screen === "building" ? route.door : null,
      ...{
        sure: null,
        incomplete: false,
        notSaved: null,
        map: "fine",
        access: null,
        squares: null,
      },
    });
  };

  /**
   * @param {Screen} screen
   * @param {string | null} [door]
   * @param {{ replace?: boolean }} [how] replace: Back shall not return to this screen
   */
  const go = (screen, door = null, { replace = false } = {}) => {
    leaving();
    const route = { screen, packet: state().packet, door };
    if (replace) history.replaceState(null, "", write(route));
    else history.pushState(null, "", write(route));
    show(route);
  };

  /** Show what the address asks for; take a turf code out of it. */
  const arrive = () => {
    leaving();
    const code = /[#&]code=/.test(location.hash) ? fromLink(location.hash) : null;
    if (/[#&]code=/.test(location.hash)) {
      history.replaceState(null, "", write({ screen: "enter", packet: null, door: null }));
      set({ code: code ?? "", refusal: code ? null : "shape" });
    }
    show(read(location.hash));
  };

  return {
    go,
    arrive,
    /** The packet that was open when the app was last used. */
    last: () => localStorage.getItem(LAST),
    next() {
      const { next } = turf(state());
      if (next) go("door", next.door);
    },
    /** @param {string} packet */
    turn(packet) {
      set({ packet, door: null, map: "fine" });
      go("turf");
    },
    /** @param {string | null} building */
    look: (building) => set({ building }),
    lookOut: () => set({ lookout: state().lookout === "on" ? "off" : "on" }),
    /** @param {"none"} map */
    noMap: (map) => set({ map }),
    /** @param {"none"} lookout */
    noLookout: (lookout) => set({ lookout }),
  };
}

/**
 * The conversation begun at a door: on the screen, or on the shelf.
 *
 * @param {import("./state.js").State} state
 * @param {string | null} packet
 * @param {string | null} door
 */
function unfinished({ draft, drafts }, packet, door) {
  const known = draft ? [draft, ...drafts] : drafts;
  return known.find((other) => other.packet === packet && other.door === door) ?? null;
}

/**
 * The screen that can be shown: no turf without a packet, no conversation out of nothing.
 *
 * @param {Screen} wanted
 * @param {boolean} packets
 * @param {boolean} draft
 * @returns {Screen}
 */
function possible(wanted, packets, draft) {
  if (!packets && wanted !== "more") return "enter";
  return wanted === "talk" && !draft ? "door" : wanted;
}
