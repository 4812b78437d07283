// @ts-check
/**
 * A script as it is said in one language. Ids stay what they are: an answer is the same
 * answer in any language. What a translation leaves out is said as it was written.
 *
 * The same rule is in src/groundgame/packet/said.py; contract/script/cases.json holds
 * both to it.
 *
 * @typedef {import("./script.js").Script} Script
 * @typedef {import("./script.js").Question} Question
 */

/**
 * @param {Script} script
 * @param {string} language
 * @returns {Script} every question with a title
 */
export function said(script, language) {
  const other = script.translations?.[language] ?? {};
  const { questions = {}, results = {} } = other;
  return {
    ...script,
    opening: other.opening ?? script.opening,
    questions: script.questions.map((question) => translated(question, questions[question.id])),
    ...(script.results && {
      results: script.results.map((each) =>
        results[each.id] ? { ...each, name: results[each.id] } : each,
      ),
    }),
  };
}

/**
 * @param {Question} question
 * @param {{ title?: string, ask?: string, responses?: Record<string, string> }} [other]
 * @returns {Question}
 */
function translated(question, { title, ask, responses = {} } = {}) {
  const { id } = question;
  const plain = id.replaceAll("_", " ");
  return {
    ...question,
    title: title ?? question.title ?? plain.charAt(0).toUpperCase() + plain.slice(1),
    ask: ask ?? question.ask,
    ...(question.responses && {
      responses: question.responses.map((each) => ({
        ...each,
        name: responses[each.id] ?? each.name,
      })),
    }),
  };
}
