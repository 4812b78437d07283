// @ts-check
/**
 * Views are functions from the state to this; nothing else touches the page.
 */

import htm from "../../vendor/htm.js";
import * as preact from "../../vendor/preact.js";

/** @typedef {import("preact").VNode<any>} Node */

/** @type {(strings: TemplateStringsArray, ...values: any[]) => Node} */
export const html = /** @type {any} */ (htm).bind(preact.h);

export const render = /** @type {typeof import("preact").render} */ (
  /** @type {unknown} */ (preact.render)
);
