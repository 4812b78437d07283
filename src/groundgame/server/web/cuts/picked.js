// @ts-check
/**
 * Which doors are picked: those of the turf that is shown by their boxes in the list, those
 * of other turfs by their places in a hidden field beside it. What is picked is thus what
 * the form sends, and a screen reader finds it in the list.
 */

/** @typedef {import("../base/places.js").Stop} Stop */

/** @returns {HTMLFormElement | null} the form that is there now: it is exchanged */
export function form() {
  return document.querySelector("[data-pick-doors]");
}

/** @returns {number} the turf whose doors are listed */
export function shown() {
  return Number(form()?.dataset.pickDoors);
}

/** @param {ParentNode | null} within @returns {HTMLInputElement[]} */
export function boxes(within) {
  return [
    .../** @type {NodeListOf<HTMLInputElement>} */ (within?.querySelectorAll("[name=doors]") ?? []),
  ];
}

/** @returns {Stop[]} all doors that are picked */
export function picked() {
  const turf = shown();
  const own = boxes(form()).filter((box) => box.checked);
  const listed = own.map((box) => ({ turf, position: Number(box.dataset.position) }));
  return [...listed, ...read(field("stops")?.value ?? "")];
}

/** @param {Stop} stop @returns {boolean} */
export function isPicked(stop) {
  return picked().some((each) => same(each, stop));
}

/**
 * Pick doors; those that are all picked already, no longer.
 *
 * @param {readonly Stop[]} stops
 */
export function turn(stops) {
  const before = picked();
  const on = !stops.every((stop) => before.some((each) => same(each, stop)));
  const others = before.filter((each) => !stops.some((stop) => same(each, stop)));
  pick(on ? [...others, ...stops] : others);
}

/** @param {readonly Stop[]} stops these are picked from now on, and no others */
export function pick(stops) {
  const turf = shown();
  const own = new Set(stops.filter((each) => each.turf === turf).map(({ position }) => position));
  for (const box of boxes(form())) box.checked = own.has(Number(box.dataset.position));
  const hidden = field("stops");
  if (hidden) hidden.value = write(stops.filter((each) => each.turf !== turf));
  changed();
}

/** Say that others are picked now. */
export function changed() {
  document.dispatchEvent(new Event("doors-picked"));
}

/**
 * @param {readonly Stop[]} stops
 * @returns {string} as the server reads it: 4:1.2.9;7:3
 */
export function write(stops) {
  /** @type {Map<number, number[]>} */
  const turfs = new Map();
  for (const { turf, position } of stops) {
    turfs.set(turf, [...(turfs.get(turf) ?? []), position]);
  }
  return [...turfs].map(([turf, positions]) => `${turf}:${positions.join(".")}`).join(";");
}

/** @param {string} text as `write` gives it @returns {Stop[]} */
export function read(text) {
  return text.split(";").flatMap((part) => {
    const [turf, positions] = part.split(":");
    if (!positions) return [];
    return positions
      .split(".")
      .map((position) => ({ turf: Number(turf), position: Number(position) }));
  });
}

/** @param {string} name @returns {HTMLInputElement | null} */
function field(name) {
  return form()?.querySelector(`input[type=hidden][name=${name}]`) ?? null;
}

/** @param {Stop} one @param {Stop} other */
function same(one, other) {
  return one.turf === other.turf && one.position === other.position;
}
