// @ts-check
/**
 * What releases before 0.2 left lying open on a phone is locked away and sealed.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").PacketRow} PacketRow
 * @typedef {import("./lock.js").OpenRow} OpenRow
 */

import { hold } from "./drafts.js";
import { row } from "./lock.js";
import { refresh } from "./packets.js";

/**
 * Safe to repeat, and to be killed in the middle: each row is whole before or after.
 *
 * @param {Shelf} shelf
 */
export async function harden(shelf) {
  const before = await shelf.read(["packets"], (reading) =>
    reading.objectStore("packets").getAll(),
  );
  for (const { id, bundle } of before) if (bundle) await refresh(shelf, id, bundle);
  const [packets, events, drafts] = await shelf.read(["packets", "events", "drafts"], (reading) =>
    Promise.all([
      reading.objectStore("packets").getAll(),
      reading.objectStore("events").getAll(),
      reading.objectStore("drafts").getAll(),
    ]),
  );
  for (const draft of drafts) if (!("inside" in draft)) await hold(shelf, draft);
  for (const kept of events) {
    const held = packets.find(({ id }) => id === kept.packet);
    if ("event" in kept && held) await shut(shelf, kept, held);
  }
}

/**
 * One event that lies open: sealed where the chapter's key is known, to be sent again
 * under its box's own hash if no receipt has named it yet.
 *
 * @param {Shelf} shelf
 * @param {OpenRow} kept
 * @param {PacketRow} held
 */
async function shut(shelf, kept, held) {
  const { event, sha256, unsent, status, reason } = kept;
  const { unsent: _, ...fresh } = await row(shelf.vault, { event, sha256 }, held);
  if (!("box" in fresh)) return;
  await shelf.write(["events"], async (writing) => {
    const events = writing.objectStore("events");
    const now = await events.get(kept.id);
    if (!now || !("event" in now) || now.unsent !== unsent) return;
    await events.put({ ...fresh, ...(unsent && { unsent }), status, reason });
  });
}
