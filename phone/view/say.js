// @ts-check
/**
 * Words in the phone's own language, where we have it; else in English.
 *
 * @typedef {keyof typeof WORDS.en} Key
 */

import { WORDS } from "./words.js";

/** @type {Record<string, Record<string, string | Record<string, string>>>} */
const catalogue = WORDS;

/** The language the app speaks: the first of the phone's that the catalogue has. */
export const language =
  (globalThis.navigator?.languages ?? [])
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => tag in catalogue) ?? "en";

const plural = new Intl.PluralRules(language);

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
 * The name of a result code; a code from a newer list is shown as it is.
 *
 * @param {string} id
 * @returns {string}
 */
export function resultName(id) {
  const key = `result.${id}`;
  return key in catalogue.en ? say(/** @type {Key} */ (key)) : id.replaceAll("_", " ");
}
