// @ts-check
/**
 * Packets whose time is over leave this phone, with a signal or without one.
 *
 * @typedef {import("./app.js").App} App
 */

import { timeOf } from "../shelf/clock.js";
import { expire } from "../shelf/packets.js";

const EVERY = 30_000;
/** A conversation that was begun in time may be finished for so long. */
const GRACE = 3_600_000;

/**
 * @param {App} app
 * @returns {(server?: number | null) => Promise<void>} looks at the time; server: what
 *   the server has just said that it is
 */
export function lasting({ shelf, state, set, reload }) {
  let watched = false;

  const look = async (/** @type {number | null} */ server = null) => {
    const clocks = { wall: Date.now(), steady: performance.now(), watched };
    const time = await timeOf(shelf, clocks, server);
    watched = document.visibilityState === "visible";
    if (time === null) return;
    const { packets, packet, draft, drafts } = state();
    const over = (/** @type {string | null} */ end) => (end ? time - Date.parse(end) : -1);
    const begun = new Set([draft, ...drafts].map((each) => each?.packet));
    const late = packets.filter(({ ended, expires }) => ended === null && over(expires) >= 0);
    const spared = late.filter(({ id, expires }) => begun.has(id) && over(expires) < GRACE);
    const expired = spared.some(({ id }) => id === packet);
    if (expired !== state().expired) set({ expired });
    if (late.length === spared.length) return;
    await expire(shelf, time, (id) => spared.some((each) => each.id === id));
    await reload();
  };

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") watched = false;
    else look().catch(() => {});
  });
  setInterval(() => look().catch(() => {}), EVERY);
  return look;
}
