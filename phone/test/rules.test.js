// @ts-check
/**
 * Bugs planted in the rules that both languages share, and in those of a shared turf: the
 * cases of contract/ must notice each, and each must have been reached.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { AS_IT_IS, firings, mutant } from "./mutant.js";

/** @param {string} file */
const read = (file) =>
  JSON.parse(readFileSync(new URL(`../../contract/${file}`, import.meta.url), "utf8"));
const SCRIPTS = read("script/cases.json");
const WAYS = read("access/cases.json");

/**
 * Hold an app, wherever it lies, to the cases.
 *
 * @param {URL} root
 */
async function obeys(root) {
  const from = (/** @type {string} */ file) => import(new URL(`core/${file}`, root).href);
  const { put, kept, following } = await from("script.js");
  const { said } = await from("said.js");
  const { access } = await from("log.js");
  for (const { name, script, ended, answers, passed, ...wanted } of SCRIPTS.asking) {
    const at = [SCRIPTS.scripts[script], ended, answers];
    const asked = put(...at).map((/** @type {{ id: string }} */ { id }) => id);
    assert.deepEqual(asked, wanted.put, name);
    assert.deepEqual(kept(...at), wanted.kept, name);
    assert.equal(following(...at, passed), wanted.next, name);
  }
  for (const { name, language, opening, questions } of SCRIPTS.said) {
    const other = said(SCRIPTS.scripts.said, language);
    assert.equal(other.opening, opening, name);
    const asks = other.questions.map((/** @type {{ ask: string }} */ { ask }) => ask);
    assert.deepEqual(
      asks,
      questions.map((/** @type {{ ask: string }} */ { ask }) => ask),
      name,
    );
  }
  for (const { name, entries, access: wanted } of WAYS) {
    assert.deepEqual(access(entries), wanted, name);
  }
}

/** @type {Record<string, [file: string, from: string, to: string][]>} */
const BUGS = {
  "asks what an answer to a hidden question opened": [
    ["core/script.js", "if (valid(question, answer)) stand", "if (fired(), answer) stand"],
  ],
  "is content with one condition of several": [
    ["core/script.js", "!when.every((each)", "!(fired(), when.slice(0, 1)).every((each)"],
  ],
  "asks on when nobody was there": [
    ["core/script.js", "ended !== null && !meaning", "fired() && false && !meaning"],
  ],
  "knows no result of a script's own": [["core/script.js", "if (known || !own)", "if (fired())"]],
  "compares numbers as words": [
    [
      "core/script.js",
      "return number >= least && number <= most;",
      "fired(); return String(number) >= String(least) && number <= most;",
    ],
  ],
  "takes several answers in any order": [
    [
      "core/script.js",
      "return chosen.join() === ids.filter((id) => chosen.includes(id)).join()",
      "return fired() && chosen.every((id) => ids.includes(id))",
    ],
  ],
  "believes in the 29th of February": [
    ["core/script.js", "day.toISOString().startsWith(text)", "fired()"],
  ],
  "asks again what was skipped": [["core/script.js", "&& !passed.includes(id));", "&& fired());"]],
  "leaves a blank where a translation is missing": [
    ["core/said.js", "ask: ask ?? question.ask", 'ask: (fired(), ask) ?? ""'],
  ],
  "forgets what else was known of a building": [
    ["core/log.js", "{ ...found.get(event.building), ...event.says }", "(fired(), event.says)"],
  ],
  "keeps a word that was taken back": [
    ["core/log.js", 'filter(([, text]) => text !== "")', "filter(() => fired())"],
  ],
};

test("the app as it is obeys every case", async () => {
  await obeys(AS_IT_IS);
});

for (const [name, changes] of Object.entries(BUGS)) {
  test(`the cases notice a phone that ${name}`, async () => {
    const broken = mutant(changes);
    firings();
    await assert.rejects(obeys(broken), { name: "AssertionError" });
    assert.ok(firings() > 0, "the planted bug was never reached");
  });
}
