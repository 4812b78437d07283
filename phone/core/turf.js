// @ts-check
/**
 * A turf as it is walked: stops by street and building, what is left, which door is next.
 *
 * @typedef {{ id: string, name: string, age: number | null, party: string | null }} Person
 * @typedef {{
 *   position: number, door: string, building: string, number: string | null,
 *   street: string, unit: string | null, city: string | null, address: string,
 *   lon: number, lat: number, people: Person[],
 *   script?: string, before?: Before[],
 * }} Stop
 *   script: of this door, if it is another one than the packet's; before: what was said
 *   here under other packets, latest first
 * @typedef {{
 *   day: string, by: string, person: string | null, result: string,
 *   answers: { ask: string, answer: string }[], note: string,
 * }} Before
 * @typedef {{ event: import("./event.js").Event, position: number }} Received
 * @typedef {{ building: string, stops: Stop[] }} Building
 * @typedef {{ street: string, buildings: Building[] }} Stretch
 * @typedef {"left" | "again" | "done"} State
 *   left: nobody has knocked; again: knocked, worth another visit; done: no need to return
 * @typedef {import("./event.js").Conversation} Conversation
 * @typedef {ReadonlyMap<string, Conversation>} Doors
 * @typedef {(conversation: Conversation) => import("./results.js").Result} Ends
 *   what the result of a conversation means: scripts may have codes of their own
 */

import { result } from "./results.js";

const METRES_A_DEGREE = 111_320;

/** @type {Ends} */
const plain = (conversation) => result(conversation.result);

/**
 * The stops in walking order, cut wherever the walk turns into another street.
 *
 * @param {readonly Stop[]} stops
 * @returns {Stretch[]}
 */
export function stretches(stops) {
  /** @type {Stretch[]} */
  const walk = [];
  for (const stop of inOrder(stops)) {
    let stretch = walk.at(-1);
    if (stretch?.street !== stop.street) {
      stretch = { street: stop.street, buildings: [] };
      walk.push(stretch);
    }
    const building = stretch.buildings.at(-1);
    if (building?.building === stop.building) building.stops.push(stop);
    else stretch.buildings.push({ building: stop.building, stops: [stop] });
  }
  return walk;
}

/**
 * @param {Doors} doors the conversation that gives each door its state
 * @param {string} door
 * @param {Ends} [ends]
 * @returns {State}
 */
export function state(doors, door, ends = plain) {
  const last = doors.get(door);
  if (!last) return "left";
  return ends(last).done ? "done" : "again";
}

/**
 * The door to go to from here: the next one in the walk that nobody has knocked at; when
 * there is none behind, the first one passed over; when none is left, one worth another
 * visit.
 *
 * @param {readonly Stop[]} stops
 * @param {Doors} doors
 * @param {string | null} here the door we stand at, if any
 * @param {Ends} [ends]
 * @returns {Stop | null} null when every other door is done
 */
export function next(stops, doors, here, ends = plain) {
  const walk = inOrder(stops);
  const at = walk.findIndex(({ door }) => door === here);
  const ahead = [...walk.slice(at + 1), ...walk.slice(0, Math.max(at, 0))];
  const first = (/** @type {State} */ wanted) =>
    ahead.find(({ door }) => state(doors, door, ends) === wanted);
  return first("left") ?? first("again") ?? null;
}

/**
 * How far the walk has come, in doors.
 *
 * @param {readonly Stop[]} stops
 * @param {Doors} doors
 * @param {Ends} [ends]
 * @returns {{ all: number, left: number, again: number, done: number }}
 */
export function progress(stops, doors, ends = plain) {
  const count = { all: stops.length, left: 0, again: 0, done: 0 };
  for (const { door } of stops) count[state(doors, door, ends)] += 1;
  return count;
}

/**
 * What is still to be walked: from where we stand through the doors nobody has knocked
 * at, in walking order. Legs are as the crow flies, and longer by as much as the whole
 * walk is.
 *
 * @param {readonly Stop[]} stops
 * @param {Doors} doors
 * @param {string | null} here
 * @param {{ metres?: number, pace?: { door: number, metres: number } }} [turf] how long
 *   its walk is; minutes a door, and metres a minute
 * @returns {{ metres: number, minutes: number }}
 */
export function ahead(stops, doors, here, turf = {}) {
  const { pace = { door: 3, metres: 75 } } = turf;
  const at = stops.find(({ door }) => door === here);
  const left = inOrder(stops).filter(({ door }) => !doors.has(door));
  const way = at && left.length > 0 && at !== left[0] ? [at, ...left] : left;
  const whole = length(inOrder(stops));
  const around = turf.metres && whole > 0 ? Math.max(1, turf.metres / whole) : 1;
  const metres = length(way) * around;
  return { metres, minutes: left.length * pace.door + metres / pace.metres };
}

/**
 * This phone's events with their places in the server's order, as far as they are known,
 * and those of the other phones that have the same packet.
 *
 * @param {readonly import("./event.js").Event[]} own
 * @param {readonly Received[]} [received]
 * @returns {import("./log.js").Entry[]}
 */
export function shared(own, received = []) {
  const places = new Map(received.map(({ event, position }) => [event.id, position]));
  const mine = new Set(own.map(({ id }) => id));
  return [
    ...own.map((event) => ({ event, position: places.get(event.id) ?? null })),
    ...received.filter(({ event }) => !mine.has(event.id)),
  ];
}

/**
 * Who is behind a door: those on the list, and those who were added at it.
 *
 * @param {Stop} stop
 * @param {readonly Conversation[]} held
 * @returns {(Person & { added?: boolean })[]}
 */
export function household({ door, people }, held) {
  const more = new Map();
  for (const { door: other, person, added } of held) {
    if (other !== door || !person || !added) continue;
    more.set(person, { id: person, name: added.name, age: added.age ?? null });
  }
  return [...people, ...[...more.values()].map((each) => ({ ...each, party: null, added: true }))];
}

/** @param {readonly Stop[]} way @returns {number} metres, as the crow flies */
function length(way) {
  return way.slice(1).reduce((sum, stop, n) => sum + apart(/** @type {Stop} */ (way[n]), stop), 0);
}

/**
 * @param {Stop} a
 * @param {Stop} b
 */
function apart(a, b) {
  const east = (b.lon - a.lon) * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, b.lat - a.lat) * METRES_A_DEGREE;
}

/**
 * @param {readonly Stop[]} stops
 * @returns {Stop[]}
 */
export function inOrder(stops) {
  return [...stops].sort((a, b) => a.position - b.position);
}
