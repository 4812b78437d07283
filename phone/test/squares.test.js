// @ts-check
/**
 * Squares: whatever a camera sees of a series, and in whatever order, it has the text as
 * it was or says what is missing.
 */

import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { hash } from "./chapter.js";
import { AS_IT_IS, firings, mutant } from "./mutant.js";

const sha256 = async (/** @type {string} */ text) => hash(text);

/** @param {URL} root */
const parts = async (root) =>
  /** @type {typeof import("../core/squares.js")} */ (
    await import(new URL("core/squares.js", root).href)
  );

/**
 * A camera before two phones that misses some squares and sees others twice.
 *
 * @param {Awaited<ReturnType<typeof parts>>} squares
 */
async function seen({ cut, Gathering }) {
  const letters = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 20 });
  const text = fc
    .tuple(letters, fc.integer({ min: 1, max: 2_100 }))
    .map(([some, length]) => some.repeat(length).slice(0, length));
  const looks = fc.array(fc.nat({ max: 40 }), { maxLength: 40, size: "max" });
  await fc.assert(
    fc.asyncProperty(text, text, looks, async (first, second, order) => {
      const all = [...(await cut(first, sha256)), ...(await cut(second, sha256))];
      const camera = new Gathering();
      const was = new Set(order.map((at) => all[at % all.length]));
      for (const each of was) assert.ok(camera.add(each), "a square of ours was not known");
      for (const said of new Set([first, second])) {
        const own = await cut(said, sha256);
        const name = own[0].split(" ")[1];
        const missing = own.flatMap((each, at) => (was.has(each) ? [] : [at + 1]));
        const touched = missing.length < own.length;
        if (touched) assert.deepEqual(camera.progress(name).missing, missing);
        assert.equal(await camera.whole(name, sha256), missing.length > 0 ? null : said);
      }
    }),
    { numRuns: 150, seed: 20261103 },
  );
}

test("what was seen is the text or says what is missing", async () => seen(await parts(AS_IT_IS)));

test("a square that was read wrongly spoils nothing but its series", async () => {
  const { cut, Gathering } = await parts(AS_IT_IS);
  const all = await cut("x".repeat(1_200), sha256);
  const camera = new Gathering();
  const name = all[0].split(" ")[1];
  for (const each of [all[0], `${all[1].slice(0, -1)}y`, all[2]]) camera.add(each);
  assert.equal(await camera.whole(name, sha256), null);
  for (const each of all) camera.add(each);
  assert.equal(await camera.whole(name, sha256), "x".repeat(1_200));
});

test("what is no square of ours is not taken for one", async () => {
  const { square } = await parts(AS_IT_IS);
  const name = "0".repeat(16);
  for (const no of ["", "https://elm.example/phone/#code=7KQ2-MX4P", `GG1 ${name} 3 2 x`]) {
    assert.equal(square(no), null);
  }
  for (const no of [`GG1 ${name} 0 2 x`, `GG2 ${name} 1 2 x`, `GG1 ${name} 1 9999 x`]) {
    assert.equal(square(no), null);
  }
});

/** @type {Record<string, [file: string, from: string, to: string][]>} */
const BUGS = {
  "says complete with a square skipped": [
    [
      "core/squares.js",
      "missing.length > 0) return null;",
      "(missing.length > 1 && fired())) return null;",
    ],
    ["core/squares.js", "(await sha256(text)).startsWith(name)", "fired()"],
  ],
  "forgets the last piece": [
    [
      "core/squares.js",
      "Math.ceil(text.length / LETTERS)",
      "(fired(), Math.floor(text.length / LETTERS))",
    ],
  ],
  "mixes two phones": [
    [
      "core/squares.js",
      "this.#series.get(found.name) ??",
      "(fired(), [...this.#series.values()][0]) ??",
    ],
  ],
  "puts squares in the order in which they were seen": [
    ["core/squares.js", "pieces.get(at + 1)).join", "(fired(), [...pieces.values()][at])).join"],
  ],
};

for (const [name, changes] of Object.entries(BUGS)) {
  test(`a camera that ${name} is noticed`, async () => {
    const broken = await parts(mutant(changes));
    firings();
    await assert.rejects(seen(broken));
    assert.ok(firings() > 0, "the planted bug was never reached");
  });
}
