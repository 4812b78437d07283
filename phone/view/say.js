// @ts-check
/**
 * Words in the phone's own language, where we have it; else in English.
 *
 * Every word the app says is in words.json, by language. A language is one more object
 * with the same keys; a word with a count has one form for each plural it knows.
 *
 * @typedef {keyof typeof import("./words.json")["en"]} Key
 */

/** @type {Record<string, Record<string, string | Record<string, string>>>} */
const catalogue = await (await fetch(new URL("./words.json", import.meta.url))).json();

/** The language the app speaks: the first of the phone's that the catalogue has. */
export let language =
  (globalThis.navigator?.languages ?? [])
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag in catalogue) ?? "en";

let plural = new Intl.PluralRules(language);

/**
 * Speak another language from now on, if the catalogue has it.
 *
 * @param {string} tag
 */
export function speak(tag) {
  if (!(tag in catalogue)) return;
  language = tag;
  plural = new Intl.PluralRules(tag);
}

/**
 * @param {Key} key
 * @param {Record<string, string | number>} [facts] put where the words say {so}; `n` is
 *   the count that chooses the plural
 * @returns {string}
 */
export function say(key, facts = {}) {
  const entry = catalogue[language][key] ?? catalogue.en[key] ?? key;
  const form =
    typeof entry === "string" ? entry : (entry[plural.select(Number(facts.n ?? 0))] ?? entry.other);
  return form.replace(/\{(\w+)\}/g, (_, name) => `${facts[name] ?? ""}`);
}

/**
 * The name of a result code: of our own in words.json, of a script's own as the script
 * calls it; a code from a newer list is shown as it is.
 *
 * @param {string} id
 * @param {import("../core/script.js").Script} [script]
 * @returns {string}
 */
export function resultName(id, script) {
  const key = `result.${id}`;
  if (key in catalogue.en) return say(/** @type {Key} */ (key));
  const own = script?.results?.find((each) => each.id === id)?.name;
  return own ?? id.replaceAll("_", " ");
}

/**
 * A turf as people here call it: one that has a number and no name, in their language.
 *
 * @param {string} name
 */
export function turfName(name) {
  const number = /^Turf (\d+)$/.exec(name)?.[1];
  return number ? say("turf.name", { number }) : name;
}

/**
 * A moment as people here write it.
 *
 * @param {number | Date} at
 * @param {Intl.DateTimeFormatOptions} how
 */
export function when(at, how) {
  return new Intl.DateTimeFormat(language, how).format(at);
}

/**
 * @param {string} text a day: 2025-11-03
 */
export function day(text) {
  return when(new Date(`${text}T12:00:00`), { day: "numeric", month: "short", year: "numeric" });
}

/**
 * An answer as people here write it: a day is one of theirs.
 *
 * @param {string} answer
 */
export function spoken(answer) {
  const known = /^\d{4}-\d\d-\d\d$/.test(answer) && !Number.isNaN(Date.parse(answer));
  return known ? day(answer) : answer;
}

/**
 * A length of walking.
 *
 * @param {number} metres
 */
export function far(metres) {
  const km = metres >= 1000;
  const unit = {
    style: "unit",
    unit: km ? "kilometer" : "meter",
    maximumFractionDigits: km ? 1 : 0,
  };
  const number = km ? metres / 1000 : Math.round(metres / 10) * 10;
  return new Intl.NumberFormat(language, /** @type {any} */ (unit)).format(number);
}

/**
 * A length of time.
 *
 * @param {number} minutes
 */
export function long(minutes) {
  const hours = minutes >= 60;
  const n = new Intl.NumberFormat(language, { maximumFractionDigits: hours ? 1 : 0 }).format(
    hours ? minutes / 60 : Math.max(1, Math.round(minutes)),
  );
  return say(hours ? "time.hours" : "time.minutes", { n });
}
