// @ts-check
/**
 * How far a job is: asked for every second while somebody is looking, until it ended. It
 * is said aloud to whoever does not see it when the words change, which is at every tenth.
 */

const EVERY = 1_000;

const heard = document.querySelector("#heard");
let last = "";

function say() {
  const said = document.querySelector("[data-heard]")?.textContent?.trim() ?? "";
  if (!heard || said === last) return;
  last = said;
  heard.textContent = said;
}

function look() {
  if (document.visibilityState !== "visible" || !document.querySelector("#job progress")) return;
  document.body.dispatchEvent(new CustomEvent("look-again"));
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
document.body.addEventListener("htmx:afterSettle", say);
