// @ts-check
/**
 * The marks a door can have on a map: a shape and a hue, so that neither is needed alone.
 *
 * The same drawing is used on the map and in its legend. What a mark means is said by
 * the server, in words, in the legend beside the map.
 *
 * @typedef {{ shape: "ring" | "disc" | "triangle" | "square" | "cross", hue: string }} Mark
 */

/** @type {Readonly<Record<string, Mark>>} */
export const MARKS = Object.freeze({
  not_yet: { shape: "ring", hue: "#7b8088" },
  talked: { shape: "disc", hue: "#0072b2" },
  again: { shape: "triangle", hue: "#e69f00" },
  closed: { shape: "square", hue: "#009e73" },
  refused: { shape: "cross", hue: "#d55e00" },
});

/** @type {Readonly<Record<string, string>>} the mark of each result code */
const RESULTS = Object.freeze({
  "": "not_yet",
  canvassed: "talked",
  not_home: "again",
  come_back: "again",
  inaccessible: "again",
  language_barrier: "again",
  lit_dropped: "closed",
  moved: "closed",
  deceased: "closed",
  vacant: "closed",
  refused: "refused",
  do_not_contact: "refused",
  hostile: "refused",
});

/**
 * @param {string} result a result code, or "" when nobody was there yet
 * @returns {string} the name of its mark; a code we do not know is drawn as tried
 */
export function markOf(result) {
  return RESULTS[result] ?? "again";
}

/**
 * Draw one mark, with a pale rim so that it stands out on any ground.
 *
 * @param {CanvasRenderingContext2D} pen
 * @param {Mark} mark
 * @param {number} size in pixels
 */
export function draw(pen, mark, size) {
  pen.clearRect(0, 0, size, size);
  pen.lineJoin = "round";
  const outline = path(mark.shape, size);
  const open = mark.shape === "ring" || mark.shape === "cross";
  pen.strokeStyle = "#ffffff";
  const line = size * (mark.shape === "ring" ? 0.08 : 0.16);
  pen.lineWidth = open ? line * 1.9 : line;
  pen.stroke(outline);
  if (open) {
    pen.strokeStyle = mark.hue;
    pen.lineWidth = line;
    pen.stroke(outline);
    return;
  }
  pen.fillStyle = mark.hue;
  pen.fill(outline);
  pen.strokeStyle = "#1a1d21";
  pen.lineWidth = size * 0.04;
  pen.stroke(outline);
}

/**
 * @param {Mark["shape"]} shape
 * @param {number} size in pixels
 * @returns {Path2D} the outline, in a square of that size
 */
function path(shape, size) {
  const [near, middle, far] = [size * 0.2, size * 0.5, size * 0.8];
  const outline = new Path2D();
  if (shape === "ring" || shape === "disc") {
    outline.arc(middle, middle, size * (shape === "ring" ? 0.2 : 0.3), 0, 2 * Math.PI);
  } else if (shape === "square") {
    outline.rect(near, near, far - near, far - near);
  } else if (shape === "triangle") {
    outline.moveTo(middle, near);
    outline.lineTo(far, far);
    outline.lineTo(near, far);
    outline.closePath();
  } else {
    outline.moveTo(near, near);
    outline.lineTo(far, far);
    outline.moveTo(far, near);
    outline.lineTo(near, far);
  }
  return outline;
}

/**
 * @param {Mark} mark
 * @param {number} size in pixels
 * @returns {ImageData} the mark as a picture
 */
export function picture(mark, size) {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  draw(pen, mark, size);
  return pen.getImageData(0, 0, size, size);
}

/** @param {HTMLElement} element whose legend is drawn */
export function drawLegend(element) {
  for (const canvas of element.querySelectorAll("canvas")) {
    const mark = MARKS[canvas.dataset.mark ?? ""];
    const pen = canvas.getContext("2d");
    if (mark && pen) draw(pen, mark, canvas.width);
  }
}
