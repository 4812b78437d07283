// @ts-check
/**
 * A script while it is written: every change gives a new script, the old one stays.
 *
 * Ids are made once, from the first words, and stay when the words change: an answer of
 * last month's version and one of this month's are to the same question.
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
 *   id?: string, name: string, opening: string, questions: Question[],
 *   results?: ScriptResult[], translations?: Record<string, any>,
 * }} Script as contract/bundle.schema.json has it
 */

export const KINDS = /** @type {const} */ ({
  choice: "One of several answers",
  many: "Several answers, mark all",
  scale: "A number on a scale",
  text: "Their own words",
  number: "A number",
  date: "A day",
  say: "Nothing to answer: say or do",
});
export const PARTS = /** @type {const} */ ({
  before: "Rating before",
  after: "Rating after",
  mattered: "What mattered (issue tags)",
  promise: "Promise",
  listen: "Reminder to listen",
  story: "Reminder to tell one's own story",
});
const CHOSEN = ["choice", "many"];
const LONGEST_ID = 40;

/**
 * An id that none of some others is.
 *
 * @param {string} words
 * @param {readonly string[]} taken
 * @param {string} usual when the words hold no letter of ours
 */
export function idOf(words, taken, usual) {
  const plain = words
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
  const base = plain.replace(/^_+|_+$/g, "").slice(0, LONGEST_ID) || usual;
  let id = base;
  for (let n = 2; taken.includes(id); n += 1) id = `${base}_${n}`;
  return id;
}

/**
 * @param {Script} script
 * @param {keyof typeof KINDS} kind
 * @returns {Script}
 */
export function added(script, kind) {
  const taken = script.questions.map(({ id }) => id);
  const id = idOf("", taken, kind === "say" ? "say" : "question");
  const question = shaped({ id, kind, ask: "", title: "" }, kind);
  return { ...script, questions: [...script.questions, question] };
}

/**
 * A question as another kind: with what belongs to it and nothing else.
 *
 * @param {Question} question
 * @param {string} kind
 * @returns {Question}
 */
export function shaped({ responses = [], least, most, part, ...question }, kind) {
  const empty = [
    { id: "yes", name: "Yes" },
    { id: "no", name: "No" },
  ];
  const fits = { say: ["listen", "story"], scale: ["before", "after"] };
  const fit = fits[/** @type {keyof typeof fits} */ (kind)] ?? ["mattered", "promise"];
  return {
    ...question,
    kind,
    ...(CHOSEN.includes(kind) && { responses: responses.length > 0 ? responses : empty }),
    ...(kind === "scale" && { least: least ?? 0, most: most ?? 10 }),
    ...(part && fit.includes(part) && { part }),
  };
}

/**
 * @param {Script} script
 * @param {string} id
 * @param {Partial<Question>} change undefined takes a field away
 * @returns {Script}
 */
export function changed(script, id, change) {
  const questions = script.questions.map((each) => {
    if (each.id !== id) return each;
    const next = Object.entries({ ...each, ...change }).filter(([, value]) => value !== undefined);
    return /** @type {Question} */ (Object.fromEntries(next));
  });
  return whole({ ...script, questions });
}

/**
 * @param {Script} script
 * @param {string} id
 * @returns {Script} without a question, and without what was asked because of it
 */
export function removed(script, id) {
  return whole({ ...script, questions: script.questions.filter((each) => each.id !== id) });
}

/**
 * @param {Script} script
 * @param {string} id
 * @param {-1 | 1} by up or down
 * @returns {Script}
 */
export function moved(script, id, by) {
  const questions = [...script.questions];
  const at = questions.findIndex((each) => each.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= questions.length) return script;
  const [question] = questions.splice(at, 1);
  questions.splice(to, 0, /** @type {Question} */ (question));
  return whole({ ...script, questions });
}

/**
 * The script without conditions that can no longer hold: on questions that are gone or
 * come later, or on answers that are no longer offered.
 *
 * @param {Script} script
 * @returns {Script}
 */
export function whole(script) {
  /** @type {Map<string, Question>} */
  const before = new Map();
  const questions = script.questions.map((question) => {
    const when = (question.when ?? []).flatMap((each) => fitting(each, before.get(each.question)));
    before.set(question.id, question);
    const { when: _, ...rest } = question;
    return when.length > 0 ? { ...rest, when } : rest;
  });
  return { ...script, questions };
}

/**
 * @param {Condition} condition
 * @param {Question | undefined} asked
 * @returns {Condition[]}
 */
function fitting(condition, asked) {
  if (!asked || asked.kind === "say") return [];
  const numbers = condition.least !== undefined || condition.most !== undefined;
  if (numbers) return ["scale", "number"].includes(asked.kind) ? [condition] : [];
  if (!condition.any) return [condition];
  const offered = (asked.responses ?? []).map(({ id }) => id);
  const any = condition.any.filter((id) => offered.includes(id));
  return any.length > 0 ? [{ question: condition.question, any }] : [];
}

/**
 * Put words of another language in, or, when they are empty, take them out.
 *
 * @param {Script} script
 * @param {readonly string[]} path language first: "es", "questions", "support", "ask"
 * @param {string} words
 * @returns {Script}
 */
export function translated(script, path, words) {
  const translations = put(script.translations ?? {}, path, words);
  const { translations: _, ...rest } = script;
  return Object.keys(translations).length > 0 ? { ...rest, translations } : rest;
}

/**
 * @param {Record<string, any>} table
 * @param {readonly string[]} path
 * @param {string} words
 * @returns {Record<string, any>}
 */
function put(table, [name = "", ...rest], words) {
  const { [name]: old, ...others } = table;
  if (rest.length === 0) return words.trim() === "" ? others : { ...others, [name]: words };
  const inner = put(old ?? {}, rest, words);
  return Object.keys(inner).length > 0 ? { ...others, [name]: inner } : others;
}

/**
 * The script as it is saved: blank titles, and translations of what is gone, left out.
 *
 * @param {Script} script
 * @returns {Script}
 */
export function tidied(script) {
  const { id: _, ...plain } = whole(script);
  const asked = new Map(script.questions.map((each) => [each.id, each]));
  const questions = plain.questions.map(({ title, ...each }) =>
    title?.trim() ? { ...each, title } : each,
  );
  const { translations = {}, ...rest } = plain;
  const kept = Object.entries(translations).map(([tag, said]) => {
    const words = Object.entries(said.questions ?? {}).filter(([name]) => asked.has(name));
    return [
      tag,
      {
        ...said,
        questions: Object.fromEntries(
          words.map(([name, each]) => [name, offered(each, asked.get(name))]),
        ),
      },
    ];
  });
  const all = kept.length > 0 ? { translations: Object.fromEntries(kept) } : {};
  return /** @type {Script} */ ({ ...rest, questions, ...all });
}

/**
 * @param {any} words of one question
 * @param {Question | undefined} question
 */
function offered({ responses, ...words }, question) {
  const ids = (question?.responses ?? []).map(({ id }) => id);
  const kept = Object.entries(responses ?? {}).filter(([id]) => ids.includes(id));
  return kept.length > 0 ? { ...words, responses: Object.fromEntries(kept) } : words;
}
