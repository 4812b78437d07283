// @ts-check
/**
 * What the app asks of the phone: time, chance, hashing, locks, files.
 *
 * @typedef {import("../shelf/log.js").Edge} Edge
 */

/** @type {Edge} */
export const edge = {
  now: () => Date.now(),
  chance: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  async sha256(text) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
};

/**
 * Do some work unless another tab is at it.
 *
 * @param {() => Promise<void>} work
 * @returns {Promise<boolean>} whether it was done here
 */
export async function alone(work) {
  if (!navigator.locks) {
    await work(); // an old browser: the server takes the same entry twice without harm
    return true;
  }
  return navigator.locks.request("groundgame-send", { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

/**
 * Hand a file to the person who holds the phone.
 *
 * @param {string} name
 * @param {string} text
 */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Ask the phone not to clear our storage by itself.
 *
 * @returns {Promise<boolean>} whether it promised
 */
export async function persist() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
