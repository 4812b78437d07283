// @ts-check
/**
 * Packets: coming onto this phone by their code, and leaving it when all is sent.
 *
 * @typedef {import("./app.js").App} App
 */

import { fromLink, tidy } from "../core/code.js";
import { deviceOf, unsent } from "../shelf/log.js";
import { end, keep, leave, refresh, StillUnsent } from "../shelf/packets.js";
import { rescueFile } from "../shelf/rescue.js";
import { NotSaved } from "../shelf/shelf.js";
import { note } from "../shelf/tally.js";
import { bundle, claim } from "../sync/api.js";
import { download, edge, persist } from "./device.js";
import { say } from "./say.js";
import { counts } from "./state.js";

/** Colleagues on the same turf see each other's doors after this long, at the latest. */
const FRESH = 120_000;

/**
 * @param {App} app
 * @param {{
 *   go: (screen: "turf" | "enter") => void,
 *   tell: (toast: import("./state.js").Toast) => void,
 *   told: (time: number | null) => Promise<void>,
 * }} others
 */
export function handing({ shelf, state, set, reload, wrote, hope }, { go, tell, told }) {
  let asked = 0;

  /**
   * Whether a conversation of this packet is unfinished: then its doors stay until it is
   * saved, for it was begun while the packet was in hand.
   *
   * @param {string} id
   */
  const open = (id) =>
    state().draft?.packet === id || state().drafts.some(({ packet }) => packet === id);

  /** @param {import("./state.js").Packet} packet */
  const renewOne = async ({ id, token }) => {
    const now = await bundle(id, token);
    if (now === "ended" && open(id)) asked = 0;
    else if (now === "ended") await end(shelf, id, "ended");
    else if (now) await refresh(shelf, id, now);
    if (now && now !== "ended") await told(now.time ?? null);
  };

  /** Ask for the packets as they stand now, if we have not done so of late. */
  const renew = async () => {
    if (edge.now() - asked < FRESH && edge.now() >= asked) return;
    asked = edge.now();
    const inHand = state().packets.filter(({ ended }) => ended === null);
    await Promise.all(inHand.map(renewOne));
    await reload();
  };

  const enter = async () => {
    const { name, code, entering } = state();
    if (entering) return;
    const tidied = tidy(code);
    if (name.trim() === "") return set({ refusal: "name" });
    if (!tidied) return set({ refusal: "shape" });
    set({ entering: true, refusal: null, code: tidied });
    try {
      const device = await deviceOf(shelf, edge);
      const claimed = await claim({ code: tidied, device, name: name.trim() });
      if (typeof claimed === "string") return set({ refusal: claimed });
      await keep(shelf, { ...claimed, name: name.trim() });
      await told(claimed.bundle.time ?? null);
      set({ packet: claimed.bundle.packet, code: "", trouble: null, door: null, map: "fine" });
      await wrote();
      go("turf");
      persist().then((persisted) => set({ persisted }));
      hope();
    } catch (problem) {
      if (!(problem instanceof NotSaved)) throw problem;
      set({ notSaved: problem.why });
    } finally {
      set({ entering: false });
    }
  };

  return {
    renew,
    enter,
    /** @param {string} name */
    named: (name) => set({ name, refusal: null }),
    /** @param {string} code */
    coded: (code) => set({ code, refusal: null }),
    /** @param {boolean} scanning */
    scanning: (scanning) => set({ scanning }),
    /** @param {string | null} text what a square held; null: there is no camera */
    scanned(text) {
      const code = text === null ? null : fromLink(text);
      if (text === null) set({ scanning: false, scan: "failed" });
      else if (code) {
        set({ scanning: false, code, refusal: null });
        if (state().name.trim()) enter();
      }
    },
    /** @param {string} code the code of a packet whose token the server refused */
    again(code) {
      set({ code });
      go("enter");
    },
    /** @param {string} id */
    async leave(id) {
      try {
        await leave(shelf, id);
        await wrote();
        go("turf");
      } catch (problem) {
        if (problem instanceof NotSaved) set({ notSaved: problem.why });
        else if (problem instanceof StillUnsent) await reload();
        else throw problem;
      }
    },
    async rescue() {
      const day = new Date(edge.now()).toISOString().slice(0, 10);
      const waiting = await unsent(shelf);
      const device = await deviceOf(shelf, edge);
      download(`groundgame-rescue-${day}-${device.slice(-6)}.json`, rescueFile(waiting, device));
      tell({ text: say("more.rescue.done"), about: "", undo: null });
    },
    async mourned() {
      set({ gone: null });
      note(localStorage, { device: await deviceOf(shelf, edge), ...counts(state()) });
    },
    hope,
  };
}
