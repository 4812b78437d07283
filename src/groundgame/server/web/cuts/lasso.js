// @ts-check
/**
 * A line is drawn around doors, and they are picked: with Shift, or by the tool for it.
 */

import { degrees, fixed, pixels, say, tool } from "./hand.js";
import { pick, picked } from "./picked.js";

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("../base/places.js").Stop} Stop */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */

const SPACE = "http://www.w3.org/2000/svg";
const STEP = 3;
const MOST = 2_000;

export class Lasso {
  /** @type {[number, number][] | null} the line so far, in pixels */
  #line = null;
  #drawn = document.createElementNS(SPACE, "polygon");

  /**
   * @param {GlMap} map
   * @param {GroundMap} ground
   */
  constructor(map, ground) {
    this.map = map;
    this.ground = ground;
    const sheet = document.createElementNS(SPACE, "svg");
    sheet.setAttribute("class", "lasso");
    sheet.setAttribute("aria-hidden", "true");
    sheet.append(this.#drawn);
    map.getContainer().append(sheet);
    const place = map.getCanvasContainer();
    place.addEventListener("pointerdown", (event) => this.#begin(event), { capture: true });
    place.addEventListener("pointermove", (event) => this.#go(event));
    place.addEventListener("pointerup", (event) => this.#close(event));
    place.addEventListener("pointercancel", () => this.#end());
    place.addEventListener("touchstart", (event) => this.#line && event.preventDefault(), {
      capture: true,
    });
    window.addEventListener("keydown", ({ key }) => key === "Escape" && this.#end());
  }

  /** @param {PointerEvent} event */
  #begin(event) {
    const on = /** @type {Element} */ (event.target);
    if (!event.isPrimary) this.#end(); // two fingers move the map
    if (event.button !== 0 || !event.isPrimary || on.closest(".turf-number")) return;
    if (!event.shiftKey && tool() !== "lasso") return;
    this.#line = [pixels(this.map, event)];
    this.map.dragPan.disable();
  }

  /** @param {PointerEvent} event */
  #go(event) {
    const last = this.#line?.at(-1);
    if (!this.#line || !last || !event.isPrimary) return;
    const at = pixels(this.map, event);
    if (Math.hypot(at[0] - last[0], at[1] - last[1]) < STEP) return;
    if (this.#line.length === 1) {
      /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    }
    this.#line.push(at);
    this.#drawn.setAttribute("points", this.#line.join(" "));
  }

  /** @param {PointerEvent} event */
  #close(event) {
    const line = this.#line;
    if (!line || !event.isPrimary) return;
    this.#end();
    if (line.length < STEP) return;
    const inside = this.ground.places.inside(line.map((at) => degrees(this.map, at)));
    const held = fixed(inside);
    const free = inside.filter((stop) => fixed([stop]) === null);
    const all = new Map(
      [...picked(), ...free].map((each) => [`${each.turf}:${each.position}`, each]),
    );
    if (all.size > MOST) say("many", all.size);
    else if (!free.length) say(held ? held.why : "none", held?.turf);
    else {
      say(null);
      pick([...all.values()]);
    }
  }

  #end() {
    if (!this.#line) return;
    this.#line = null;
    this.#drawn.removeAttribute("points");
    this.map.dragPan.enable();
  }
}
