// @ts-check
/**
 * A canvasser's time, from the events of the log: when the shift began, whether it
 * stands still, how long it has been. All of it is by the one clock of this phone.
 *
 * @typedef {import("./event.js").Event} Event
 * @typedef {{ is: "off" | "on" | "paused" | "ended", since: number, worked: number, until: number }} Time
 *   since, until: when the shift began and ended; worked: milliseconds, without pauses
 */

/** A shift that nobody ended is over after this long. */
const LONGEST = 16 * 3_600_000;

/** @type {Readonly<Time>} */
const NONE = { is: "off", since: 0, worked: 0, until: 0 };

/**
 * @param {readonly Event[]} events of this phone, in the order they were written
 * @param {number} now
 * @returns {Time}
 */
export function time(events, now) {
  /** @type {Time} */
  let shift = { ...NONE };
  let begun = 0;
  for (const event of events) {
    if (event.kind !== "shift") continue;
    const { what, at } = event;
    const worked = shift.worked + (shift.is === "on" ? Math.max(0, at - begun) : 0);
    begun = at;
    if (what === "start") shift = { is: "on", since: at, worked: 0, until: 0 };
    else if (shift.is !== "off") shift = after({ ...shift, worked }, what, at);
  }
  if (shift.is === "on") shift.worked += Math.max(0, now - begun);
  const forgotten = shift.is !== "ended" && Math.abs(now - shift.since) > LONGEST;
  return forgotten ? { ...NONE } : shift;
}

/**
 * @param {Time} shift
 * @param {import("./event.js").What} what
 * @param {number} at
 * @returns {Time}
 */
function after(shift, what, at) {
  if (what === "pause") return { ...shift, is: "paused" };
  if (what === "resume") return { ...shift, is: "on" };
  return what === "end" ? { ...shift, is: "ended", until: at } : shift;
}
