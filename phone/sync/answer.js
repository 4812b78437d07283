// @ts-check
/**
 * What an answer from the network is worth.
 *
 * Between the phone and the server stand hotel networks, proxies and half-open doors.
 * Only JSON of the shape we know counts as the server's word; all else means: not yet.
 *
 * @typedef {{ status: number, body: unknown, after?: number }} Answer
 *   body: what was read as JSON, undefined when it was none; after: seconds to wait, as
 *   the server asked
 * @typedef {"offline" | "portal" | "refused" | "choked" | "busy" | "unclear"} Trouble
 *   offline: no connection; portal: somebody else answered; refused: the server does not
 *   know this phone's token; choked: it could not take this batch; busy: it says later;
 *   unclear: it answered and named nothing of what was sent
 */

import { reply } from "../core/receipts.js";

/**
 * @param {Answer} answer to a batch of events
 * @returns {import("../core/receipts.js").Reply | Trouble}
 */
export function judge({ status, body }) {
  if (status === 200) return reply(body) ?? "portal";
  if (status === 429 || status > 500) return "busy";
  if (status === 413 || status === 500) return "choked";
  if (typeof body !== "object" || body === null) return "portal";
  if (status === 400 || status === 422) return "choked";
  return "refused";
}
