// @ts-check
/**
 * The conversation log: what holds, given every event so far.
 *
 * The same rules live in src/groundgame/canvass; both are held to
 * contract/standing/cases.json. A fold: the same events in any order, however often
 * repeated, give the same answer. This file knows no browser, no storage and no clock.
 *
 * @typedef {import("./event.js").Event} Event
 * @typedef {import("./event.js").Conversation} Conversation
 * @typedef {{ event: Event, position: number | null }} Entry
 *   position: place in the server's order of receipt; null while only this phone has it
 */

/**
 * Every event once, in the order that counts: received ones as the server received
 * them, then this phone's own by their number.
 *
 * @param {readonly Entry[]} entries
 * @returns {Entry[]}
 */
export function ordered(entries) {
  const once = new Map();
  for (const entry of [...entries].sort(compare)) {
    if (!once.has(entry.event.id)) once.set(entry.event.id, entry);
  }
  return [...once.values()];
}

/**
 * The conversations that hold: not withdrawn, oldest first. A withdrawal reaches a
 * conversation of its own packet only, and may arrive first.
 *
 * @param {readonly Entry[]} entries
 * @returns {Conversation[]}
 */
export function holding(entries) {
  return standingEvents(entries).filter((event) => event.kind === "conversation");
}

/**
 * What holds of how to get into each building, field by field: the latest word about it;
 * an empty one takes it back.
 *
 * @param {readonly Entry[]} entries
 * @param {Record<string, Record<string, string>>} [before] what held earlier
 * @returns {Record<string, Record<string, string>>} by building
 */
export function access(entries, before = {}) {
  const found = new Map(Object.entries(before));
  for (const event of standingEvents(entries)) {
    if (event.kind !== "access") continue;
    found.set(event.building, { ...found.get(event.building), ...event.says });
  }
  const full = [...found].map(([building, says]) => [
    building,
    Object.fromEntries(Object.entries(says).filter(([, text]) => text !== "")),
  ]);
  return Object.fromEntries(full.filter(([, says]) => Object.keys(says).length > 0));
}

/**
 * The events that no withdrawal names, in the order that counts.
 *
 * @param {readonly Entry[]} entries
 * @returns {Event[]}
 */
function standingEvents(entries) {
  const events = ordered(entries).map(({ event }) => event);
  const withdrawn = new Set();
  for (const event of events) {
    if (event.kind === "withdrawal") withdrawn.add(`${event.packet} ${event.of}`);
  }
  return events.filter(({ packet, id }) => !withdrawn.has(`${packet} ${id}`));
}

/**
 * The answer that stands for each question put to each person.
 *
 * @param {readonly Entry[]} entries
 * @returns {{ person: string, question: string, answer: string }[]} by person and question
 */
export function standing(entries) {
  const stands = new Map();
  for (const { person, answers } of holding(entries)) {
    if (person === null) continue;
    for (const [question, answer] of Object.entries(answers)) {
      stands.set(JSON.stringify([person, question]), { person, question, answer });
    }
  }
  return [...stands.keys()].sort().map((key) => stands.get(key));
}

/**
 * The conversation that gives each door its state: the latest one that holds.
 *
 * @param {readonly Entry[]} entries
 * @returns {Map<string, Conversation>} by door
 */
export function doors(entries) {
  return new Map(holding(entries).map((event) => [event.door, event]));
}

/**
 * @param {Entry} a
 * @param {Entry} b
 * @returns {number}
 */
function compare(a, b) {
  const places = (a.position ?? Infinity) - (b.position ?? Infinity);
  if (places) return places; // NaN when neither has a place: then by number
  if (a.event.seq !== b.event.seq) return a.event.seq - b.event.seq;
  return a.event.id < b.event.id ? -1 : Number(a.event.id > b.event.id);
}
