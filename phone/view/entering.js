// @ts-check
/**
 * What is done for a whole building, and for a whole shift.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("../core/event.js").Stamp} Stamp
 * @typedef {import("../core/event.js").What} What
 */

import { access, conversation, shift } from "../core/event.js";
import { say } from "./say.js";
import { turf } from "./state.js";

/**
 * @param {App} app
 * @param {ReturnType<typeof import("./talking.js").talking>} talk
 * @param {(screen: "finish") => void} go
 */
export function entering({ state, set }, { write, tell }, go) {
  return {
    /**
     * Nobody came to any of these doors.
     *
     * @param {readonly string[]} doors
     */
    async nobody(doors) {
      const { stops, scriptOf } = turf(state());
      const { packet } = state();
      const here = stops.filter(({ door }) => doors.includes(door));
      if (!packet || here.length === 0) return;
      const closed = { packet, person: null, result: "not_home", answers: {}, note: "" };
      const makes = here.map((stop) => (/** @type {Stamp} */ stamp) => {
        return conversation(stamp, { ...closed, door: stop.door, script: scriptOf(stop).id });
      });
      const entries = await write(makes);
      const undo = entries.map(({ id }) => id);
      if (undo.length > 0)
        tell({ text: say("building.done", { n: undo.length }), about: "", undo });
    },
    /** @param {Record<string, string> | null} says how to get in, while it is written */
    describe: (says) => set({ access: says }),
    /**
     * Keep what was found out with the building.
     *
     * @param {string} building
     */
    async entered(building) {
      const { access: written, packet } = state();
      const known = turf(state()).access[building] ?? {};
      const news = Object.entries(written ?? {}).filter(
        ([name, text]) => text.trim() !== (known[name] ?? ""),
      );
      const says = Object.fromEntries(news);
      if (packet && news.length > 0) {
        const [done] = await write([(stamp) => access(stamp, { packet, building, says })]);
        if (!done) return;
        tell({ text: say("access.saved"), about: "", undo: [done.id] });
      }
      set({ access: null });
    },
    /** @param {What} what */
    async clock(what) {
      const { packet } = state();
      if (!packet) return;
      const [done] = await write([(stamp) => shift(stamp, { packet, what })]);
      if (done && what === "end") go("finish");
    },
  };
}
