// @ts-check
/**
 * The server's three doors, as this phone knocks on them.
 *
 * @typedef {import("./answer.js").Answer} Answer
 * @typedef {import("../shelf/packets.js").Bundle} Bundle
 * @typedef {"unknown-code" | "expired-code" | "used-up-code" | "too-many" | "offline"
 *   | "server" | "newer"} Refusal
 *   newer: the packet is of a form that this version of the app cannot read
 */

const PATIENCE = 30_000;

/**
 * @param {string} token
 * @param {object} body a batch of events
 * @returns {Promise<Answer>}
 * @throws {TypeError | DOMException} no connection, or no answer in time
 */
export async function postEvents(token, body) {
  return ask("events", { token, body });
}

/**
 * Trade a turf code for a packet.
 *
 * @param {{ code: string, device: string, name: string }} body
 * @returns {Promise<{ token: string, bundle: Bundle } | Refusal>}
 */
export async function claim(body) {
  /** @type {Answer} */
  let answer;
  try {
    answer = await ask("claim", { body });
  } catch {
    return "offline";
  }
  const said = /** @type {any} */ (answer.body);
  if (answer.status === 200 && typeof said?.token === "string") {
    return readable(said.bundle) ? { token: said.token, bundle: said.bundle } : "newer";
  }
  return refusal(answer);
}

/**
 * The packet as it stands now.
 *
 * @param {string} packet
 * @param {string} token
 * @returns {Promise<Bundle | "ended" | null>} ended: no longer in this phone's hand;
 *   null: no word from the server
 */
export async function bundle(packet, token) {
  try {
    const { status, body } = await ask(`packets/${encodeURIComponent(packet)}`, { token });
    if (status === 200 && readable(body)) return /** @type {Bundle} */ (body);
    const problem = typeof body === "object" && body !== null && "type" in body;
    return problem && (status === 403 || status === 410) ? "ended" : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} path
 * @param {{ token?: string, body?: object }} request
 * @returns {Promise<Answer>}
 */
async function ask(path, { token, body }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json, application/problem+json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  const response = await fetch(`/api/${path}`, {
    method: body ? "POST" : "GET",
    headers,
    body: body ? JSON.stringify(body) : undefined,
    cache: "no-store",
    credentials: "omit",
    signal: timeout(PATIENCE),
  });
  const after = Number(response.headers.get("Retry-After"));
  return {
    status: response.status,
    body: await response.json().catch((problem) => {
      if (problem instanceof SyntaxError) return undefined; // a page, not an answer
      throw problem; // the connection broke in the middle
    }),
    after: after > 0 ? Math.min(after, 600) : 0,
  };
}

/**
 * @param {Answer} answer
 * @returns {Refusal}
 */
function refusal({ status, body }) {
  if (typeof body !== "object" || body === null) return "server";
  const problem = "type" in body ? String(body.type).split("/").at(-1) : "";
  if (problem === "unknown-code" || problem === "expired-code" || problem === "used-up-code") {
    return problem;
  }
  return status === 429 ? "too-many" : "server";
}

/**
 * @param {any} bundle
 */
function readable(bundle) {
  return (
    bundle?.format === 1 && Array.isArray(bundle.stops) && Array.isArray(bundle.script?.questions)
  );
}

/**
 * @param {number} milliseconds
 * @returns {AbortSignal}
 */
function timeout(milliseconds) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), milliseconds);
  return stop.signal;
}
