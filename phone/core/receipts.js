// @ts-check
/**
 * What a server's answer lets the phone let go of.
 *
 * Only a receipt that names an entry's id and its hash lets that entry go. A status of
 * 200 alone says nothing; a page from a hotel's network says nothing.
 *
 * @typedef {{ id: string, sha256: string, packet: string, event?: object, box?: string }} Due
 *   sha256: of the box, or of the event where it lies open
 * @typedef {{ id: string, sha256: string, status: string, reason: string | null }} Receipt
 * @typedef {{ receipts: Receipt[], high_water: number, missing: number[], time: number | null }}
 *   Reply
 *   time: the server's clock
 */

/** What the server may have done with an event; each means that it is safely kept. */
const SAFE = ["kept", "repeat", "conflict", "quarantined"];

/**
 * The receipts that let an entry of this batch go.
 *
 * @param {readonly { id: string, sha256: string }[]} batch what was sent
 * @param {readonly Receipt[]} receipts what came back
 * @returns {Receipt[]}
 */
export function released(batch, receipts) {
  const sent = new Map(batch.map(({ id, sha256 }) => [id, sha256]));
  return receipts.filter(
    ({ id, sha256, status }) => sent.get(id) === sha256 && SAFE.includes(status),
  );
}

/**
 * The server's answer to a batch, if it is one.
 *
 * @param {unknown} body what the body held, read as JSON
 * @returns {Reply | null} null when it is anything else
 */
export function reply(body) {
  if (!isRecord(body) || !Array.isArray(body.receipts)) return null;
  const receipts = body.receipts.filter(
    (receipt) =>
      isRecord(receipt) &&
      ["id", "sha256", "status"].every((field) => typeof receipt[field] === "string"),
  );
  const water = body.high_water;
  const gaps = Array.isArray(body.missing) ? body.missing : [];
  return {
    receipts,
    high_water: Number.isSafeInteger(water) ? Number(water) : 0,
    missing: gaps.filter((seq) => Number.isSafeInteger(seq) && seq > 0),
    time: Number.isSafeInteger(body.time) ? Number(body.time) : null,
  };
}

/**
 * What to do about the numbers that the server has not seen.
 *
 * A number still waiting here is only late. One that was let go, but that the server no
 * longer has, is sent again. One that is nowhere was lost from this phone's storage.
 *
 * @param {readonly number[]} missing numbers the server lacks, below its high-water mark
 * @param {readonly { seq: number, packet: string, unsent: boolean, status: string | null }[]} here
 * @param {{ packet: string, left: number }} packet left: highest number of a packet
 *   that was left on purpose
 * @returns {{ again: number[], lost: number[] }}
 */
export function gaps(missing, here, { packet, left }) {
  const known = new Map(here.map((entry) => [entry.seq, entry]));
  /** @type {number[]} */
  const again = [];
  /** @type {number[]} */
  const lost = [];
  for (const seq of missing) {
    const entry = known.get(seq);
    if (!entry) {
      if (seq > left) lost.push(seq);
    } else if (!entry.unsent && entry.packet === packet && entry.status === "kept") {
      again.push(seq);
    }
  }
  return { again, lost };
}

/**
 * The outbox cut into batches of one packet each, in order, none too large to be taken.
 *
 * @template {Due} Entry
 * @param {readonly Entry[]} outbox
 * @param {{ most?: number, characters?: number }} [limits]
 * @returns {Entry[][]}
 */
export function batches(outbox, { most = 200, characters = 400_000 } = {}) {
  /** @type {Map<string, { batch: Entry[], size: number }>} */
  const open = new Map();
  /** @type {Entry[][]} */
  const all = [];
  for (const entry of outbox) {
    const size = entry.box?.length ?? JSON.stringify(entry.event).length;
    let last = open.get(entry.packet);
    if (!last || last.batch.length >= most || last.size + size > characters) {
      last = { batch: [], size: 0 };
      open.set(entry.packet, last);
      all.push(last.batch);
    }
    last.batch.push(entry);
    last.size += size;
  }
  return all;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === "object" && value !== null;
}
