// @ts-check
/**
 * The state, the shelf it is read from, and the one place where it changes.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("../shelf/shelf.js").Shelf} Shelf
 * @typedef {{
 *   shelf: Shelf,
 *   state: () => State,
 *   set: (change: Partial<State>) => void,
 *   reload: () => Promise<void>,
 *   tally: () => Promise<void>,
 *   wrote: () => Promise<void>,
 *   hope: () => void,
 * }} App
 *   reload: read the shelf again; tally: note how much is on it, or notice that the system
 *   emptied it; wrote: after a write, read again, tally, and tell the other tabs and the
 *   sender; hope: try to send now
 */

import { drafts } from "../shelf/drafts.js";
import { deviceOf, everything } from "../shelf/log.js";
import { about, packets } from "../shelf/packets.js";
import { gone, note } from "../shelf/tally.js";
import { edge } from "./device.js";
import { counts, INITIAL } from "./state.js";

/**
 * @param {Shelf} shelf
 * @param {(state: State) => void} draw called once after any number of changes
 * @param {{ hope: () => void, saved: () => void }} sending
 * @returns {App}
 */
export function app(shelf, draw, sending) {
  let state = INITIAL;
  let queued = false;
  const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("groundgame") : null;

  /** @param {Partial<State>} change */
  const set = (change) => {
    state = { ...state, ...change };
    if (queued) return;
    queued = true;
    queueMicrotask(() => {
      queued = false;
      draw(state);
    });
  };

  const reload = async () => {
    const [held, log, unfinished, { name }] = await Promise.all([
      packets(shelf),
      everything(shelf),
      drafts(shelf),
      about(shelf),
    ]);
    const here = held.some(({ id }) => id === state.packet);
    set({
      packets: held,
      log,
      drafts: unfinished,
      name: state.name || name,
      packet: here ? state.packet : (held.at(0)?.id ?? null),
    });
  };

  const tally = async () => {
    const device = await deviceOf(shelf, edge);
    if (device !== state.device) set({ device });
    const lost = gone(localStorage, device);
    if (lost) set({ gone: lost });
    else note(localStorage, { device, ...counts(state) });
  };

  const wrote = async () => {
    await reload();
    await tally();
    others?.postMessage("wrote");
    sending.saved();
  };

  if (others) others.onmessage = () => reload().catch(() => {});
  return { shelf, state: () => state, set, reload, tally, wrote, hope: () => sending.hope() };
}
