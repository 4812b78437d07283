// @ts-check
/**
 * What is pointed at on a map, as shapes: corners and the polygon between them, a circle.
 *
 * This file knows no map and no page. Degrees come as people write them, north first;
 * shapes have them as GeoJSON does, east first.
 *
 * @typedef {{ lat: number, lng: number }} Place
 */

const EARTH = 6_371_008.8;
const ROUND = 64;

/**
 * The corners that are written one a line. Lines that are none are passed over: somebody
 * may still be typing, and the server says which they are.
 *
 * @param {string} text
 * @returns {Place[]}
 */
export function corners(text) {
  return text
    .split("\n")
    .map((line) =>
      line
        .trim()
        .split(/\s*[,;]\s*|\s+/)
        .map(Number),
    )
    .filter((each) => each.length === 2 && each.every(Number.isFinite))
    .map(([lat = 0, lng = 0]) => ({ lat, lng }))
    .filter(({ lat, lng }) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180);
}

/**
 * @param {Place[]} places
 * @returns {GeoJSON.Feature[]} the corners; and what lies between them, once there are three
 */
export function polygon(places) {
  const ring = places.map(({ lat, lng }) => [lng, lat]);
  const points = ring.map((at) => feature({ type: "Point", coordinates: at }));
  if (ring.length === 2) return [...points, feature({ type: "LineString", coordinates: ring })];
  if (ring.length < 3) return points;
  const closed = [...ring, /** @type {number[]} */ (ring[0])];
  return [...points, feature({ type: "Polygon", coordinates: [closed] })];
}

/**
 * @param {number} lat
 * @param {number} lng
 * @param {number} meters
 * @returns {GeoJSON.Feature[]} the point; and the circle around it, once it has a size
 */
export function circle(lat, lng, meters) {
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return [];
  const middle = feature({ type: "Point", coordinates: [lng, lat] });
  if (!(meters > 0)) return [middle];
  const high = ((meters / EARTH) * 180) / Math.PI;
  const wide = high / Math.max(Math.cos((lat * Math.PI) / 180), 1e-6);
  const ring = Array.from({ length: ROUND + 1 }, (_, n) => {
    const angle = (2 * Math.PI * (n % ROUND)) / ROUND;
    return [lng + wide * Math.cos(angle), lat + high * Math.sin(angle)];
  });
  return [middle, feature({ type: "Polygon", coordinates: [ring] })];
}

/** @param {GeoJSON.Geometry} geometry @returns {GeoJSON.Feature} */
function feature(geometry) {
  return { type: "Feature", properties: {}, geometry };
}
