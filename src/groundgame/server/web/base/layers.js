// @ts-check
/**
 * How streets, walks and doors look on a map. No letters: those would need a font from
 * outside, so turf numbers are buttons that lie on the map.
 *
 * @typedef {number | ["case", ["==", ["get", string], number], number, number]} Opacity
 */

/**
 * @param {string} street the hue of streets
 * @param {string} rim the hue around a door
 * @returns {import("/vendor/maplibre/maplibre-gl.mjs").LayerSpecification[]}
 */
export function layers(street, rim) {
  return [
    {
      id: "streets",
      type: "line",
      source: "streets",
      paint: {
        "line-color": street,
        "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.6, 16, 4],
      },
    },
    {
      id: "walks",
      type: "line",
      source: "doors",
      filter: ["==", ["geometry-type"], "LineString"],
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": ["get", "hue"],
        "line-opacity": 0.9,
        "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 16, 3],
      },
    },
    {
      id: "doors",
      type: "circle",
      source: "doors",
      filter: ["all", ["==", ["geometry-type"], "Point"], ["!", ["has", "mark"]]],
      paint: {
        "circle-color": ["get", "hue"],
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 2.2, 14, 3.5, 18, 8],
        "circle-stroke-color": rim,
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 0, 15, 1],
      },
    },
    {
      id: "marks",
      type: "symbol",
      source: "doors",
      filter: ["all", ["==", ["geometry-type"], "Point"], ["has", "mark"]],
      layout: {
        "icon-image": ["get", "mark"],
        "icon-allow-overlap": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.25, 14, 0.5, 18, 1],
      },
    },
  ];
}
