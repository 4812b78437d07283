// @ts-check
/**
 * Signs, drawn here: a shape for each meaning, so that none hangs on colour.
 */

import { html } from "./html.js";

const DRAWN = {
  left: () => html`<circle cx="12" cy="12" r="8.5" />`,
  again: () => html`<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5M17.6 2.5v4.4h-4.4" />`,
  done: () =>
    html`<g><circle class="solid" cx="12" cy="12" r="10" /><path class="on-solid" d="m7 12.4 3.4 3.4L17 9" /></g>`,
  wait: () => html`<g><circle cx="12" cy="12" r="9" /><path d="M12 7v5.4l3.4 2" /></g>`,
  warn: () => html`<g><path d="M12 3 2.5 20h19Z" /><path d="M12 9.5v4.5m0 2.6v.4" /></g>`,
  next: () => html`<path d="m9 5 7 7-7 7" />`,
  back: () => html`<path d="m15 5-7 7 7 7" />`,
  list: () => html`<path d="M8 6h12M8 12h12M8 18h12M3.5 6h.5M3.5 12h.5M3.5 18h.5" />`,
  map: () => html`<path d="m3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2Zm6-2v14m6-12v14" />`,
  listen: () =>
    html`<path d="M7 9a5 5 0 0 1 10 0c0 4-4 4.5-4 8a2.5 2.5 0 0 1-5 .5M10 9a2 2 0 0 1 4 0" />`,
  say: () => html`<path d="M4 5h16v11h-9l-5 4v-4H4Z" />`,
  building: () =>
    html`<path d="M5 21V3h14v18M3 21h18M9 7h1.5m3 0H15M9 11h1.5m3 0H15M9 15h1.5m3 0H15" />`,
  person: () =>
    html`<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 9c0-4 3.5-6 7.5-6s7.5 2 7.5 6M19 8h4m-2-2v4" />`,
  people: () =>
    html`<path d="M9 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8.5c0-3.5 3-5.5 7-5.5s7 2 7 5.5M16 4.5a4 4 0 0 1 0 7.5m3 2.8c1.9.9 3 2.6 3 5.2" />`,
  clock: () => html`<g><circle cx="12" cy="12" r="9" /><path d="M12 7v5.4l3.4 2" /></g>`,
  draft: () => html`<path d="m4 20 1-4.5L16.5 4 20 7.5 8.5 19Z" />`,
};

/**
 * @param {keyof typeof DRAWN} name
 */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" data-icon=${name}>
    ${DRAWN[name]()}
  </svg>`;
}
