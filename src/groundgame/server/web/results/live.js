// @ts-check
/**
 * Results follow what comes in: every five seconds while somebody is looking, and at
 * once when they look again. Nobody's battery pays for a page in the background.
 *
 * The server answers with nothing when there is nothing new; then the page is left as it
 * is. When there is, what was folded open stays open, and the map is drawn again.
 */

const EVERY = 5_000;
/** @type {Set<string>} */
let unfolded = new Set();

function look() {
  if (document.visibilityState !== "visible") return;
  document.body.dispatchEvent(new CustomEvent("look-again"));
}

function remember() {
  unfolded = new Set([...document.querySelectorAll("details[id][open]")].map((each) => each.id));
}

function follow() {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  const map = document.querySelector("ground-map");
  const seen = document.querySelector("#live [name=seen]")?.getAttribute("value") ?? "";
  const address = new URL(map?.getAttribute("src") ?? "", location.href);
  if (address.searchParams.get("at") === seen) return;
  address.searchParams.set("at", seen);
  map?.setAttribute("src", address.pathname + address.search);
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
document.body.addEventListener("htmx:beforeSwap", remember);
document.body.addEventListener("htmx:afterSettle", follow);
