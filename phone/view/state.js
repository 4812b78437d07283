// @ts-check
/**
 * All that the screen shows comes from one state; this file says what is in it, and what
 * follows from it.
 *
 * @typedef {import("../shelf/shelf.js").Kept} Kept
 * @typedef {import("../shelf/shelf.js").Packet} Packet
 * @typedef {import("../shelf/shelf.js").Draft & {
 *   passed?: string[], at?: string | null, language?: string, again?: string,
 *   added?: import("../core/event.js").Added, corrects?: string,
 * }} Draft
 *   passed: questions skipped, and what was said; at: the question that is open;
 *   corrects: the conversation in whose place this one is put
 * @typedef {import("../core/turf.js").Stop} Stop
 * @typedef {import("../core/script.js").Script} Script
 * @typedef {import("../core/event.js").Conversation} Conversation
 * @typedef {import("../sync/answer.js").Trouble} Trouble
 * @typedef {import("../sync/api.js").Refusal} Refusal
 * @typedef {"loading" | "broken" | "enter" | "turf" | "map" | "door" | "building" | "talk"
 *   | "more" | "finish"} Screen
 * @typedef {{ text: string, about: string, undo: string[] | null }} Toast
 *   undo: ids of the events that Undo takes back
 * @typedef {{
 *   screen: Screen,
 *   slow: boolean,
 *   packet: string | null,
 *   door: string | null,
 *   packets: Packet[],
 *   log: Kept[],
 *   drafts: Draft[],
 *   draft: Draft | null,
 *   name: string,
 *   device: string,
 *   code: string,
 *   entering: boolean,
 *   refusal: Refusal | "name" | "shape" | null,
 *   scanning: boolean,
 *   scan: "no" | "yes" | "failed",
 *   sending: boolean,
 *   trouble: Trouble | null,
 *   lost: number[],
 *   gone: import("../shelf/tally.js").Tally | null,
 *   saving: boolean,
 *   incomplete: false | "result" | "name",
 *   unfolded: boolean,
 *   all: boolean,
 *   access: Record<string, string> | null,
 *   notSaved: "full" | "closed" | "failed" | "left" | null,
 *   toast: Toast | null,
 *   sure: string | null,
 *   building: string | null,
 *   map: "fine" | "none",
 *   lookout: "off" | "on" | "none",
 *   update: boolean,
 *   persisted: boolean,
 *   expired: boolean,
 *   squares: import("./squares.js").Shown | null,
 * }} State
 *   slow: it is late for the phone's storage to answer;
 *   draft: the conversation on the screen; incomplete: what it lacks to be saved;
 *   unfolded: whether the results are; all: whether questions that wait are shown;
 *   access: how to get in, while it is written; sure: id of what is asked about before it is
 *   taken back or left; lookout: whether the map shows where the phone is
 */

import { access, doors, holding } from "../core/log.js";
import { said } from "../core/said.js";
import { meaning } from "../core/script.js";
import { ahead, next, progress, shared } from "../core/turf.js";
import { language } from "./say.js";

/** @type {State} */
export const INITIAL = {
  screen: "loading",
  slow: false,
  packet: null,
  door: null,
  packets: [],
  log: [],
  drafts: [],
  draft: null,
  name: "",
  device: "",
  code: "",
  entering: false,
  refusal: null,
  scanning: false,
  scan: "no",
  sending: false,
  trouble: null,
  lost: [],
  gone: null,
  saving: false,
  incomplete: false,
  unfolded: false,
  all: false,
  access: null,
  notSaved: null,
  toast: null,
  sure: null,
  building: null,
  map: "fine",
  lookout: "off",
  update: false,
  persisted: false,
  expired: false,
  squares: null,
};

/**
 * The turf on the screen, and how it stands.
 *
 * @param {State} state
 */
export function turf(state) {
  const packet = state.packets.find(({ id }) => id === state.packet) ?? null;
  const bundle = packet?.bundle ?? null;
  const stops = bundle?.stops ?? [];
  const own = state.log.flatMap(({ packet, event }) =>
    event && packet === state.packet ? [event] : [],
  );
  const log = shared(own, bundle?.log);
  const known = doors(log);
  const ends = (/** @type {Conversation} */ last) => meaning(scripts.get(last.script), last.result);
  const scripts = new Map(
    [bundle?.script, ...(bundle?.scripts ?? [])].flatMap((each) =>
      each ? [[each.id, said(each, language)]] : [],
    ),
  );
  const usual = scripts.get(bundle?.script.id ?? "");
  return {
    packet,
    bundle,
    stops,
    doors: known,
    ends,
    held: holding(log),
    progress: progress(stops, known, ends),
    ahead: ahead(stops, known, state.door, bundle?.turf),
    stop: stops.find(({ door }) => door === state.door) ?? null,
    within: stops.filter(({ building }) => building === state.building),
    next: next(stops, known, state.door, ends),
    access: access(log, bundle?.buildings),
    drafts: /** @type {Draft[]} */ (state.drafts.filter((draft) => draft.packet === state.packet)),
    ...people(state, packet),
    /** The script of a door, as it is said here. @param {Stop} stop */
    scriptOf: (stop) => /** @type {Script} */ (scripts.get(stop.script ?? "") ?? usual),
    /** A script that a conversation was held with. @param {string} id */
    script: (id) => scripts.get(id),
  };
}

/**
 * Who has this packet as well, by the name of the phone.
 *
 * @param {State} state
 * @param {Packet | null} packet
 */
function people({ device }, packet) {
  const others = (packet?.bundle?.canvassers ?? []).filter((each) => each.device !== device);
  const names = new Map(others.map((each) => [each.device, each.name]));
  return {
    with: [...new Set(names.values())],
    /** The colleague who wrote an event; "" for one of our own. @param {{ device: string }} event */
    by: (event) => names.get(event.device) ?? "",
  };
}

/** @typedef {ReturnType<typeof turf>} Turf */

/**
 * What the status line counts: conversations that hold, and entries no receipt has named.
 *
 * @param {State} state
 * @returns {{ saved: number, unsent: number }}
 */
export function counts({ log }) {
  const read = log.flatMap(({ event }) => (event ? [{ event, position: null }] : []));
  const shut = log.length - read.length; // their packet has left: only the server can tell
  return { saved: holding(read).length + shut, unsent: log.filter((kept) => kept.unsent).length };
}

/**
 * Whether a draft holds anything that would be missed.
 *
 * @param {Draft} draft
 */
export function worthKeeping({ result, answers, note, added, corrects }) {
  const named = (added?.name ?? "").trim() !== "";
  const said = result !== null || note.trim() !== "" || Object.keys(answers).length > 0;
  return said || named || corrects !== undefined;
}
