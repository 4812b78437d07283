// @ts-check
/**
 * This phone's own events: written once, numbered, and kept after they were sent.
 *
 * An event is on the disk before the canvasser sees it saved. Its number and the event
 * itself are written in one transaction, so that two open tabs never share a number. It
 * lies there sealed (lock.js).
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").Kept} Kept
 * @typedef {import("./shelf.js").Row} Row
 * @typedef {import("../core/event.js").Event} Event
 * @typedef {import("../core/event.js").Stamp} Stamp
 * @typedef {import("../core/receipts.js").Receipt} Receipt
 * @typedef {{
 *   now: () => number,
 *   chance: (bytes: number) => Uint8Array,
 *   sha256: (text: string) => Promise<string>,
 * }} Edge
 *   what the log asks of the device: time, randomness, hashing
 */

import { seal, uuid7 } from "../core/event.js";
import { row, unlock } from "./lock.js";
import { NotSaved } from "./shelf.js";

/** Another tab took the number first; asked again with the next one. */
class Taken extends Error {}

/**
 * Write one event, and take the draft it came from off the shelf. Under a packet that
 * has left this phone, in another tab, nothing is written: it could never be sent.
 *
 * @param {Shelf} shelf
 * @param {Edge} edge
 * @param {(stamp: Stamp) => Event} make
 * @param {string | null} [door] whose draft this event completes
 * @returns {Promise<Kept>} once it is on the disk
 * @throws {NotSaved}
 */
export async function record(shelf, edge, make, door = null) {
  const device = await deviceOf(shelf, edge);
  const at = edge.now();
  const id = uuid7(at, edge.chance(10));
  for (;;) {
    const [last, packets] = await shelf.read(["meta", "packets"], (reading) =>
      Promise.all([
        reading.objectStore("meta").get("seq"),
        reading.objectStore("packets").getAll(),
      ]),
    );
    const seq = Number(last ?? 0) + 1;
    const sealed = await seal(make({ id, device, seq, at }), edge.sha256);
    const { event } = sealed;
    const { packet } = event;
    const before = packets.find((each) => each.id === packet);
    if (!before) throw new NotSaved("left", null);
    const kept = await row(shelf.vault, sealed, before);
    try {
      await shelf.write(["meta", "events", "drafts", "packets"], async (writing) => {
        const held = await writing.objectStore("packets").get(packet);
        if (!held) throw new NotSaved("left", null);
        if ("copy" in kept && !held.key) kept.copy = null; // it ran out in the meantime
        const meta = writing.objectStore("meta");
        if (Number((await meta.get("seq")) ?? 0) + 1 !== seq) throw new Taken();
        await meta.put(seq, "seq");
        await writing.objectStore("events").add(kept);
        if (door !== null) await writing.objectStore("drafts").delete([packet, door]);
      });
      if ("copy" in kept && kept.copy) shelf.opened.set(id, event);
      return { ...entryless(kept), event };
    } catch (problem) {
      if (!(problem instanceof Taken)) throw problem;
    }
  }
}

/**
 * This phone's name in the log: made at the first use, the same ever after.
 *
 * @param {Shelf} shelf
 * @param {Edge} edge
 * @returns {Promise<string>}
 */
export async function deviceOf(shelf, edge) {
  const known = await shelf.read(["meta"], (reading) => reading.objectStore("meta").get("device"));
  if (known !== undefined) return String(known);
  const fresh = uuid7(edge.now(), edge.chance(10));
  return shelf.write(["meta"], async (writing) => {
    const meta = writing.objectStore("meta");
    const other = await meta.get("device"); // another tab may have been first
    if (other !== undefined) return String(other);
    await meta.put(fresh, "device");
    return fresh;
  });
}

/**
 * @param {Shelf} shelf
 * @returns {Promise<number>} the number of the last event written; 0 before the first
 */
export async function lastSeq(shelf) {
  const last = await shelf.read(["meta"], (reading) => reading.objectStore("meta").get("seq"));
  return Number(last ?? 0);
}

/**
 * Never number below what the server has seen: a phone whose storage was put back to an
 * older day goes on after its highest number.
 *
 * @param {Shelf} shelf
 * @param {number} highWater
 */
export async function notBelow(shelf, highWater) {
  if ((await lastSeq(shelf)) >= highWater) return;
  await shelf.write(["meta"], async (writing) => {
    const meta = writing.objectStore("meta");
    if (Number((await meta.get("seq")) ?? 0) < highWater) await meta.put(highWater, "seq");
  });
}

/**
 * What no receipt has named yet, in the order it was written, as it lies on the disk.
 *
 * @param {Shelf} shelf
 * @returns {Promise<Row[]>}
 */
export async function unsent(shelf) {
  const waiting = await shelf.read(["events"], (reading) =>
    reading.objectStore("events").index("unsent").getAll(),
  );
  return waiting.sort((a, b) => a.seq - b.seq);
}

/**
 * Every event of this phone, sent or not, in the order it was written; those of a packet
 * that has left cannot be read.
 *
 * @param {Shelf} shelf
 * @returns {Promise<Kept[]>}
 */
export async function everything(shelf) {
  const [rows, held] = await shelf.read(["events", "packets"], (reading) =>
    Promise.all([
      reading.objectStore("events").index("seq").getAll(),
      reading.objectStore("packets").getAll(),
    ]),
  );
  const keys = new Map(held.map(({ id, key }) => [id, key]));
  return Promise.all(
    rows.map(async (kept) => ({
      ...entryless(kept),
      event: await eventOf(shelf, kept, keys.get(kept.packet)),
    })),
  );
}

/**
 * @param {Shelf} shelf
 * @param {Row} kept
 * @param {import("./vault.js").Key | undefined} key
 * @returns {Promise<Event | null>}
 */
async function eventOf(shelf, kept, key) {
  if (!("box" in kept)) return kept.event;
  if (!key || !kept.copy) return null;
  const event = shelf.opened.get(kept.id) ?? (await unlock(shelf.vault, key, kept.copy));
  shelf.opened.set(kept.id, event);
  return event;
}

/**
 * What is known of a row without opening it.
 *
 * @param {Row} kept
 */
function entryless({ id, seq, packet, sha256, unsent, status, reason }) {
  return { id, seq, packet, sha256, ...(unsent && { unsent }), status, reason };
}

/**
 * Let entries go that receipts have named: they stay to be read, and are no longer due.
 *
 * @param {Shelf} shelf
 * @param {readonly Receipt[]} receipts
 */
export async function letGo(shelf, receipts) {
  if (receipts.length === 0) return;
  await shelf.write(["events"], async (writing) => {
    const events = writing.objectStore("events");
    for (const { id, sha256, status, reason } of receipts) {
      const kept = await events.get(id);
      if (kept?.sha256 !== sha256) continue;
      const { unsent: _, ...sent } = kept;
      await events.put({ ...sent, status, reason });
    }
  });
}

/**
 * Make entries due again that the server has lost.
 *
 * @param {Shelf} shelf
 * @param {readonly number[]} seqs
 */
export async function sendAgain(shelf, seqs) {
  if (seqs.length === 0) return;
  await shelf.write(["events"], async (writing) => {
    const events = writing.objectStore("events");
    for (const seq of seqs) {
      const kept = await events.index("seq").get(seq);
      if (kept) await events.put({ ...kept, unsent: 1 });
    }
  });
}
