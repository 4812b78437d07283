// @ts-check
/**
 * How the map is drawn: streets as lines with their names, houses as signs with numbers.
 *
 * The signs are those of the list: what is left is a ring with its number, what to try
 * again an arrow that turns back, what is done a small tick. They are drawn with the
 * phone's own fonts, so no glyphs are fetched.
 *
 * @typedef {import("maplibre-gl").StyleSpecification} StyleSpecification
 * @typedef {import("geojson").GeoJSON} GeoJSON
 */

const LIGHT = {
  land: "#f4f2ec",
  street: "#ffffff",
  edge: "#b9b4a6",
  ink: "#14181d",
  paper: "#ffffff",
  way: "#0b57c2",
};
const DARK = {
  land: "#12151a",
  street: "#39414c",
  edge: "#12151a",
  ink: "#f4f6f8",
  paper: "#12151a",
  way: "#8ec2ff",
};
const FONT = ["sans-serif"];

/**
 * @param {object | undefined} streets GeoJSON lines; may be missing
 * @param {GeoJSON} houses
 * @param {boolean} dark
 * @returns {StyleSpecification}
 */
export function style(streets, houses, dark) {
  const { land, street, edge, ink, paper, way } = dark ? DARK : LIGHT;
  const nothing = /** @type {GeoJSON} */ ({ type: "FeatureCollection", features: [] });
  const lines = /** @type {GeoJSON} */ (streets ?? nothing);
  /** @type {any} */
  const wide = ["interpolate", ["exponential", 2], ["zoom"], 13, 2, 17, 18];
  /** @type {any} */
  const is = ["get", "is"];
  /** @type {any} */
  const first = ["case", ["get", "going"], 10_000, ["-", ["get", "position"]]];
  /** @type {any} */
  const size = [
    ...["interpolate", ["linear"], ["zoom"]],
    ...[14, ["match", is, "done", 3, 5], 17, ["match", is, "done", 9, 15]],
  ];
  /** @type {any} */
  const halo = ["interpolate", ["linear"], ["zoom"], 14, 9, 17, 20];
  return {
    version: 8,
    sources: {
      streets: { type: "geojson", data: lines },
      houses: { type: "geojson", data: houses },
      here: { type: "geojson", data: nothing },
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": land } },
      {
        ...{ id: "street-edges", type: "line", source: "streets" },
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": edge, "line-width": wide, "line-gap-width": 1 },
      },
      {
        ...{ id: "streets", type: "line", source: "streets" },
        layout: { "line-cap": "round", "line-join": "round" },
        paint: { "line-color": street, "line-width": wide },
      },
      {
        ...{ id: "street-names", type: "symbol", source: "streets" },
        layout: {
          "symbol-placement": "line",
          "text-field": ["coalesce", ["get", "name"], ["get", "street"], ""],
          "text-font": FONT,
          "text-size": 13,
        },
        paint: { "text-color": ink, "text-halo-color": street, "text-halo-width": 1.5 },
      },
      {
        ...{ id: "houses", type: "circle", source: "houses" },
        layout: { "circle-sort-key": first },
        paint: {
          "circle-radius": size,
          "circle-color": ["match", is, "done", ink, "again", edge, paper],
          "circle-stroke-color": ["match", is, "done", paper, ink],
          "circle-stroke-width": ["match", is, "left", 3, 1.5],
        },
      },
      {
        ...{ id: "numbers", type: "symbol", source: "houses", minzoom: 15.5 },
        layout: {
          "text-field": ["match", is, "done", "✓", "again", "↻", ["get", "number"]],
          "text-font": FONT,
          "text-size": ["match", is, "again", 19, 13],
          "symbol-sort-key": first,
          "text-allow-overlap": true,
        },
        paint: { "text-color": ["match", is, "done", paper, ink] },
      },
      {
        ...{ id: "way", type: "circle", source: "houses" },
        filter: ["==", ["get", "going"], true],
        paint: {
          ...{ "circle-radius": halo, "circle-color": "rgba(0,0,0,0)" },
          ...{ "circle-stroke-color": way, "circle-stroke-width": 6 },
        },
      },
      {
        ...{ id: "here", type: "circle", source: "here" },
        paint: {
          "circle-radius": 9,
          "circle-color": way,
          "circle-stroke-color": paper,
          "circle-stroke-width": 4,
        },
      },
    ],
  };
}
