// @ts-check
/**
 * How streets, walks and doors look on a map. No letters: those would need a font from
 * outside, so turf numbers are buttons that lie on the map.
 *
 * What stands out is drawn a second time over the rest, out of a small source of its own:
 * to make all else pale is then one number, however many doors there are.
 */

/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").LayerSpecification} Layer */

/** The sources that are drawn, from below. */
export const SOURCES = Object.freeze(["streets", "walks", "doors", "shown-walks", "shown-doors"]);

/**
 * @param {string} street the hue of streets
 * @param {string} rim the hue around a door
 * @returns {Layer[]}
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
    walks("walks"),
    doors("doors", rim),
    {
      id: "marks",
      type: "symbol",
      source: "doors",
      filter: ["has", "mark"],
      layout: {
        "icon-image": ["get", "mark"],
        "icon-allow-overlap": true,
        "icon-size": ["interpolate", ["linear"], ["zoom"], 11, 0.25, 14, 0.5, 18, 1],
      },
    },
    walks("shown-walks"),
    doors("shown-doors", rim),
  ];
}

/** @param {string} source @returns {Layer} */
function walks(source) {
  return {
    id: source,
    type: "line",
    source,
    filter: ["==", ["geometry-type"], "LineString"],
    layout: { "line-join": "round", "line-cap": "round" },
    paint: {
      "line-color": ["get", "hue"],
      "line-opacity": 0.9,
      "line-width": ["interpolate", ["linear"], ["zoom"], 11, 1, 16, 3],
    },
  };
}

/** @param {string} source @param {string} rim @returns {Layer} */
function doors(source, rim) {
  return {
    id: source,
    type: "circle",
    source,
    filter: ["!", ["has", "mark"]],
    paint: {
      "circle-color": ["get", "hue"],
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 2.2, 14, 3.5, 18, 8],
      "circle-stroke-color": rim,
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 12, 0, 15, 1],
    },
  };
}
