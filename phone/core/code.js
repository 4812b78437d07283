// @ts-check
/**
 * Turf codes as people type them: eight characters of Crockford's base 32.
 */

const LENGTH = 8;

/**
 * The code as it is printed, from whatever was typed, pasted or scanned.
 *
 * @param {string} typed may be lower case, spaced, or hold O for 0 and I or L for 1
 * @returns {string | null} such as "7KQ2-MX4P"; null when it is no code
 */
export function tidy(typed) {
  const plain = typed
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  if (plain.length !== LENGTH || !/^[0-9A-HJKMNP-TV-Z]+$/.test(plain)) return null;
  return `${plain.slice(0, 4)}-${plain.slice(4)}`;
}

/**
 * The code in a link, or in what a QR held: a whole address or the code itself.
 *
 * @param {string} link
 * @returns {string | null}
 */
export function fromLink(link) {
  const found = /[#&?]code=([^&]+)/.exec(link);
  if (!found) return tidy(link);
  try {
    return tidy(decodeURIComponent(found[1]));
  } catch {
    return null; // a broken escape: no code
  }
}
