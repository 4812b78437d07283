// @ts-check
/**
 * What both languages obey: the same cases that the Python tests read.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { seal } from "../core/event.js";
import { access, doors, holding, standing } from "../core/log.js";
import { RESULTS } from "../core/results.js";
import { said } from "../core/said.js";
import { following, kept, put } from "../core/script.js";
import { BOXES, hash, opened } from "./chapter.js";

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

for (const { name, entries, access: expected } of read("access/cases.json")) {
  test(`access, ${name}: the phone and the server agree`, () => {
    for (const log of [entries, [...entries].reverse()]) assert.deepEqual(access(log), expected);
  });
}

const scripts = read("script/cases.json");
for (const { name, ended, answers, passed, ...expected } of scripts.asking) {
  test(`script, ${name}: the phone and the server agree`, () => {
    const script = scripts.scripts[expected.script];
    const asked = put(script, ended, answers).map(({ id }) => id);
    assert.deepEqual(asked, expected.put);
    assert.deepEqual(kept(script, ended, answers), expected.kept);
    assert.equal(following(script, ended, answers, passed), expected.next);
  });
}

for (const { name, language, ...expected } of scripts.said) {
  test(`script in a language, ${name}: the phone and the paper agree`, () => {
    const { opening, questions, results = [] } = said(scripts.scripts.said, language);
    const named = results.filter((each) => each.name).map(({ id, name }) => [id, name]);
    assert.deepEqual(
      {
        opening,
        questions: questions.map(({ id, title, ask, responses = [] }) => ({
          ...{ id, title, ask },
          responses: responses.map((each) => each.name),
        })),
        results: Object.fromEntries(named),
      },
      expected,
    );
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
  const { en: words } = JSON.parse(
    readFileSync(new URL("../view/words.json", import.meta.url), "utf8"),
  );
  for (const { id, name } of read("results.json")) assert.equal(words[`result.${id}`], name);
});

for (const { name, entry, holds } of BOXES.opens) {
  test(`box, ${name}: what lies in it comes out`, async () => {
    assert.deepEqual(await opened(entry), holds);
  });
}

for (const { name, entry } of BOXES.shut) {
  test(`box, ${name}: it stays shut`, async () => {
    const sha256 = hash(entry.box);
    await assert.rejects(opened({ ...entry, sha256 }), /Decap|Deserial|Open|offset|length/i);
  });
}
