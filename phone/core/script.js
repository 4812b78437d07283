// @ts-check
/**
 * Scripts: which question has its turn, and which answers can be kept.
 *
 * The same rule is in src/groundgame/canvass/asking.py; contract/script/cases.json holds
 * both to it. What a newer script says that this version does not know is left out, never
 * guessed.
 *
 * @typedef {{ id: string, name: string }} Response
 * @typedef {{
 *   question: string, any?: string[], least?: number, most?: number, answered?: boolean,
 * }} Condition
 * @typedef {{
 *   id: string, kind: string, ask: string, title?: string, part?: string,
 *   responses?: Response[], least?: number, most?: number, when?: Condition[],
 * }} Question
 * @typedef {{ id: string, name?: string, contact?: boolean, done?: boolean }} ScriptResult
 * @typedef {{
 *   id: string, name: string, opening: string, questions: Question[],
 *   results?: ScriptResult[], translations?: Record<string, any>,
 * }} Script
 * @typedef {Record<string, string>} Answers by question
 */

import { ANSWER_LENGTH, clean } from "./event.js";
import { RESULTS, result } from "./results.js";

/** Kinds of question that this version can put. */
const KINDS = ["choice", "many", "scale", "text", "number", "date", "say"];
const NUMBER = /^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?$/;

/**
 * The questions that are put, in order: none at all once the attempt has ended without a
 * contact. A condition looks at the answers to questions that are put themselves.
 *
 * @param {Script} script
 * @param {string | null} ended a result code; null while it is open
 * @param {Answers} answers
 * @returns {Question[]}
 */
export function put(script, ended, answers) {
  return walk(script, ended, answers).asked;
}

/**
 * The answers worth keeping: to questions that are put, and possible.
 *
 * @param {Script} script
 * @param {string | null} ended a result code
 * @param {Answers} answers
 * @returns {Answers}
 */
export function kept(script, ended, answers) {
  return Object.fromEntries(walk(script, ended, answers).stand);
}

/**
 * The question that comes next.
 *
 * @param {Script} script
 * @param {string | null} ended a result code; null while it is open
 * @param {Answers} answers
 * @param {readonly string[]} passed what was skipped, and what has been said
 * @returns {string | null} null when all have had their turn
 */
export function following(script, ended, answers, passed) {
  const { asked, stand } = walk(script, ended, answers);
  const waiting = asked.find(({ id }) => !stand.has(id) && !passed.includes(id));
  return waiting?.id ?? null;
}

/**
 * What a result code means under a script, which may have codes of its own.
 *
 * @param {Script | undefined} script
 * @param {string} id
 * @returns {import("./results.js").Result}
 */
export function meaning(script, id) {
  const own = script?.results?.find((each) => each.id === id);
  const known = RESULTS.some((each) => each.id === id);
  if (known || !own) return result(id);
  return { id, contact: own.contact === true, done: own.done === true };
}

/**
 * The result codes that a script offers, in the order of the form.
 *
 * @param {Script} script
 * @returns {string[]}
 */
export function offered({ results = [] }) {
  return (results.length > 0 ? results : RESULTS).map(({ id }) => id);
}

/**
 * The steps of a scale, lowest first; a scale without ends runs from 0 to 10.
 *
 * @param {Question} question
 * @returns {string[]}
 */
export function steps({ least = 0, most = 10 }) {
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, step) => `${least + step}`);
}

/**
 * Several responses as one answer, with one of them put in or taken out.
 *
 * @param {Question} question
 * @param {string} answer
 * @param {string} response
 * @returns {string} in the order of the script; "" when none is left
 */
export function toggled({ responses = [] }, answer, response) {
  const chosen = new Set(answer.split(","));
  if (!chosen.delete(response)) chosen.add(response);
  const ids = responses.map(({ id }) => id);
  return ids.filter((id) => chosen.has(id)).join(",");
}

/**
 * Whether an answer is one that this question can have.
 *
 * @param {Question} question
 * @param {string} answer
 * @returns {boolean}
 */
export function valid(question, answer) {
  const ids = (question.responses ?? []).map(({ id }) => id);
  switch (question.kind) {
    case "choice":
      return ids.includes(answer);
    case "many": {
      const chosen = answer.split(",");
      return chosen.join() === ids.filter((id) => chosen.includes(id)).join() && answer !== "";
    }
    case "scale":
      return steps(question).includes(answer);
    case "number":
      return NUMBER.test(answer) && within(question, Number(answer));
    case "date":
      return isDay(answer);
    case "text":
      return clean(answer, ANSWER_LENGTH) !== "";
    default:
      return false;
  }
}

/**
 * Answers in words, in the order of the script; an answer to a question that the script
 * no longer has is left out.
 *
 * @param {Script} script
 * @param {Answers} answers
 * @returns {{ ask: string, answer: string }[]}
 */
export function inWords(script, answers) {
  return script.questions
    .filter(({ id }) => id in answers)
    .map((question) => ({
      ask: question.ask,
      answer: answerInWords(question, answers[question.id]),
    }));
}

/**
 * @param {Question} question
 * @param {string} answer
 */
export function answerInWords({ kind, responses = [] }, answer) {
  const named = (/** @type {string} */ id) => responses.find((each) => each.id === id)?.name ?? id;
  return kind === "many" ? answer.split(",").map(named).join(", ") : named(answer);
}

/**
 * @param {Script} script
 * @param {string | null} ended
 * @param {Answers} answers
 */
function walk(script, ended, answers) {
  /** @type {Question[]} */
  const asked = [];
  /** @type {Map<string, string>} */
  const stand = new Map();
  /** @type {Map<string, string>} */
  const kinds = new Map();
  if (ended !== null && !meaning(script, ended).contact) return { asked, stand };
  for (const question of script.questions) {
    const { id, kind, when = [] } = question;
    if (!KINDS.includes(kind) || !when.every((each) => holds(each, stand, kinds))) continue;
    asked.push(question);
    kinds.set(id, kind);
    const answer = Object.hasOwn(answers, id) ? answers[id] : "";
    if (valid(question, answer)) stand.set(id, answer);
  }
  return { asked, stand };
}

/**
 * @param {Condition} condition
 * @param {ReadonlyMap<string, string>} stand
 * @param {ReadonlyMap<string, string>} kinds
 */
function holds(condition, stand, kinds) {
  const { question, any, answered } = condition;
  const answer = stand.get(question);
  if (answered !== undefined) return (answer !== undefined) === answered;
  if (answer === undefined) return false;
  if (any) {
    const chosen = kinds.get(question) === "many" ? answer.split(",") : [answer];
    return chosen.some((id) => any.includes(id));
  }
  const ends = condition.least !== undefined || condition.most !== undefined;
  return ends && NUMBER.test(answer) && within(condition, Number(answer));
}

/**
 * @param {{ least?: number, most?: number }} ends
 * @param {number} number
 */
function within({ least = -Infinity, most = Infinity }, number) {
  return number >= least && number <= most;
}

/** @param {string} text */
function isDay(text) {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || text.startsWith("0000")) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
