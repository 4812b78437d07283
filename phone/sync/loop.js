// @ts-check
/**
 * When to send: at once when there is reason to hope, later after a failure, and never
 * two tabs at a time.
 *
 * @typedef {import("./send.js").Outcome} Outcome
 * @typedef {{ sending: boolean, outcome: Outcome | null }} Report
 * @typedef {{
 *   send: () => Promise<Outcome>,
 *   due: () => Promise<number>,
 *   alone: (work: () => Promise<void>) => Promise<boolean>,
 *   after: (milliseconds: number, work: () => void) => unknown,
 *   cancel: (timer: any) => void,
 *   chance: () => number,
 *   report: (report: Report) => void,
 * }} Ports
 *   due: how many entries wait; alone: does the work unless another tab is at it
 */

import { pause } from "../core/retry.js";

const OTHER_TAB = 3_000;

/**
 * @param {Ports} ports
 * @returns {{ hope: () => void, saved: () => void, stop: () => void }}
 *   hope: something changed for the better (opened, visible, online, asked for);
 *   saved: there is more to send
 */
export function loop({ send, due, alone, after, cancel, chance, report }) {
  let failures = 0;
  let running = false;
  let again = false;
  let stopped = false;
  /** @type {unknown} */
  let timer = null;

  const later = (/** @type {number} */ milliseconds) => {
    cancel(timer);
    timer = stopped ? null : after(milliseconds, run);
  };

  const turn = async () => {
    if ((await due()) === 0) {
      failures = 0;
      report({ sending: false, outcome: null });
      return;
    }
    report({ sending: true, outcome: null });
    const outcome = await send();
    failures = outcome.trouble ? failures + 1 : 0;
    report({ sending: false, outcome });
    if (outcome.trouble) later(Math.max(outcome.after * 1000, pause(failures, chance())));
    else if ((await due()) > 0) again = true;
  };

  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    cancel(timer);
    timer = null;
    try {
      if (!(await alone(turn))) later(OTHER_TAB);
    } catch {
      failures += 1; // the shelf did not answer; what is on it stays
      report({ sending: false, outcome: { trouble: "unclear", after: 0, lost: [] } });
      later(pause(failures, chance()));
    } finally {
      running = false;
    }
    if (again && !stopped) later(0);
  };

  return {
    hope: run,
    saved() {
      if (failures === 0 || timer === null) run();
    },
    stop() {
      stopped = true;
      cancel(timer);
    },
  };
}
