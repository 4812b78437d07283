// @ts-check
/**
 * Where in the app we are, as the part of the address behind the #: so the phone's own
 * Back works, and a reload comes back to the same door.
 *
 * @typedef {import("./state.js").Screen} Screen
 * @typedef {{ screen: Screen, packet: string | null, door: string | null }} Route
 */

const SCREENS = ["turf", "map", "door", "building", "talk", "more", "finish", "enter"];

/**
 * @param {string} hash
 * @returns {Route} the list of the turf where the hash says nothing we know
 */
export function read(hash) {
  const [screen, packet, door] = hash.replace(/^#\/?/, "").split("/").map(decoded);
  if (!SCREENS.includes(screen)) return { screen: "turf", packet: null, door: null };
  return { screen: /** @type {Screen} */ (screen), packet: packet || null, door: door || null };
}

/**
 * @param {Route} route
 * @returns {string}
 */
export function write({ screen, packet, door }) {
  const parts = [screen, packet ?? "", door ?? ""].map(encodeURIComponent);
  return `#/${parts.join("/").replace(/\/+$/, "")}`;
}

/**
 * @param {string} part
 */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}
