// @ts-check
/**
 * Doors are dragged from turf to turf: what it costs stands beside the hand while it
 * hovers, letting go does it, Escape or letting go elsewhere does not.
 *
 * In:  presses on a map. A mouse drags any house; a finger only what is picked, so that
 *      the page can still be scrolled past the map. A second finger puts it back: two
 *      move the map.
 * Out: a form that is sent; what is held and where it would land, drawn by `draw`.
 */

import { byFinger, doorAt, fixed, pixels, say, tell, tool, turfAt } from "./hand.js";
import { form, isPicked, picked, read, turn, write } from "./picked.js";

/** @typedef {import("../base/map.js").GroundMap} GroundMap */
/** @typedef {import("../base/places.js").Stop} Stop */
/** @typedef {import("/vendor/maplibre/maplibre-gl.mjs").Map} GlMap */
/** @typedef {{ stops: readonly Stop[], side: Stop | null }} Held */

/** Pixels, for a mouse and for a finger: what is no drag yet; how far off the cost stands. */
const STILL = { mouse: 4, finger: 10 };
const OFF = { mouse: 16, finger: 40 };
/** Pixels above a finger that a cost takes: what is below it is below the hand. */
const ROOM = 150;

export class Drag {
  /** @type {{ stop: Stop, x: number, y: number, pointer: number } | null} */
  #pressed = null;
  /** @type {Held | null} what is dragged */
  #held = null;
  /** @type {number | null} */
  #to = null;
  /** @type {Map<number | null, Promise<string>>} what was answered, by turf */
  #costs = new Map();
  #sign = document.createElement("div");

  /**
   * @param {GlMap} map
   * @param {GroundMap} ground
   * @param {(held: readonly Stop[], to: number | null) => void} draw
   */
  constructor(map, ground, draw) {
    this.map = map;
    this.ground = ground;
    this.draw = draw;
    this.#sign.className = "drag-sign";
    this.#sign.hidden = true;
    this.#sign.setAttribute("aria-hidden", "true"); // the same is said aloud below the map
    map.getContainer().append(this.#sign);
    const place = map.getCanvasContainer();
    place.addEventListener("pointerdown", (event) => this.#press(event), { capture: true });
    place.addEventListener("pointermove", (event) => this.#move(event));
    place.addEventListener("pointerup", (event) => this.#drop(event));
    place.addEventListener("pointercancel", () => this.cancel());
    place.addEventListener("touchstart", (event) => this.#still(event), { capture: true });
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#held) this.cancel();
    });
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const on = /** @type {Element} */ (event.target);
    if (!event.isPrimary) this.cancel();
    if (event.button !== 0 || !event.isPrimary || event.shiftKey || tool() === "lasso") return;
    if (on.closest(".turf-number")) return;
    const stop = doorAt(this.map, this.ground.places, event);
    if (!stop || (event.pointerType === "touch" && !isPicked(stop))) return;
    this.#pressed = { stop, x: event.clientX, y: event.clientY, pointer: event.pointerId };
    this.map.dragPan.disable();
  }

  /**
   * @param {TouchEvent} event a finger that holds doors does not scroll the page, and the
   *   map hears nothing of it: after a tap it would take it for a zoom by one finger
   */
  #still(event) {
    if (!this.#pressed) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.#pressed || event.pointerId !== this.#pressed.pointer) return;
    const { x, y } = this.#pressed;
    const far = Math.hypot(event.clientX - x, event.clientY - y);
    if (!this.#held && (far < STILL[byFinger(event) ? "finger" : "mouse"] || !this.#take(event)))
      return;
    this.#show(event);
    const held = this.#held?.stops ?? [];
    const under = turfAt(this.map, this.ground.places, event, held);
    const to = held.every(({ turf }) => turf === under) ? null : under;
    if (to === this.#to) return;
    this.#to = to;
    this.draw(held, to);
    this.#ask(to);
  }

  /** @param {PointerEvent} event put the cost beside the hand, where it can be seen */
  #show(event) {
    const finger = byFinger(event);
    const off = OFF[finger ? "finger" : "mouse"];
    const [left, top] = pixels(this.map, event);
    const { clientWidth, clientHeight } = this.map.getContainer();
    const right = left > clientWidth / 2;
    const above = top > (finger ? ROOM : clientHeight / 2);
    this.#sign.style.left = right ? "" : `${left + off}px`;
    this.#sign.style.right = right ? `${clientWidth - left + off}px` : "";
    this.#sign.style.top = above ? "" : `${top + off}px`;
    this.#sign.style.bottom = above ? `${clientHeight - top + off}px` : "";
  }

  /** @param {PointerEvent} event @returns {boolean} whether something is dragged now */
  #take(event) {
    const { stop, pointer } = /** @type {{ stop: Stop, pointer: number }} */ (this.#pressed);
    const all = isPicked(stop);
    const stops = all ? picked() : this.ground.places.together(stop);
    const held = fixed(stops);
    if (held) {
      say(held.why, held.turf);
      this.#end();
      return false;
    }
    /** @type {Element} */ (event.currentTarget).setPointerCapture(pointer);
    this.#held = { stops, side: !all && tool() === "side" ? stop : null };
    this.#costs.clear();
    this.#sign.hidden = false;
    this.map.getCanvas().style.cursor = "grabbing";
    this.draw(stops, null);
    this.#ask(null);
    return true;
  }

  /** @param {number | null} to ask what it costs there, once */
  async #ask(to) {
    const known = this.#costs.get(to) ?? this.#fetch(to);
    this.#costs.set(to, known);
    try {
      const html = await known;
      if (to !== this.#to || !this.#held) return;
      this.#sign.innerHTML = html;
      tell(this.#sign.textContent ?? "");
      const all = this.#sign.querySelector("[data-held]");
      if (!(all instanceof HTMLElement)) return;
      this.#held.stops = read(all.dataset.held ?? "");
      this.draw(this.#held.stops, to);
    } catch (problem) {
      reportError(problem);
      say("lost");
    }
  }

  /** @param {number | null} to @returns {Promise<string>} */
  async #fetch(to) {
    const asked = new URLSearchParams({ drag: "1", ...this.#words() });
    if (to !== null) asked.set("to", String(to));
    const answer = await fetch(`${form()?.dataset.cost}?${asked}`);
    if (!answer.ok) throw new Error(`the cost of a move answered ${answer.status}`);
    return answer.text();
  }

  /** @returns {{ seen: string, stops: string, side: string }} what is held, as it is sent */
  #words() {
    const { stops, side } = /** @type {Held} */ (this.#held);
    const seen = String(this.ground.version);
    if (side) return { seen, stops: "", side: `${side.turf}:${side.position}` };
    return { seen, stops: write(stops), side: "" };
  }

  /** @param {PointerEvent} event */
  #drop(event) {
    if (!this.#pressed || event.pointerId !== this.#pressed.pointer) return;
    if (!this.#held) {
      // The browser makes no click of a touch that was held back.
      if (event.pointerType === "touch") turn(this.ground.places.together(this.#pressed.stop));
      this.#end();
      return;
    }
    if (this.#to === null) {
      this.cancel();
      return;
    }
    const sent = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-drop]"));
    const words = { ...this.#words(), after: String(this.ground.version), to: String(this.#to) };
    for (const [name, value] of Object.entries(words)) {
      const field = sent?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    this.#end();
    sent?.requestSubmit();
  }

  /** Put it back. */
  cancel() {
    if (this.#held) say("back");
    this.#end();
  }

  #end() {
    this.#pressed = null;
    this.#held = null;
    this.#to = null;
    this.#sign.hidden = true;
    this.#sign.replaceChildren();
    this.map.getCanvas().style.cursor = "";
    this.map.dragPan.enable();
    this.draw(picked(), null);
  }
}
