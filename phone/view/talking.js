// @ts-check
/**
 * Recording: what is typed is held as a draft while it grows; Save makes it an event.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("./state.js").Draft} Draft
 * @typedef {import("../core/event.js").Event} Event
 * @typedef {import("../core/event.js").Conversation} Conversation
 * @typedef {import("../core/event.js").Stamp} Stamp
 */

import { conversation, uuid7, withdrawal } from "../core/event.js";
import { kept } from "../core/script.js";
import { drop, hold } from "../shelf/drafts.js";
import { record } from "../shelf/log.js";
import { NotSaved } from "../shelf/shelf.js";
import { asking } from "./asking.js";
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
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let due;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let fading;

  /** @param {unknown} problem */
  const refused = (problem) => {
    const known = problem instanceof NotSaved;
    set({ notSaved: known ? problem.why : "failed" });
    if (!known) throw problem;
  };

  /** Put the draft on the shelf now; done when it is there. */
  const flush = async () => {
    clearTimeout(due);
    const { draft } = state();
    if (due === undefined || !draft) return;
    due = undefined;
    const put = worthKeeping(draft) ? hold(shelf, draft) : drop(shelf, draft);
    await put.then(reload).catch(refused);
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
   * Write events, one after the other; those that are on the disk.
   *
   * @param {readonly ((stamp: Stamp) => Event)[]} makes
   * @param {string | null} door whose draft the last of them completes
   */
  const write = async (makes, door = null) => {
    /** @type {import("../shelf/shelf.js").Kept[]} */
    const entries = [];
    if (state().saving) return entries;
    clearTimeout(due);
    due = undefined;
    set({ saving: true, notSaved: null });
    try {
      for (const make of makes) {
        const last = entries.length === makes.length - 1;
        entries.push(await record(shelf, edge, make, last ? door : null));
      }
      if (door !== null) set({ draft: null });
    } catch (problem) {
      refused(problem);
    } finally {
      await wrote().catch(() => {}); // it is on the disk, whatever comes after
      set({ saving: false });
    }
    return entries;
  };

  /** @param {Draft} draft */
  const save = async (draft) => {
    const { stops, scriptOf } = turf(state());
    const stop = stops.find((each) => each.door === draft.door);
    if (!stop || draft.result === null) return;
    const script = scriptOf(stop);
    const { packet, door, result, note, person = null } = draft;
    const answers = kept(script, result, draft.answers);
    const more = {
      ...(result === "language_barrier" && { language: draft.language }),
      ...(result === "come_back" && { again: draft.again }),
      ...(draft.added && { added: draft.added }),
    };
    const said = { packet, door, person, result, answers, note, script: script.id, ...more };
    const old = draft.corrects;
    const makes = [(/** @type {Stamp} */ stamp) => conversation(stamp, said)];
    const undo = old
      ? [(/** @type {Stamp} */ stamp) => withdrawal(stamp, { id: old, packet })]
      : [];
    const entries = await write([...undo, ...makes], door);
    if (entries.length <= undo.length) return;
    const saved = /** @type {{ id: string }} */ (entries.at(-1)).id;
    tell({ text: say(old ? "corrected" : "saved"), about: stop.address, undo: [saved] });
    go("door", door, { replace: true });
  };

  /** @param {string} door */
  const draftOf = (door) => turf(state()).drafts.find((draft) => draft.door === door);

  /**
   * @param {Draft} draft
   * @param {boolean} begun whether some of it is on the shelf already
   */
  const begin = (draft, begun) => {
    const { result, person } = draft;
    set({ draft, toast: null, all: false, unfolded: result === null && !person });
    if (begun) edit({});
    go("talk", draft.door);
  };

  /** @param {string} door */
  const empty = (door) => {
    const packet = /** @type {string} */ (state().packet);
    return { packet, door, result: null, answers: {}, note: "", person: null };
  };

  return {
    ...asking({ state, set }, edit),
    flush,
    /**
     * @param {string} door
     * @param {string | null} person
     */
    talk(door, person) {
      const known = draftOf(door);
      const { added } = turf(state()).held.findLast((each) => each.person === person) ?? {};
      begin(
        { ...(known ?? empty(door)), person, added: person ? added : undefined },
        known !== undefined,
      );
    },
    /** With somebody who is not on the list. @param {string} door */
    add(door) {
      const known = draftOf(door);
      const person = `new:${uuid7(edge.now(), edge.chance(10))}`;
      begin({ ...(known ?? empty(door)), person, added: { name: "" } }, known !== undefined);
    },
    /** Put another conversation in the place of one. @param {Conversation} event */
    correct(event) {
      const { door, person, result, answers, note, language, again, added } = event;
      const unfinished = draftOf(door);
      if (unfinished) return begin(unfinished, true);
      const old = { result, answers, note, language, again, added, corrects: event.id };
      begin({ ...empty(door), person, ...old, passed: Object.keys(answers), at: null }, true);
    },
    edit,
    save() {
      const { draft } = state();
      if (!draft) return;
      const unnamed = draft.added !== undefined && draft.added.name.trim() === "";
      if (unnamed) set({ incomplete: "name" });
      else if (draft.result === null) set({ incomplete: "result" });
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
      if (packet && !twice(log.at(-1)?.event ?? undefined, door, result))
        return save({ ...empty(door), result });
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
    /** @param {readonly string[]} ids of this phone's own events */
    async undo(ids) {
      const known = state().log.filter(({ id }) => ids.includes(id));
      const makes = known.map((kept) => (/** @type {Stamp} */ stamp) => withdrawal(stamp, kept));
      const done = await write(makes);
      if (done.length < makes.length || makes.length === 0) return;
      set({ sure: null });
      tell({ text: say("undo.done"), about: "", undo: null });
    },
    write,
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
