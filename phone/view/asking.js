// @ts-check
/**
 * What is tapped and typed in a conversation: answers, how it ends, when to come back.
 *
 * @typedef {import("./app.js").App} App
 * @typedef {import("./state.js").Draft} Draft
 */

import { following, valid } from "../core/script.js";
import { edge } from "./device.js";
import { turf } from "./state.js";

/** Kinds whose answer is whole at one tap, so that the next question may come. */
const AT_ONCE = ["choice", "scale"];
const SATURDAY = 6;

/**
 * @param {Pick<App, "state" | "set">} app
 * @param {(change: Partial<Draft>) => void} edit
 */
export function asking({ state, set }, edit) {
  const here = () => {
    const { draft } = state();
    const { stop, scriptOf } = turf(state());
    return draft && stop ? { draft, script: scriptOf(stop) } : null;
  };

  /**
   * @param {Partial<Draft>} change
   * @param {string} id of the question that has had its turn
   */
  const goOn = (change, id) => {
    const now = here();
    if (!now) return;
    const draft = { ...now.draft, ...change };
    const passed = [...(draft.passed ?? []).filter((each) => each !== id), id];
    const at = following(now.script, draft.result, draft.answers, passed);
    edit({ ...change, passed, at });
  };

  return {
    asked: {
      /**
       * @param {import("../core/script.js").Question} question
       * @param {string} answer the same choice again takes it away
       */
      answer({ id, kind }, answer) {
        const now = here();
        if (!now) return;
        const { [id]: old, ...others } = now.draft.answers;
        const choice = AT_ONCE.includes(kind);
        const away = answer === "" || (choice && answer === old);
        const answers = away ? others : { ...others, [id]: answer };
        const result = now.draft.result ?? (away ? null : "canvassed");
        if (choice && !away) goOn({ answers, result }, id);
        else edit({ answers, result, at: id });
      },
      /** @param {import("../core/script.js").Question} question */
      onwards(question) {
        const given = here()?.draft.answers[question.id] ?? "";
        if (given === "" || valid(question, given)) goOn({}, question.id);
      },
      /** @param {string} id */
      open: (id) => edit({ at: id }),
      all: () => set({ all: !state().all }),
    },
    unfold: () => set({ unfolded: !state().unfolded }),
    /** @param {string} result the same one again takes it away */
    ended(result) {
      const away = state().draft?.result === result;
      edit({ result: away ? null : result });
      set({ unfolded: away });
    },
    /** @param {{ name?: string, age?: string }} change */
    newcomer({ name, age }) {
      const { name: old, age: before } = state().draft?.added ?? { name: "" };
      const years = age === undefined ? before : Number.parseInt(age, 10);
      const told = years !== undefined && years >= 0 && years <= 130;
      edit({ added: { name: name ?? old, ...(told && { age: years }) } });
    },
    /**
     * A day and a time to come back at, by the clock of this door; "" once it is past.
     *
     * @param {"tonight" | "tomorrow" | "saturday"} name
     */
    soon(name) {
      const at = new Date(edge.now());
      if (name === "tonight") at.setHours(Math.min(20, Math.max(18, at.getHours() + 2)), 0);
      if (name === "tomorrow") at.setDate(at.getDate() + 1);
      if (name === "tomorrow") at.setHours(18, 0);
      if (name === "saturday") at.setDate(at.getDate() + ((SATURDAY - at.getDay() + 7) % 7 || 7));
      if (name === "saturday") at.setHours(11, 0);
      return at.getTime() > edge.now() ? local(at) : "";
    },
    /** @param {string} day @param {string} time */
    comeBack: (day, time) => edit({ again: day && time ? `${day}T${time}` : day }),
  };
}

/** @param {Date} at */
function local(at) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
