// @ts-check
/**
 * Results follow what comes in: every five seconds while somebody is looking, and at
 * once when they look again. Nobody's battery pays for a page in the background.
 *
 * The map is drawn again only when something new has been counted.
 */

const EVERY = 5_000;
const live = document.querySelector("#live");
let position = counted();

/** @returns {string} what the page counts: the last place in the log, and how many hold */
function counted() {
  return live?.querySelector("[data-position]")?.getAttribute("data-position") ?? "";
}

function look() {
  if (document.visibilityState !== "visible") return;
  document.body.dispatchEvent(new CustomEvent("look-again"));
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
document.body.addEventListener("htmx:afterSwap", () => {
  const now = counted();
  if (now === position) return;
  position = now;
  const map = document.querySelector("ground-map");
  const address = new URL(map?.getAttribute("src") ?? "", location.href);
  address.searchParams.set("at", now);
  map?.setAttribute("src", address.pathname + address.search);
});
