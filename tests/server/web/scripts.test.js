// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  added,
  changed,
  idOf,
  moved,
  removed,
  shaped,
  tidied,
  translated,
  whole,
} from "../../../src/groundgame/server/web/scripts/model.js";

const responses = [
  { id: "1", name: "For" },
  { id: "5", name: "Against" },
];
/** @type {import("../../../src/groundgame/server/web/scripts/model.js").Script} */
const SCRIPT = {
  ...{ name: "Rent", opening: "Hello" },
  questions: [
    { id: "support", kind: "choice", ask: "Where?", responses },
    { id: "why", kind: "text", ask: "Why?", when: [{ question: "support", any: ["1"] }] },
  ],
};
const ids = (/** @type {typeof SCRIPT} */ { questions }) => questions.map(({ id }) => id);

test("an id is made of the first words, is no other's, and never empty", () => {
  assert.equal(idOf("¿Qué le importa?", [], "question"), "que_le_importa");
  assert.equal(idOf("Rent!", ["rent", "rent_2"], "question"), "rent_3");
  assert.equal(idOf("住房", [], "question"), "question");
  assert.equal(idOf("x".repeat(90), [], "q").length, 40);
});

test("every kind that can be added can be asked: it has what belongs to it", () => {
  const all = /** @type {const} */ (["choice", "many", "scale", "text", "number", "date", "say"]);
  const full = all.reduce((script, kind) => added(script, kind), SCRIPT);
  assert.equal(new Set(ids(full)).size, ids(full).length);
  const [choice, many, scale] = full.questions.slice(2);
  assert.equal(choice?.responses?.length, 2);
  assert.equal(many?.responses?.length, 2);
  assert.deepEqual([scale?.least, scale?.most], [0, 10]);
});

test("a question of another kind keeps nothing of the old one that the new cannot have", () => {
  const choice = { id: "a", kind: "choice", ask: "?", responses, part: "promise" };
  assert.deepEqual(shaped(choice, "text"), { id: "a", kind: "text", ask: "?", part: "promise" });
  assert.deepEqual(shaped(choice, "say"), { id: "a", kind: "say", ask: "?" });
  assert.deepEqual(shaped(choice, "many").responses, responses);
});

test("a condition goes with what it waits for: gone, later, or no longer offered", () => {
  const [, why] = removed(SCRIPT, "support").questions.concat(SCRIPT.questions);
  assert.equal(removed(SCRIPT, "support").questions[0]?.when, undefined);
  assert.equal(moved(SCRIPT, "why", -1).questions[0]?.when, undefined);
  const fewer = changed(SCRIPT, "support", { responses: responses.slice(1) });
  assert.equal(fewer.questions[1]?.when, undefined);
  const text = changed(SCRIPT, "support", { kind: "text", responses: undefined });
  assert.equal(text.questions[1]?.when, undefined);
  assert.deepEqual(whole(SCRIPT).questions[1]?.when, SCRIPT.questions[1]?.when);
  assert.ok(why);
});

test("what is moved past an end stays, and the old script is as it was", () => {
  assert.equal(moved(SCRIPT, "support", -1), SCRIPT);
  assert.deepEqual(ids(moved(SCRIPT, "support", 1)), ["why", "support"]);
  assert.deepEqual(ids(SCRIPT), ["support", "why"]);
});

test("a translation is put in, and is gone without a trace when its last word is", () => {
  const spanish = translated(SCRIPT, ["es", "questions", "support", "responses", "1"], "A favor");
  assert.equal(spanish.translations?.es.questions.support.responses[1], "A favor");
  const none = translated(spanish, ["es", "questions", "support", "responses", "1"], " ");
  assert.equal(none.translations, undefined);
});

test("what is saved has no blank titles and no words for what is no longer asked", () => {
  const said = translated(SCRIPT, ["es", "questions", "why", "ask"], "¿Por qué?");
  const more = translated(said, ["es", "questions", "support", "responses", "5"], "En contra");
  const less = removed(
    changed(more, "support", { responses: responses.slice(0, 1), title: " " }),
    "why",
  );
  const saved = tidied({ ...less, id: "rent-00000000" });
  assert.deepEqual(Object.keys(saved).sort(), ["name", "opening", "questions", "translations"]);
  assert.ok(!("title" in (saved.questions[0] ?? {})));
  assert.deepEqual(saved.translations?.es.questions, { support: {} });
});
