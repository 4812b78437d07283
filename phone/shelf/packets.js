// @ts-check
/**
 * The packets on this phone, and the way they leave it. Their doors lie under a key
 * (lock.js) that leaves with them.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").Packet} Packet
 * @typedef {import("./shelf.js").PacketRow} PacketRow
 * @typedef {{
 *   format: number, packet: string, code: string, chapter: string,
 *   turf: {
 *     name: string, doors: number, metres: number, pace?: { door: number, metres: number },
 *   },
 *   expires: string,
 *   script: import("../core/script.js").Script,
 *   scripts?: import("../core/script.js").Script[],
 *   buildings?: Record<string, Record<string, string>>,
 *   log?: import("../core/turf.js").Received[],
 *   canvassers?: { device: string, name: string }[],
 *   stops: import("../core/turf.js").Stop[],
 *   streets: object, time?: number, seal?: import("./lock.js").Seal,
 * }} Bundle as contract/bundle.schema.json has it
 */

import { lock, unlock } from "./lock.js";
import { NotSaved } from "./shelf.js";

/** A packet cannot leave while entries of it have not been sent. */
export class StillUnsent extends Error {
  /** @param {number} count */
  constructor(count) {
    super(`${count} not sent`);
    this.count = count;
  }
}

/**
 * @param {Shelf} shelf
 * @returns {Promise<Packet[]>}
 */
export async function packets(shelf) {
  const rows = await shelf.read(["packets"], (reading) => reading.objectStore("packets").getAll());
  return Promise.all(
    rows.map(async (held) => {
      const { id, token, name, code, ended } = held;
      const bundle = await inside(shelf, held);
      return { id, token, name, code, ended, bundle, expires: held.expires ?? null };
    }),
  );
}

/**
 * Put a packet on the shelf, or a newer bundle or token in the place of an older one.
 *
 * @param {Shelf} shelf
 * @param {{ token: string, bundle: Bundle, name: string }} claimed
 */
export async function keep(shelf, { token, bundle, name }) {
  await put(shelf, bundle, (_, locked) => ({ id: bundle.packet, token, name, ...locked }));
  await shelf.write(["meta"], (writing) => writing.objectStore("meta").put(name, "name"));
}

/**
 * Put the latest bundle in the place of the one we have.
 *
 * @param {Shelf} shelf
 * @param {string} id
 * @param {Bundle} bundle
 */
export async function refresh(shelf, id, bundle) {
  await put(shelf, { ...bundle, packet: id }, (held, locked) =>
    held ? { id, token: held.token, name: held.name, ...locked } : null,
  );
}

/**
 * A packet is out of hand: its doors and people leave the phone, and what we wrote down
 * can be read here no longer. Its token stays until all of that is sent.
 *
 * @param {Shelf} shelf
 * @param {string} id
 * @param {string} why
 */
export async function end(shelf, id, why) {
  await shelf.write(["packets", "events", "drafts"], async (writing) => {
    const store = writing.objectStore("packets");
    const held = await store.get(id);
    if (!held) return;
    const { key: _, ...rest } = held;
    await store.put({ ...rest, inside: null, bundle: null, ended: why });
    const events = writing.objectStore("events");
    for (const kept of await events.index("packet").getAll(id)) {
      shelf.opened.delete(kept.id);
      if ("copy" in kept && kept.copy) await events.put({ ...kept, copy: null });
    }
    await dropDrafts(writing, id);
  });
  shelf.opened.delete(id);
}

/**
 * Let the packets go whose time is over.
 *
 * @param {Shelf} shelf
 * @param {number} time of the server, as far as it is known here: see clock.js
 * @param {(id: string) => boolean} [busy] those that somebody is still writing under
 */
export async function expire(shelf, time, busy = () => false) {
  const rows = await shelf.read(["packets"], (reading) => reading.objectStore("packets").getAll());
  for (const { id, expires, ended } of rows) {
    const over = ended === null && expires !== undefined && Date.parse(expires) <= time;
    if (over && !busy(id)) await end(shelf, id, "expired");
  }
}

/**
 * A bundle under its packet's key, which is made if there is none.
 *
 * @param {Shelf} shelf
 * @param {Bundle} bundle
 * @param {(held: PacketRow | undefined, locked: Omit<PacketRow, "id" | "token" | "name">) =>
 *   PacketRow | null} make
 */
async function put(shelf, bundle, make) {
  const { packet: id, code, expires, seal = null } = bundle;
  for (let open = false; ; ) {
    const known = await keyOf(shelf, id);
    const key = known ?? (await shelf.vault.makeKey(open));
    const locked = { code, expires, seal, key, inside: await lock(shelf.vault, key, bundle) };
    try {
      const done = await shelf.write(["packets"], async (writing) => {
        const store = writing.objectStore("packets");
        const held = await store.get(id);
        if (!held?.key !== !known) return false; // another tab made one, or it has just left
        const row = make(held, { ...locked, ended: null });
        if (row) await store.put(row);
        return true;
      });
      if (done) return;
    } catch (problem) {
      const why = problem instanceof NotSaved ? problem.cause : null;
      const keeps = !(why instanceof DOMException && why.name === "DataCloneError");
      if (open || keeps) throw problem;
      open = true; // this browser keeps no key of its own: better one of ours than none
    }
  }
}

/**
 * @param {Shelf} shelf
 * @param {string} id
 */
async function keyOf(shelf, id) {
  const held = await shelf.read(["packets"], (reading) => reading.objectStore("packets").get(id));
  return held?.key;
}

/**
 * @param {Shelf} shelf
 * @param {PacketRow} held
 * @returns {Promise<Bundle | null>}
 */
async function inside(shelf, { id, key, inside: locked, bundle }) {
  if (!key || !locked) return bundle ?? null;
  const last = shelf.opened.get(id);
  if (last?.once === locked.once) return last.bundle;
  const found = await unlock(shelf.vault, key, locked);
  shelf.opened.set(id, { once: locked.once, bundle: found });
  return found;
}

/**
 * @param {import("./shelf.js").Writing} writing
 * @param {string} id
 */
async function dropDrafts(writing, id) {
  const drafts = writing.objectStore("drafts");
  for (const draft of await drafts.getAll()) {
    if (draft.packet === id) await drafts.delete([draft.packet, draft.door]);
  }
}

/**
 * Take a packet and all that was recorded under it off this phone, once all is sent.
 *
 * @param {Shelf} shelf
 * @param {string} id
 * @throws {StillUnsent}
 */
export async function leave(shelf, id) {
  await shelf.write(["packets", "events", "drafts", "meta"], async (writing) => {
    const events = writing.objectStore("events");
    const own = await events.index("packet").getAll(id);
    const due = own.filter((kept) => kept.unsent).length;
    if (due > 0) throw new StillUnsent(due);
    for (const kept of own) await events.delete(kept.id);
    await dropDrafts(writing, id);
    const meta = writing.objectStore("meta");
    const left = Math.max(Number((await meta.get("left")) ?? 0), ...own.map(({ seq }) => seq));
    await meta.put(left, "left");
    await writing.objectStore("packets").delete(id);
    for (const kept of own) shelf.opened.delete(kept.id);
  });
  shelf.opened.delete(id);
}

/**
 * @param {Shelf} shelf
 * @returns {Promise<{ name: string, left: number }>} who canvasses here; the highest
 *   number of an event that left this phone on purpose
 */
export async function about(shelf) {
  return shelf.read(["meta"], async (reading) => {
    const meta = reading.objectStore("meta");
    const [name, left] = [await meta.get("name"), await meta.get("left")];
    return { name: String(name ?? ""), left: Number(left ?? 0) };
  });
}
