// @ts-check
/**
 * A map of turfs on paper: drawn anew as lines whenever the page is printed, so that it is
 * sharp, and can be read without colour. Every turf has its number; its doors have one
 * mark, joined by its walk, and no turf beside it has the same mark.
 *
 * In:  a <ground-map> with a place for it ([data-paper]), and its map as it is on screen.
 * Out: what is in view, in that place.
 */

import { box, corners, spots } from "./features.js";
import { HUES } from "./palette.js";

/** @typedef {import("./features.js").Feature} Feature */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {[x: number, y: number]} Point */

const SPACE = "http://www.w3.org/2000/svg";
const INK = "#1a1d21";
/** Marks around 0, in the order of the hues. */
const MARKS = Object.freeze([
  "M-1 0A1 1 0 1 0 1 0A1 1 0 1 0 -1 0Z",
  "M-.9 -.9H.9V.9H-.9Z",
  "M0 -1.1L1.1 .9H-1.1Z",
  "M0 -1.2L1.2 0L0 1.2L-1.2 0Z",
  "M0 1.1L1.1 -.9H-1.1Z",
  "M-1 -.35H-.35V-1H.35V-.35H1V.35H.35V1H-.35V.35H-1Z",
  "M-1.1 -.5H1.1V.5H-1.1Z",
]);
const DASHES = Object.freeze(["", "5 2", "1.5 1.5", "7 2 1.5 2", "3 3", "9 3", "1 3"]);
const [SMALLEST, LARGEST] = [5, 13];

/**
 * @param {GlMap} map
 * @param {ReadonlyMap<number, readonly Feature[]>} turfs
 * @returns {SVGElement} what is in view
 */
export function onPaper(map, turfs) {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  /** @param {readonly number[]} place @returns {Point} */
  const at = ([lon = 0, lat = 0]) => {
    const { x, y } = map.project([lon, lat]);
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  };
  const sheet = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" });
  for (const { geometry } of map.queryRenderedFeatures({ layers: ["streets"] })) {
    if (geometry.type !== "LineString" && geometry.type !== "MultiLineString") continue;
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    const d = lines.map((line) => `M${line.map(at).join("L")}`).join("");
    sheet.append(make("path", { d, fill: "none", stroke: "#b5b5b5", "stroke-width": "1.2" }));
  }
  const view = map.getBounds();
  const seen = [...turfs].filter(([, held]) => {
    const [west, south, east, north] = box(held) ?? [0, 0, 0, 0];
    return view.intersects([west, south, east, north]);
  });
  const room = Math.sqrt((width * height) / Math.max(seen.length, 1));
  const doors = map.getZoom() >= (map.getLayer("doors")?.minzoom ?? 0);
  for (const [, held] of seen) for (const walk of held) sheet.append(...drawn(walk, at, doors));
  const size = Math.min(Math.max(room / 4, SMALLEST), LARGEST);
  for (const [turf, held] of seen) {
    const place = spots(held)
      .map(at)
      .find(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height);
    if (place) sheet.append(number(turf, place, size));
  }
  return sheet;
}

/**
 * @param {Feature} walk
 * @param {(place: readonly number[]) => Point} at
 * @param {boolean} doors whether each is drawn
 * @returns {SVGElement[]}
 */
function drawn({ geometry, properties }, at, doors) {
  const hue = properties.hue ?? INK;
  const kind = Math.max(HUES.indexOf(hue), 0);
  const points = corners(geometry).map(at);
  const line = make("path", {
    d: `M${points.join("L")}`,
    fill: "none",
    stroke: INK,
    "stroke-width": "1",
    "stroke-dasharray": DASHES[kind] ?? "",
  });
  if (!doors) return [line];
  const marks = points.map(([x, y]) =>
    make("path", {
      d: MARKS[kind] ?? "",
      transform: `translate(${x} ${y}) scale(3)`,
      fill: hue,
      stroke: INK,
      "stroke-width": "0.25",
    }),
  );
  return [line, ...marks];
}

/**
 * @param {number} turf
 * @param {Point} place
 * @param {number} size of its letters
 * @returns {SVGElement} its number, on its walk
 */
function number(turf, [x, y], size) {
  const text = make("text", {
    x: String(x),
    y: String(y),
    fill: INK,
    stroke: "#ffffff",
    "stroke-width": String(size / 3),
    "paint-order": "stroke",
    "stroke-linejoin": "round",
    "font-size": String(size),
    "font-weight": "700",
    "text-anchor": "middle",
    "dominant-baseline": "central",
  });
  text.textContent = String(turf);
  return text;
}

/**
 * @param {string} kind
 * @param {Record<string, string>} attributes
 * @returns {SVGElement}
 */
function make(kind, attributes) {
  const made = /** @type {SVGElement} */ (document.createElementNS(SPACE, kind));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
