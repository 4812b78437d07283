// @ts-check
/**
 * The app, put together: one state, one picture of it, and what people do to it.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {ReturnType<typeof acts>} Acts
 */

import { harden } from "../shelf/harden.js";
import { unsent } from "../shelf/log.js";
import { shelf as openShelf } from "../shelf/shelf.js";
import { postEvents } from "../sync/api.js";
import { loop } from "../sync/loop.js";
import { sender } from "../sync/send.js";
import { app as makeApp } from "./app.js";
import { chart as makeChart } from "./chart.js";
import { alone } from "./device.js";
import { entering } from "./entering.js";
import { going } from "./going.js";
import { handing } from "./handing.js";
import { install } from "./install.js";
import { lasting } from "./lasting.js";
import { picture } from "./picture.js";
import { language } from "./say.js";
import { camera } from "./scan.js";
import { showing } from "./squares.js";
import { turf } from "./state.js";
import { talking } from "./talking.js";

/** Milliseconds in which every phone's storage should have answered. */
const PATIENCE = 8_000;

const shelf = openShelf();
const sending = loop({
  send: sender(shelf, postEvents, () =>
    app
      .reload()
      .then(app.tally)
      .catch(() => {}),
  ),
  due: async () => (await unsent(shelf)).length,
  alone,
  after: (milliseconds, work) => setTimeout(work, milliseconds),
  cancel: (timer) => clearTimeout(timer),
  chance: Math.random,
  report: heard,
});
const app = makeApp(shelf, draw, sending);
const look = lasting(app);
const chart = makeChart({
  tapped: (building) => act.look(building),
  failed: () => act.noMap("none"),
  unplaced: () => act.noLookout("none"),
});
const installed = install(() => app.set({ update: true }));
const act = acts();
const paint = picture(/** @type {HTMLElement} */ (document.getElementById("app")), act);

/** Everything a finger can do. */
function acts() {
  const go = going(app, () => talk.flush());
  const talk = talking(app, go.go);
  const hand = handing(app, { go: go.go, tell: talk.tell, told: look });
  const enter = entering(app, talk, go.go);
  return {
    ...{ ...go, ...talk, ...hand, ...enter, ...showing(app) },
    chart: (/** @type {HTMLElement | null} */ element) => chart.place(element),
    camera: camera((text) => hand.scanned(text)),
    async update() {
      await talk.flush(); // what is being typed is on the shelf before the page goes
      installed.take();
    },
    restart: () => location.reload(),
  };
}

/** @param {State} state */
function draw(state) {
  const now = turf(state);
  if (state.screen === "map") chart.show(now);
  paint(state, now);
  chart.lookOut(state.screen === "map" && state.lookout === "on");
}

/** @param {import("../sync/loop.js").Report} report */
async function heard({ sending, outcome }) {
  if (sending) return app.set({ sending });
  await app.reload().catch(() => {});
  const { trouble = null, lost = [], time = null } = outcome ?? {};
  app.set({ sending, trouble, lost: [...new Set([...app.state().lost, ...lost])] });
  await app.tally();
  await look(time).catch(() => {});
  if (trouble === null) act.renew().catch(() => {});
}

/** The app has come back before somebody's eyes. */
async function seen() {
  if (document.visibilityState !== "visible") return act.flush();
  sending.hope();
  act.renew().catch(() => {});
  installed.look();
}

/**
 * The page is left; kept, it is frozen as it stands, and shown again one day.
 *
 * @param {PageTransitionEvent} event
 */
function left({ persisted }) {
  if (persisted) shelf.breakOff();
  act.flush();
}

async function start() {
  document.documentElement.lang = language;
  if (!isSecureContext) return app.set({ screen: "broken" });
  setTimeout(() => app.set({ slow: true }), PATIENCE); // the phone may never answer
  try {
    app.set({ packet: act.last() });
    await harden(shelf).catch(() => {}); // no room for it now: at the next start
    await app.reload();
    await look().catch(() => {});
    await app.tally();
  } catch {
    return app.set({ screen: "broken" });
  }
  app.set({ persisted: (await navigator.storage?.persisted?.()) ?? false });
  act.arrive();
  addEventListener("popstate", act.arrive);
  addEventListener("online", sending.hope);
  addEventListener("pagehide", left);
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  document.addEventListener("visibilitychange", seen);
  seen();
}

start();
