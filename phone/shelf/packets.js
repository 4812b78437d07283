// @ts-check
/**
 * The packets on this phone, and the way they leave it.
 *
 * @typedef {import("./shelf.js").Shelf} Shelf
 * @typedef {import("./shelf.js").Packet} Packet
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
 *   streets: object,
 * }} Bundle as contract/bundle.schema.json has it
 */

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
  return shelf.read(["packets"], (reading) => reading.objectStore("packets").getAll());
}

/**
 * Put a packet on the shelf, or a newer bundle or token in the place of an older one.
 *
 * @param {Shelf} shelf
 * @param {{ token: string, bundle: Bundle, name: string }} claimed
 */
export async function keep(shelf, { token, bundle, name }) {
  const { packet: id, code } = bundle;
  await shelf.write(["packets", "meta"], async (writing) => {
    await writing.objectStore("packets").put({ id, token, name, code, bundle, ended: null });
    await writing.objectStore("meta").put(name, "name");
  });
}

/**
 * Put the latest bundle in the place of the one we have.
 *
 * @param {Shelf} shelf
 * @param {string} id
 * @param {Bundle} bundle
 */
export async function refresh(shelf, id, bundle) {
  await change(shelf, id, (packet) => ({ ...packet, bundle, ended: null }));
}

/**
 * A packet is out of hand. Its doors and people leave the phone; its token stays until
 * all that was recorded under it is sent.
 *
 * @param {Shelf} shelf
 * @param {string} id
 * @param {string} why
 */
export async function end(shelf, id, why) {
  await change(shelf, id, (packet) => ({ ...packet, bundle: null, ended: why }));
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
    const drafts = writing.objectStore("drafts");
    for (const draft of await drafts.getAll()) {
      if (draft.packet === id) await drafts.delete([draft.packet, draft.door]);
    }
    const meta = writing.objectStore("meta");
    const left = Math.max(Number((await meta.get("left")) ?? 0), ...own.map(({ seq }) => seq));
    await meta.put(left, "left");
    await writing.objectStore("packets").delete(id);
  });
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

/**
 * @param {Shelf} shelf
 * @param {string} id
 * @param {(packet: Packet) => Packet} changed
 */
async function change(shelf, id, changed) {
  await shelf.write(["packets"], async (writing) => {
    const store = writing.objectStore("packets");
    const packet = await store.get(id);
    if (packet) await store.put(changed(packet));
  });
}
