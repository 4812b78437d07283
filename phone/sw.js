// @ts-check
/**
 * The service worker: the app's own files, there without a network.
 *
 * The server lists what is on its disk in precache.json and names the whole by a
 * version; this script is registered under that version. Only files of the app are kept
 * here. What people told us is in IndexedDB, which this file never opens; the API is
 * never answered from here.
 */

const worker = /** @type {any} */ (self);
const PREFIX = "groundgame-app-";
const version = new URL(worker.location.href).searchParams.get("v") ?? "";
const HOME = new URL("./", worker.location.href).pathname;
const LIST = `${HOME}precache.json`;

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(fill());
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(clear().then(() => worker.clients.claim()));
});

worker.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "take over") worker.skipWaiting();
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (pathname.startsWith("/api/") || pathname === LIST) return;
  const ours = request.mode === "navigate" && pathname.startsWith(HOME);
  if (ours || request.mode !== "navigate") event.respondWith(answer(request, ours));
});

/** Fetch every file of this version, or none. */
async function fill() {
  const { files } = await list();
  const cache = await caches.open(PREFIX + version);
  const wanted = [HOME, ...files.filter((/** @type {string} */ file) => !isHome(file))];
  await Promise.all(wanted.map((file) => put(cache, file)));
  await list(); // the server changed in the meantime: a mixture is worse than none
}

/** What the server lists, provided that it is still our version. */
async function list() {
  const response = await fetch(LIST, { cache: "no-store" });
  const listed = await response.json();
  if (listed.version !== version) throw new Error(`the server is at ${listed.version}`);
  return listed;
}

/**
 * @param {Cache} cache
 * @param {string} file
 */
async function put(cache, file) {
  const response = await fetch(file, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  // A page that came by way of a redirect cannot answer a navigation; a copy can.
  const plain = response.redirected
    ? new Response(await response.blob(), { headers: response.headers })
    : response;
  await cache.put(file, plain);
}

/** @param {string} file */
function isHome(file) {
  return file === HOME || file === `${HOME}index.html` || file === `${HOME}sw.js`;
}

/** Older versions of the app go; nothing else does. */
async function clear() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + version);
  await Promise.all(older.map((name) => caches.delete(name)));
}

/**
 * @param {Request} request
 * @param {boolean} home
 */
async function answer(request, home) {
  const cache = await caches.open(PREFIX + version);
  const kept = await cache.match(home ? HOME : request, { ignoreSearch: home, ignoreVary: true });
  return kept ?? fetch(request);
}
