// @ts-check
/**
 * Events of the conversation log, as this phone makes them.
 *
 * An event is made once and never changed. Its shape is contract/event.schema.json; its
 * SHA-256 is over its canonical form, so the server and the phone name the same content
 * by the same hash. Chance, time and the hash function come in as arguments.
 *
 * @typedef {{
 *   id: string, device: string, seq: number, packet: string, at: number,
 *   kind: "conversation", door: string, person: string | null, result: string,
 *   script: string, answers: Record<string, string>, note: string,
 *   language?: string, again?: string, added?: Added,
 * }} Conversation
 *   language: spoken there, where ours was not enough; again: when to come back
 * @typedef {{ name: string, age?: number }} Added somebody who was not on the list
 * @typedef {{
 *   id: string, device: string, seq: number, packet: string, at: number,
 *   kind: "withdrawal", of: string,
 * }} Withdrawal
 * @typedef {{
 *   id: string, device: string, seq: number, packet: string, at: number,
 *   kind: "access", building: string, says: Record<string, string>,
 * }} Access how to get into a building
 * @typedef {{
 *   id: string, device: string, seq: number, packet: string, at: number,
 *   kind: "shift", what: What,
 * }} Shift
 * @typedef {"start" | "pause" | "resume" | "hand" | "end"} What
 * @typedef {Conversation | Withdrawal | Access | Shift} Event
 * @typedef {{ event: Event, sha256: string }} Sealed
 * @typedef {{ id: string, device: string, seq: number, at: number }} Stamp
 * @typedef {{
 *   packet: string, door: string, person: string | null, result: string,
 *   script: string, answers: Record<string, string>, note: string,
 *   language?: string, again?: string, added?: Added,
 * }} Said
 */

import canonicalize from "../../vendor/canonicalize.js";

/** The longest note and the longest answer the log takes, in characters. */
export const NOTE_LENGTH = 2000;
export const ANSWER_LENGTH = 500;
export const NAME_LENGTH = 100;
export const ACCESS_LENGTH = 200;

const LATEST = 2 ** 48 - 1;

/**
 * A UUID of version 7: sorted by the time it was made, as far as the clock can be trusted.
 *
 * @param {number} at milliseconds since 1970; a clock before 1970 counts as 1970
 * @param {Uint8Array} chance ten random bytes
 * @returns {string}
 */
export function uuid7(at, chance) {
  if (chance.length < 10)
    throw new RangeError(`a UUID takes 10 random bytes, not ${chance.length}`);
  const time = Math.min(LATEST, Math.max(0, Math.trunc(at) || 0));
  const head = time.toString(16).padStart(12, "0");
  const bytes = [...chance.subarray(0, 10)];
  bytes[0] = 0x70 | (bytes[0] & 0x0f);
  bytes[2] = 0x80 | (bytes[2] & 0x3f);
  const tail = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const hex = head + tail;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}

/**
 * One attempt at a door, and all that was recorded in it.
 *
 * @param {Stamp} stamp
 * @param {Said} said
 * @returns {Conversation}
 */
export function conversation({ id, device, seq, at }, said) {
  const answers = Object.fromEntries(
    Object.entries(said.answers).map(([question, answer]) => [
      question,
      clean(answer, ANSWER_LENGTH),
    ]),
  );
  return {
    ...{ id, device, seq, at: claimed(at), kind: "conversation" },
    packet: said.packet,
    door: said.door,
    person: said.person,
    result: said.result,
    script: said.script,
    answers,
    note: clean(said.note, NOTE_LENGTH),
    ...(said.language && { language: said.language }),
    ...(said.again && { again: said.again }),
    ...(said.added && { added: { ...said.added, name: clean(said.added.name, NAME_LENGTH) } }),
  };
}

/**
 * What was found out about getting into a building.
 *
 * @param {Stamp} stamp
 * @param {{ packet: string, building: string, says: Record<string, string> }} found
 * @returns {Access}
 */
export function access({ id, device, seq, at }, { packet, building, says }) {
  const clear = Object.entries(says).map(([name, text]) => [name, clean(text, ACCESS_LENGTH)]);
  return {
    ...{ id, device, seq, at: claimed(at), kind: "access" },
    ...{ packet, building, says: Object.fromEntries(clear) },
  };
}

/**
 * A canvasser's time begins, stops for a while, or ends.
 *
 * @param {Stamp} stamp
 * @param {{ packet: string, what: What }} time
 * @returns {Shift}
 */
export function shift({ id, device, seq, at }, { packet, what }) {
  return { ...{ id, device, seq, at: claimed(at), kind: "shift" }, packet, what };
}

/**
 * Takes one conversation back. The conversation stays in the log; it no longer holds.
 *
 * @param {Stamp} stamp
 * @param {{ id: string, packet: string }} withdrawn
 * @returns {Withdrawal}
 */
export function withdrawal({ id, device, seq, at }, withdrawn) {
  return {
    ...{ id, device, seq, at: claimed(at), kind: "withdrawal" },
    packet: withdrawn.packet,
    of: withdrawn.id,
  };
}

/**
 * The event with the hash of its canonical form.
 *
 * @param {Event} event
 * @param {(text: string) => Promise<string>} sha256 lower hex over UTF-8
 * @returns {Promise<Sealed>}
 */
export async function seal(event, sha256) {
  return { event, sha256: await sha256(canonicalize(event)) };
}

/**
 * What was typed, as every store and every language can hold it.
 *
 * Half of a character (a phone's keyboard can leave one behind) becomes the replacement
 * character; control characters go, line breaks stay; what is too long is cut.
 *
 * @param {string} text
 * @param {number} most characters
 * @returns {string}
 */
export function clean(text, most) {
  const whole = text
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/(?![\n\t])\p{Control}/gu, "")
    .trim();
  return [...whole].slice(0, most).join("");
}

/**
 * The clock's claim as a whole number that the log can hold.
 *
 * @param {number} at
 * @returns {number}
 */
function claimed(at) {
  const most = Number.MAX_SAFE_INTEGER;
  return Math.min(most, Math.max(-most, Math.trunc(at) || 0));
}
