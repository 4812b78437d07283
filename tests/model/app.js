// @ts-check
/**
 * The parts of the app that the model runs, from wherever they lie: as they are, or a
 * copy with a planted bug.
 *
 * @typedef {Awaited<ReturnType<typeof app>>} App
 */

/** @param {URL} root */
export async function app(root) {
  const from = (/** @type {string} */ file) => import(new URL(file, root).href);
  return {
    .../** @type {typeof import("../../phone/core/event.js")} */ (await from("core/event.js")),
    .../** @type {typeof import("../../phone/core/log.js")} */ (await from("core/log.js")),
    .../** @type {typeof import("../../phone/shelf/shelf.js")} */ (await from("shelf/shelf.js")),
    .../** @type {typeof import("../../phone/shelf/log.js")} */ (await from("shelf/log.js")),
    .../** @type {typeof import("../../phone/shelf/packets.js")} */ (
      await from("shelf/packets.js")
    ),
    .../** @type {typeof import("../../phone/shelf/tally.js")} */ (await from("shelf/tally.js")),
    .../** @type {typeof import("../../phone/shelf/clock.js")} */ (await from("shelf/clock.js")),
    .../** @type {typeof import("../../phone/sync/send.js")} */ (await from("sync/send.js")),
    .../** @type {typeof import("../../phone/sync/loop.js")} */ (await from("sync/loop.js")),
  };
}
