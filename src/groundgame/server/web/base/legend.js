// @ts-check
/** What stands below a map of many doors: how many are in view, and what a square means. */

import { STEPS } from "./squares.js";

const NUMBER = new Intl.NumberFormat(document.documentElement.lang || "en");

/**
 * @param {HTMLElement} element a map with its words in data attributes
 * @param {{ doors: number, squares: readonly unknown[] }} view
 * @param {readonly number[]} from the number of doors at which each step begins
 */
export function drawLegend(element, view, from) {
  const said = element.querySelector("[data-in-view]");
  const words = element.dataset.inView ?? "{n}";
  if (said) said.textContent = words.replace("{n}", doors(element, view.doors));
  const lines = view.squares.length ? from.map((_, n) => line(from, n)) : [];
  element.querySelector("[data-scale]")?.replaceChildren(...lines);
}

/**
 * @param {readonly number[]} from
 * @param {number} n which step
 * @returns {HTMLElement}
 */
function line(from, n) {
  const [least = 1, next] = [from[n], from[n + 1]];
  const swatch = document.createElement("span");
  swatch.className = `swatch density-${n + 1 + STEPS - from.length}`;
  const upTo = next === undefined ? "+" : next - 1 > least ? `–${NUMBER.format(next - 1)}` : "";
  const made = document.createElement("li");
  made.append(swatch, NUMBER.format(least) + upTo);
  return made;
}

/**
 * @param {HTMLElement} element
 * @param {number} n
 * @returns {string} so many doors, in words
 */
export function doors({ dataset }, n) {
  const words = n === 1 ? dataset.door : dataset.doors;
  return (words ?? "{n}").replace("{n}", NUMBER.format(n));
}
