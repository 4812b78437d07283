// @ts-check
/**
 * All that the screen shows comes from one state; this file says what is in it, and what
 * follows from it.
 *
 * @typedef {import("../shelf/shelf.js").Kept} Kept
 * @typedef {import("../shelf/shelf.js").Packet} Packet
 * @typedef {import("../shelf/shelf.js").Draft} Draft
 * @typedef {import("../core/turf.js").Stop} Stop
 * @typedef {import("../core/event.js").Conversation} Conversation
 * @typedef {import("../sync/answer.js").Trouble} Trouble
 * @typedef {import("../sync/api.js").Refusal} Refusal
 * @typedef {"loading" | "broken" | "enter" | "turf" | "map" | "door" | "talk" | "more"} Screen
 * @typedef {{ text: string, about: string, undo: string | null }} Toast
 * @typedef {{
 *   screen: Screen,
 *   packet: string | null,
 *   door: string | null,
 *   packets: Packet[],
 *   log: Kept[],
 *   drafts: Draft[],
 *   draft: Draft | null,
 *   name: string,
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
 *   incomplete: boolean,
 *   notSaved: "full" | "closed" | "failed" | "left" | null,
 *   toast: Toast | null,
 *   sure: string | null,
 *   building: string | null,
 *   map: "fine" | "none",
 *   lookout: "off" | "on" | "none",
 *   update: boolean,
 *   persisted: boolean,
 *   expired: boolean,
 * }} State
 *   draft: the conversation on the screen; sure: id of what is asked about before it is
 *   taken back or left; lookout: whether the map shows where the phone is
 */

import { doors, holding } from "../core/log.js";
import { next, progress } from "../core/turf.js";

/** @type {State} */
export const INITIAL = {
  screen: "loading",
  packet: null,
  door: null,
  packets: [],
  log: [],
  drafts: [],
  draft: null,
  name: "",
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
  notSaved: null,
  toast: null,
  sure: null,
  building: null,
  map: "fine",
  lookout: "off",
  update: false,
  persisted: false,
  expired: false,
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
  const log = state.log
    .filter((kept) => kept.packet === state.packet)
    .map(({ event }) => ({ event, position: null }));
  const known = doors(log);
  return {
    packet,
    bundle,
    stops,
    doors: known,
    held: holding(log),
    progress: progress(stops, known),
    stop: stops.find(({ door }) => door === state.door) ?? null,
    next: next(stops, known, state.door),
    drafts: state.drafts.filter((draft) => draft.packet === state.packet),
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
  const saved = holding(log.map(({ event }) => ({ event, position: null }))).length;
  return { saved, unsent: log.filter((kept) => kept.unsent).length };
}

/**
 * Whether a draft holds anything that would be missed.
 *
 * @param {Draft} draft
 */
export function worthKeeping({ result, answers, note }) {
  return result !== null || note.trim() !== "" || Object.keys(answers).length > 0;
}
