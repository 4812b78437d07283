// @ts-check
/**
 * Recording: what is typed is held as a draft while it grows; Save makes it an event.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("./state.js").Draft} Draft
 * @typedef {import("../core/event.js").Event} Event
 * @typedef {import("../core/event.js").Stamp} Stamp
 */

import { conversation, withdrawal } from "../core/event.js";
import { kept } from "../core/script.js";
import { drop, hold } from "../shelf/drafts.js";
import { record } from "../shelf/log.js";
import { NotSaved } from "../shelf/shelf.js";
import { edge } from "./device.js";
import { say } from "./say.js";
import { turf, worthKeeping } from "./state.js";

const PAUSE = 250;
const DOUBLE_TAP = 2_000;
const TOAST = 10_000;

/**
 * @param {App} app
 * @param {(screen: "door" | "talk", door: string, how?: { replace: boolean }) => void} go
 */
export function talking({ shelf, state, set, reload, wrote }, go) {
  /** @type {number | undefined} */
  let due;
  /** @type {number | undefined} */
  let fading;

  /** @param {unknown} problem */
  const refused = (problem) => {
    const known = problem instanceof NotSaved;
    set({ notSaved: known ? problem.why : "failed" });
    if (!known) throw problem;
  };

  /** Put the draft on the shelf now. */
  const flush = () => {
    clearTimeout(due);
    const { draft } = state();
    if (due === undefined || !draft) return;
    due = undefined;
    const put = worthKeeping(draft) ? hold(shelf, draft) : drop(shelf, draft);
    put.then(reload).catch(refused);
  };

  /** @param {Partial<Draft>} change */
  const edit = (change) => {
    const { draft } = state();
    if (!draft) return;
    set({ draft: { ...draft, ...change }, incomplete: false });
    clearTimeout(due);
    due = setTimeout(flush, PAUSE);
  };

  /** @param {import("./state.js").Toast | null} toast */
  const tell = (toast) => {
    clearTimeout(fading);
    set({ toast });
    if (toast) fading = setTimeout(() => set({ toast: null }), TOAST);
  };

  /**
   * Write one event; true once it is on the disk.
   *
   * @param {(stamp: Stamp) => Event} make
   * @param {string | null} door whose draft it completes
   */
  const write = async (make, door) => {
    if (state().saving) return null;
    clearTimeout(due);
    due = undefined;
    set({ saving: true, notSaved: null });
    try {
      const entry = await record(shelf, edge, make, door);
      set({ draft: null });
      await wrote().catch(() => {}); // it is on the disk, whatever comes after
      return entry;
    } catch (problem) {
      refused(problem);
      return null;
    } finally {
      set({ saving: false });
    }
  };

  /** @param {Draft} draft */
  const save = async (draft) => {
    const { bundle, stops } = turf(state());
    const { result, packet, door, note } = draft;
    if (!bundle || result === null) return;
    const answers = kept(bundle.script, result, draft.answers);
    const said = { packet, door, result, answers, note, script: bundle.script.id };
    const person = draft.person ?? null;
    const entry = await write((stamp) => conversation(stamp, { ...said, person }), door);
    if (!entry) return;
    const address = stops.find((stop) => stop.door === door)?.address ?? "";
    tell({ text: say("saved"), about: address, undo: entry.id });
    go("door", door, { replace: true });
  };

  return {
    flush,
    /**
     * @param {string} door
     * @param {string | null} person
     */
    talk(door, person) {
      const { packet, drafts } = state();
      if (!packet) return;
      const known = drafts.find((draft) => draft.packet === packet && draft.door === door);
      const empty = { packet, door, result: null, answers: {}, note: "" };
      set({ draft: { ...(known ?? empty), person }, toast: null });
      if (known) edit({ person });
      go("talk", door);
    },
    edit,
    /**
     * @param {string} question
     * @param {string} answer the same one again takes it away
     */
    answer(question, answer) {
      const { [question]: old, ...others } = state().draft?.answers ?? {};
      const away = answer === "" || answer === old;
      edit({ answers: away ? others : { ...others, [question]: answer } });
    },
    save() {
      const { draft } = state();
      if (!draft) return;
      if (draft.result === null) set({ incomplete: true });
      else return save(draft);
    },
    /**
     * Nobody was spoken with: one tap.
     *
     * @param {string} door
     * @param {string} result
     */
    quick(door, result) {
      const { packet, log } = state();
      if (packet && !twice(log.at(-1)?.event, door, result))
        return save({ packet, door, person: null, result, answers: {}, note: "" });
    },
    async discard() {
      const { draft } = state();
      if (!draft) return;
      clearTimeout(due);
      due = undefined;
      await drop(shelf, draft).then(reload).catch(refused);
      go("door", draft.door, { replace: true });
    },
    /** @param {string | null} id */
    ask: (id) => set({ sure: id }),
    /** @param {string} id of a conversation */
    async undo(id) {
      const entry = state().log.find((other) => other.id === id);
      if (!entry) return;
      const done = await write((stamp) => withdrawal(stamp, entry), null);
      if (!done) return;
      set({ sure: null });
      tell({ text: say("undo.done"), about: "", undo: null });
    },
    tell,
    heard: () => set({ notSaved: null }),
  };
}

/**
 * Whether a tap is the second of a cold finger's two: the same at the same door, at once.
 *
 * @param {Event | undefined} last
 * @param {string} door
 * @param {string} result
 */
function twice(last, door, result) {
  if (last?.kind !== "conversation" || last.door !== door || last.result !== result) return false;
  return Math.abs(edge.now() - last.at) < DOUBLE_TAP;
}
