// @ts-check
/**
 * What time it is, as far as a phone can know.
 *
 * A phone's clock is a claim: it may say 1970, or 2038. The server's time, heard at each
 * sync, is not. Between two words of the server, time is carried on by a clock that
 * nobody can set while the app is before somebody's eyes, and by the phone's own while it
 * was not; but never back.
 *
 * @typedef {{ time: number, wall: number, steady: number }} Known
 *   time: of the server; wall, steady: what the two clocks of this phone said then
 * @typedef {{ wall: number, steady: number, watched: boolean }} Look
 *   all in milliseconds; steady: since the app was opened; watched: it has been open and
 *   before somebody's eyes since the last look
 */

/**
 * What the server's clock says now.
 *
 * @param {Known | null} last
 * @param {Look} look
 * @param {number | null} [server] what the server has just said, if it has
 * @returns {Known | null} null: no server has ever said
 */
export function reckoned(last, { wall, steady, watched }, server = null) {
  if (server !== null) return { time: server, wall, steady };
  if (!last) return null;
  const passed = watched ? steady - last.steady : wall - last.wall;
  return { time: last.time + Math.max(0, passed), wall, steady };
}
