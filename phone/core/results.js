// @ts-check
/**
 * Result codes: how an attempt ended. The same list as contract/results.json, which a
 * test holds this one to; here as code, so that it is there without a network.
 *
 * @typedef {{ id: string, contact: boolean, done: boolean }} Result
 *   contact: the person sought was spoken with; done: nobody need knock again
 */

/** @type {readonly Result[]} */
export const RESULTS = [
  { id: "canvassed", contact: true, done: true },
  { id: "not_home", contact: false, done: false },
  { id: "refused", contact: true, done: true },
  { id: "come_back", contact: true, done: false },
  { id: "lit_dropped", contact: false, done: true },
  { id: "inaccessible", contact: false, done: false },
  { id: "moved", contact: false, done: true },
  { id: "deceased", contact: false, done: true },
  { id: "language_barrier", contact: false, done: false },
  { id: "vacant", contact: false, done: true },
  { id: "do_not_contact", contact: true, done: true },
  { id: "hostile", contact: true, done: true },
];

const known = new Map(RESULTS.map((result) => [result.id, result]));

/**
 * What a result code means. One this version does not know leaves the door to do.
 *
 * @param {string} id
 * @returns {Result}
 */
export function result(id) {
  return known.get(id) ?? { id, contact: false, done: false };
}
