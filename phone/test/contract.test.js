// @ts-check
/**
 * What both languages obey: the same cases that the Python tests read.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { seal } from "../core/event.js";
import { doors, holding, standing } from "../core/log.js";
import { RESULTS } from "../core/results.js";
import { WORDS } from "../view/words.js";
import { hash } from "./world.js";

/** @param {string} file */
const read = (file) =>
  JSON.parse(readFileSync(new URL(`../../contract/${file}`, import.meta.url), "utf8"));

for (const { name, entries, ...expected } of read("standing/cases.json")) {
  test(`standing, ${name}: the phone and the server agree`, () => {
    for (const log of [entries, [...entries].reverse()]) {
      const stands = standing(log).map(({ person, question, answer }) => [
        person,
        question,
        answer,
      ]);
      const states = [...doors(log)].map(([door, { result }]) => [door, result]);
      assert.deepEqual(stands, expected.standing);
      assert.deepEqual(Object.fromEntries(states), expected.doors);
      assert.deepEqual(
        holding(log).map(({ id }) => id),
        expected.holding,
      );
    }
  });
}

for (const { name, event, sha256 } of read("hash/cases.json")) {
  test(`hash, ${name}: the phone and the server give one content one name`, async () => {
    assert.equal((await seal(event, async (text) => hash(text))).sha256, sha256);
  });
}

test("the phone knows the result codes of contract/results.json, no more and no less", () => {
  const expected = read("results.json").map((/** @type {any} */ { name: _, ...rest }) => rest);
  assert.deepEqual(RESULTS, expected);
});

test("every result code is called on the phone what contract/results.json calls it", () => {
  const words = /** @type {Record<string, unknown>} */ (WORDS.en);
  for (const { id, name } of read("results.json")) assert.equal(words[`result.${id}`], name);
});
