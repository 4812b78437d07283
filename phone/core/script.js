// @ts-check
/**
 * Scripts: which questions are put, and which answers can be kept.
 *
 * @typedef {{ id: string, name: string }} Response
 * @typedef {{
 *   id: string, kind: string, ask: string,
 *   responses?: Response[], least?: number, most?: number,
 * }} Question
 * @typedef {{ id: string, name: string, opening: string, questions: Question[] }} Script
 */

import { ANSWER_LENGTH, clean } from "./event.js";
import { result } from "./results.js";

/** Kinds of question that this version can put. */
const KINDS = ["choice", "scale", "text"];

/**
 * The questions to put, given how the attempt ended: none unless somebody was spoken with.
 *
 * @param {Script} script
 * @param {string | null} ended a result code; null while it is open
 * @returns {Question[]}
 */
export function questions(script, ended) {
  if (ended === null || !result(ended).contact) return [];
  return script.questions.filter(({ kind }) => KINDS.includes(kind));
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
 * Whether an answer is one that this question can have.
 *
 * @param {Question} question
 * @param {string} answer
 * @returns {boolean}
 */
export function valid(question, answer) {
  switch (question.kind) {
    case "choice":
      return (question.responses ?? []).some(({ id }) => id === answer);
    case "scale":
      return steps(question).includes(answer);
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
 * @param {Record<string, string>} answers by question
 * @returns {{ ask: string, answer: string }[]}
 */
export function inWords(script, answers) {
  return script.questions
    .filter(({ id }) => id in answers)
    .map(({ id, ask, responses = [] }) => {
      const answer = answers[id];
      return { ask, answer: responses.find((response) => response.id === answer)?.name ?? answer };
    });
}

/**
 * The answers worth keeping: to questions that were put, and possible.
 *
 * @param {Script} script
 * @param {string | null} ended a result code
 * @param {Record<string, string>} answers by question
 * @returns {Record<string, string>}
 */
export function kept(script, ended, answers) {
  return Object.fromEntries(
    questions(script, ended)
      .filter((question) => valid(question, answers[question.id] ?? ""))
      .map(({ id }) => [id, answers[id]]),
  );
}
