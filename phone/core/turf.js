// @ts-check
/**
 * A turf as it is walked: stops by street and building, what is left, which door is next.
 *
 * @typedef {{ id: string, name: string, age: number | null, party: string | null }} Person
 * @typedef {{
 *   position: number, door: string, building: string, number: string | null,
 *   street: string, unit: string | null, city: string | null, address: string,
 *   lon: number, lat: number, people: Person[],
 * }} Stop
 * @typedef {{ building: string, stops: Stop[] }} Building
 * @typedef {{ street: string, buildings: Building[] }} Stretch
 * @typedef {"left" | "again" | "done"} State
 *   left: nobody has knocked; again: knocked, worth another visit; done: no need to return
 * @typedef {import("./event.js").Conversation} Conversation
 * @typedef {ReadonlyMap<string, Conversation>} Doors
 */

import { result } from "./results.js";

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
 * @returns {State}
 */
export function state(doors, door) {
  const last = doors.get(door);
  if (!last) return "left";
  return result(last.result).done ? "done" : "again";
}

/**
 * The door to go to from here: the next one in the walk that nobody has knocked at; when
 * there is none behind, the first one passed over; when none is left, one worth another
 * visit.
 *
 * @param {readonly Stop[]} stops
 * @param {Doors} doors
 * @param {string | null} here the door we stand at, if any
 * @returns {Stop | null} null when every other door is done
 */
export function next(stops, doors, here) {
  const walk = inOrder(stops);
  const at = walk.findIndex(({ door }) => door === here);
  const ahead = [...walk.slice(at + 1), ...walk.slice(0, Math.max(at, 0))];
  const first = (/** @type {State} */ wanted) =>
    ahead.find(({ door }) => state(doors, door) === wanted);
  return first("left") ?? first("again") ?? null;
}

/**
 * How far the walk has come, in doors.
 *
 * @param {readonly Stop[]} stops
 * @param {Doors} doors
 * @returns {{ all: number, left: number, again: number, done: number }}
 */
export function progress(stops, doors) {
  const count = { all: stops.length, left: 0, again: 0, done: 0 };
  for (const { door } of stops) count[state(doors, door)] += 1;
  return count;
}

/**
 * @param {readonly Stop[]} stops
 * @returns {Stop[]}
 */
export function inOrder(stops) {
  return [...stops].sort((a, b) => a.position - b.position);
}
