// @ts-check
/**
 * A worker that paints the tiles of a map, so that the page never waits for it.
 *
 * In:  { walks } or { streets: address } to be painted from now on; { id, kind, tile, look }
 *      asks for a tile; { skip: id } wants it no more.
 * Out: { id, picture }, an ImageBitmap each.
 */

import { pack, paint } from "./strokes.js";

/** @typedef {import("./strokes.js").Strokes} Strokes */
/** @typedef {{ id: number, kind: "walks" | "streets", tile: import("./strokes.js").Tile, look: import("./strokes.js").Look, sharp: number }} Order */

const page = /** @type {Worker} */ (/** @type {unknown} */ (self));
const TILE = 512;
/** @type {Record<string, Promise<Strokes>>} */
const held = { walks: Promise.resolve(pack([])), streets: Promise.resolve(pack([])) };
/** @type {Map<number, Order>} */
const orders = new Map();

page.addEventListener("message", ({ data }) => {
  if (data.walks) held.walks = Promise.resolve(data.walks);
  else if (data.streets) held.streets = fetched(data.streets);
  else if (data.skip) orders.delete(data.skip);
  else {
    orders.set(data.id, data);
    setTimeout(work); // what is no more wanted is learned of first
  }
});

/** @param {string} address @returns {Promise<Strokes>} */
async function fetched(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  return pack(answer.ok ? (await answer.json()).features : []);
}

/** Paint one tile: the last one that was asked for is nearest to the eye. */
async function work() {
  const order = [...orders.values()].at(-1);
  if (!order) return;
  orders.delete(order.id);
  const { id, kind, tile, look, sharp } = order;
  const strokes = await /** @type {Promise<Strokes>} */ (held[kind]);
  const canvas = new OffscreenCanvas(TILE * sharp, TILE * sharp);
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(sharp, sharp);
  paint(pen, strokes, tile, look);
  const picture = canvas.transferToImageBitmap();
  page.postMessage({ id, picture }, [picture]);
}
