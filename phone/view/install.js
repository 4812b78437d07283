// @ts-check
/**
 * The app on the phone: fetched once, then there without a network; a new version waits
 * until the canvasser says so, and never touches what was recorded.
 */

const EVERY = 1_800_000;

/**
 * @param {() => void} ready called when a new version waits
 * @returns {{ look: () => Promise<void>, take: () => void }}
 *   look: see whether there is a new version; take: change to it
 */
export function install(ready) {
  const workers = navigator.serviceWorker;
  if (!workers) return { look: async () => {}, take: () => location.reload() };
  /** @type {ServiceWorkerRegistration | undefined} */
  let registration;
  let taking = false;
  let looked = 0;

  /** @param {ServiceWorker | null} worker */
  const told = (worker) => {
    if (worker?.state === "installed" && workers.controller) ready();
  };

  /** @param {ServiceWorkerRegistration} found */
  const watch = (found) => {
    if (registration === found) return;
    registration = found;
    told(found.waiting);
    found.addEventListener("updatefound", () => {
      const fresh = found.installing;
      fresh?.addEventListener("statechange", () => {
        told(fresh);
        if (fresh.state === "redundant") looked = 0; // it did not come whole: look again soon
      });
    });
  };

  workers.addEventListener("controllerchange", () => {
    if (taking) location.reload();
  });

  return {
    async look() {
      if (Date.now() - looked < EVERY && Date.now() >= looked) return;
      try {
        const known = await workers.getRegistration();
        if (known) watch(known);
        const response = await fetch("precache.json", { cache: "no-store" });
        const { version } = await response.json();
        watch(await workers.register(`sw.js?v=${encodeURIComponent(version)}`));
        looked = Date.now();
      } catch {
        // no network: what is installed goes on
      }
    },
    take() {
      taking = true;
      if (registration?.waiting) registration.waiting.postMessage("take over");
      else location.reload();
    },
  };
}
