// @ts-check
/**
 * Many phones at once: the app's own code over real HTTP, against a server that is killed
 * again and again, with some of its answers thrown away.
 *
 *   node tests/killed/phones.js URL CODE PHONES EVENTS BURST
 *
 * Each phone saves so many events, some at a time, and sends what it can; each answer that
 * reaches it is a line of JSON, the ids that its receipts name. Once standard input is
 * closed, the server stays up: whoever saves without end ("Infinity") stops, and each
 * phone sends until nothing waits. Then a last line says what was seen saved, by id, and
 * what the network was like.
 */

import { createHash, randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { AS_IT_IS } from "../../phone/test/mutant.js";
import { app } from "../model/app.js";
import { Disk, Life } from "../model/disk.js";

const THROWN_AWAY = 0.15;
const [url, code] = process.argv.slice(2);
const [phones, events, burst] = process.argv.slice(4).map(Number);
const parts = await app(AS_IT_IS);
const { claim, postEvents } = await import("../../phone/sync/api.js");
const network = { asked: 0, broken: 0, thrown: 0, repeats: 0 };
/** @type {Record<string, string>} */
const saved = {};
let over = false;
process.stdin.on("end", () => (over = true)).resume();

const reach = globalThis.fetch;
globalThis.fetch = async (path, options) => {
  network.asked += 1;
  try {
    const answer = await reach(`${url}${path}`, options);
    if (Math.random() > THROWN_AWAY || over) return answer;
    await answer.text();
  } catch (problem) {
    network.broken += 1;
    throw problem;
  }
  network.thrown += 1;
  throw new TypeError("the answer was thrown away");
};

const edge = {
  now: () => Date.now(),
  chance: (/** @type {number} */ count) => new Uint8Array(randomBytes(count)),
  sha256: async (/** @type {string} */ text) => createHash("sha256").update(text).digest("hex"),
};

/** @param {unknown} what */
const tell = (what) => writeSync(process.stdout.fd, `${JSON.stringify(what)}\n`);

/**
 * Load the packet, however often it takes.
 *
 * @param {any} shelf
 */
async function load(shelf) {
  const device = await parts.deviceOf(shelf, edge);
  for (;;) {
    const claimed = await claim({ code, device, name: "Ana" });
    if (typeof claimed !== "string") {
      await parts.keep(shelf, { ...claimed, name: "Ana" });
      return claimed.bundle;
    }
    await sleep(200);
  }
}

/**
 * How long a phone may wait until it sends again: longer where nobody answered, so that
 * a server that starts again is not starved by a hundred phones beside it.
 *
 * @param {{ trouble: string | null }} outcome
 */
const patience = ({ trouble }) => (trouble === null ? 300 : 1500);

/** @param {number} number */
async function phone(number) {
  const shelf = parts.shelf("groundgame", new Disk().opener(new Life()));
  const { packet, stops, script } = await load(shelf);
  const send = parts.sender(shelf, async (token, body) => {
    const answer = await postEvents(token, body);
    const receipts = /** @type {any} */ (answer.body)?.receipts ?? [];
    for (const { status } of receipts) if (status === "repeat") network.repeats += 1;
    if (receipts.length > 0) tell(receipts.map((/** @type {any} */ { id }) => id));
    return answer;
  });
  let made = 0;
  while (made < events && !(over && events === Infinity)) {
    for (const end = Math.min(made + burst, events); made < end; made += 1) {
      const { door, people } = stops[(number + made) % stops.length];
      const person = people[0]?.id ?? null;
      const note = `phone ${number}, conversation ${made}`;
      const said = { packet, door, person, result: "canvassed", script: script.id, answers: {} };
      const kept = await parts.record(shelf, edge, (stamp) =>
        parts.conversation(stamp, { ...said, note }),
      );
      saved[kept.id] = (await parts.seal(kept.event, edge.sha256)).sha256;
    }
    await sleep(Math.random() * patience(await send()));
  }
  while (!over || (await parts.unsent(shelf)).length > 0) {
    await sleep(100 + Math.random() * patience(await send()));
  }
}

await Promise.all(Array.from({ length: phones }, (_, number) => phone(number)));
tell({ saved, ...network });
process.exit(0);
