// @ts-check
/**
 * The app's own rules of proportion.
 */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { read, write } from "../view/route.js";

const WORDS = JSON.parse(readFileSync(new URL("../view/words.json", import.meta.url), "utf8"));
const HOUSE = fileURLToPath(new URL("../../", import.meta.url));
const PHONE = join(HOUSE, "phone");
const files = readdirSync(PHONE, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".js"))
  .map((file) => join(PHONE, file));

test("no file of the app is longer than 250 lines", () => {
  for (const file of files) {
    assert.ok(readFileSync(file, "utf8").split("\n").length <= 251, file);
  }
});

test("every module says that it is checked, and then what it is for", () => {
  for (const file of files.filter((file) => !file.endsWith(".test.js"))) {
    assert.match(readFileSync(file, "utf8"), /^\/\/ @ts-check\n\/\*\*\n \* \S/, file);
  }
});

test("everything that is imported is there to be served, vendor files included", () => {
  for (const file of files.filter((file) => !file.includes("/test/"))) {
    for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from|= ) ?"(\.[^"]+\.m?js)"/g)) {
      assert.ok(existsSync(resolve(dirname(file), path)), `${file} imports ${path}`);
    }
  }
});

test("every language says everything that English says", () => {
  const english = Object.keys(WORDS.en).sort();
  for (const words of Object.values(WORDS)) assert.deepEqual(Object.keys(words).sort(), english);
});

test("every language fills in what English fills in, and has words of its own", () => {
  const english = WORDS.en;
  const holes = (/** @type {unknown} */ words) =>
    [...new Set(JSON.stringify(words).match(/\{\w+\}/g))].sort();
  const same = new Set(["app", "door.before.by", "time.minutes", "time.hours"]);
  for (const [language, words] of Object.entries(WORDS)) {
    for (const [key, said] of Object.entries(words)) {
      assert.deepEqual(holes(said), holes(english[key]), `${language}: ${key}`);
      if (language !== "en" && !same.has(key)) assert.notDeepEqual(said, english[key], key);
    }
  }
});

test("every word of the catalogue is used", () => {
  const app = files.filter((file) => !file.includes("/test/"));
  const text = app.map((file) => readFileSync(file, "utf8")).join("\n");
  const families = /^(refusal|status|state|map|notsaved|result|door|part|access|shift)\./;
  for (const key of Object.keys(WORDS.en)) {
    if (!families.test(key)) assert.ok(text.includes(`"${key}"`), `"${key}" is never said`);
  }
});

test("an address leads back to the screen that wrote it", () => {
  /** @type {import("../view/route.js").Route[]} */
  const routes = [
    { screen: "door", packet: "p", door: "a/b #1%" },
    { screen: "turf", packet: "p", door: null },
    { screen: "more", packet: null, door: null },
  ];
  for (const route of routes) assert.deepEqual(read(write(route)), route);
  assert.deepEqual(read("#/nowhere/%E0%A4%A"), { screen: "turf", packet: null, door: null });
});
