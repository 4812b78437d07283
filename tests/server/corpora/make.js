// @ts-check
/**
 * Write an outbox as this release's phones send it, for later servers to be held to:
 *
 *   node tests/server/corpora/make.js open > tests/server/corpora/0.1-plain/shift.json
 *   node tests/server/corpora/make.js sealed > tests/server/corpora/0.2-sealed/shift.json
 *
 * Once a release is out its file is never made again: phones in drawers do not change.
 */

import { access, conversation, seal, shift, withdrawal } from "../../../phone/core/event.js";
import { entry, row } from "../../../phone/shelf/lock.js";
import { VAULT } from "../../../phone/shelf/vault.js";
import { SEAL } from "../../../phone/test/chapter.js";

const packet = "00000000-0000-4000-8000-00000000c0de";
const devices = [1, 2].map((n) => `018f0000-0000-7000-8000-0000000c0d0${n}`);
const MIDNIGHT = 1_793_998_800_000;
const CLOCKS = [MIDNIGHT, 0, -86_400_000, 2_145_916_800_000];

/** @type {Record<string, number>} */
const numbers = {};
const stamp = (/** @type {string} */ device) => {
  const seq = (numbers[device] ?? 0) + 1;
  numbers[device] = seq;
  const id = `018f0000-00${String(seq).padStart(2, "0")}-7000-8000-${device.slice(-12)}`;
  return { id, device, seq, at: CLOCKS[seq % CLOCKS.length] + seq };
};

/** @param {string} device */
function evening(device) {
  const said = (/** @type {object} */ other) =>
    conversation(stamp(device), {
      ...{ packet, door: "elm-door-1", person: null, result: "not_home", script: "listening-1" },
      ...{ answers: {}, note: "", ...other },
    });
  const what = (/** @type {import("../../../phone/core/event.js").What} */ each) =>
    shift(stamp(device), { packet, what: each });
  const wrong = said({ person: "elm:elm-2-1", door: "elm-door-2", result: "refused" });
  return [
    what("start"),
    said({}),
    said({
      ...{ person: "elm:elm-1-1", result: "canvassed", note: "Dice que sí, “quizás” 🏠\ttab" },
      answers: { support: "2", issues: "rent,buses", é: "", feeling: "7", back: "2026-11-05" },
    }),
    wrong,
    withdrawal(stamp(device), wrong),
    said({ door: "elm-door-2", result: "come_back", again: "2026-11-05T18:30" }),
    said({ door: "elm-door-3", result: "language_barrier", language: "pt-BR" }),
    said({
      ...{ door: "elm-door-3", result: "canvassed", note: "half \ud83d of a face" },
      person: `new:018f0000-0000-7000-8000-${device.slice(-12)}`,
      added: { name: "Ada Quill", age: 44 },
    }),
    access(stamp(device), { packet, building: "elm-door-1", says: { buzzer: "#12 then 4" } }),
    what("pause"),
    what("resume"),
    said({ door: "elm-door-4", result: "do_not_contact", person: "elm:elm-4-1" }),
    what("hand"),
    what("end"),
  ];
}

const sealed = process.argv[2] === "sealed";
const batches = [];
const holds = [];
for (const device of devices) {
  const events = [];
  for (const event of evening(device)) {
    const whole = await seal(event, VAULT.sha256);
    holds.push(event);
    events.push(sealed ? entry(await row(VAULT, whole, { seal: SEAL })) : whole);
  }
  batches.push({ device, events });
}
process.stdout.write(`${JSON.stringify({ packet, batches, holds }, null, 1)}\n`);
