// @ts-check
/**
 * Read the squares that a phone shows, with a camera or from pictures, until all are
 * here; then hand them in as the rescue file that they are.
 */

import "/vendor/jsqr.js";
import { Gathering } from "/phone/core/squares.js";

const EVERY = 120;
const WIDEST = 1_600; // pixels of a picture that is looked at

const place = /** @type {HTMLElement} */ (document.querySelector("#squares"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("form[hidden]"));
const video = /** @type {HTMLVideoElement} */ (place.querySelector("video"));
const bar = /** @type {HTMLProgressElement} */ (place.querySelector("progress"));
const status = /** @type {HTMLElement} */ (place.querySelector("[role=status]"));
const left = /** @type {HTMLElement} */ (place.querySelector("[data-left]"));
const [start, stop] = ["start", "stop"].map(
  (name) => /** @type {HTMLButtonElement} */ (place.querySelector(`[data-${name}]`)),
);
const canvas = document.createElement("canvas");
const gathering = new Gathering();
let done = false;
/** @type {MediaStream | null} */
let stream = null;

/** @param {string} text */
async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What a square in a picture holds, with the browser's own reader or with jsQR.
 *
 * @param {HTMLVideoElement | ImageBitmap} picture
 * @param {number} width
 * @param {number} height
 * @returns {Promise<string[]>}
 */
async function read(picture, width, height) {
  const Detector = /** @type {any} */ (globalThis).BarcodeDetector;
  if (Detector) {
    const found = await new Detector({ formats: ["qr_code"] }).detect(picture).catch(() => []);
    if (found.length > 0) return found.map((/** @type {any} */ each) => each.rawValue);
  }
  const scale = Math.min(1, WIDEST / Math.max(width, height, 1));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  if (!paper || canvas.width === 0) return [];
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = paper.getImageData(0, 0, canvas.width, canvas.height);
  const found = /** @type {any} */ (globalThis).jsQR(data, canvas.width, canvas.height, {
    inversionAttempts: "dontInvert",
  });
  return found ? [found.data] : [];
}

/**
 * @param {string[]} texts
 * @returns {Promise<boolean>} whether one of them was a square of a phone
 */
async function take(texts) {
  let ours = false;
  for (const text of texts) {
    const square = gathering.add(text);
    if (!square || done) continue;
    ours = true;
    await tell(square.name);
  }
  return ours;
}

/** @param {string} name */
async function tell(name) {
  const { have, of, missing } = gathering.progress(name);
  bar.hidden = false;
  bar.max = of;
  bar.value = have;
  const words = place.dataset.of ?? "";
  say(words.replace("%(have)s", String(have)).replace("%(of)s", String(of)));
  const some = missing.length > 0 && (missing.length <= 12 || !stream);
  left.textContent = some ? `${place.dataset.missing} ${missing.join(", ")}` : "";
  if (missing.length > 0) return;
  const text = await gathering.whole(name, sha256);
  if (text === null) return say(place.dataset.wrong ?? "");
  done = true;
  say(place.dataset.all ?? "");
  halt();
  hand(text);
}

/** @param {string} text */
function hand(text) {
  const files = new DataTransfer();
  files.items.add(new File([text], "groundgame-rescue-squares.json", { type: "application/json" }));
  const input = /** @type {HTMLInputElement} */ (form.querySelector("[type=file]"));
  input.files = files.files;
  form.submit();
}

/** @param {string} words */
function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

function halt() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.hidden = true;
  if (stop) stop.hidden = true;
  if (start) start.hidden = false;
}

start?.addEventListener("click", async () => {
  try {
    const wanted = { facingMode: "environment", width: { ideal: 1280 } };
    stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
  } catch {
    return say(place.dataset.dark ?? "");
  }
  start.hidden = true;
  if (stop) stop.hidden = false;
  video.hidden = false;
  video.srcObject = stream;
  await video.play();
  while (stream) {
    await take(await read(video, video.videoWidth, video.videoHeight));
    await new Promise((resume) => setTimeout(resume, EVERY));
  }
});

stop?.addEventListener("click", halt);

const pictures = /** @type {HTMLInputElement} */ (place.querySelector("#pictures"));
pictures.addEventListener("change", async ({ target }) => {
  for (const file of /** @type {HTMLInputElement} */ (target).files ?? []) {
    const picture = await createImageBitmap(file).catch(() => null);
    const found = picture ? await read(picture, picture.width, picture.height) : [];
    if (!(await take(found))) say(`${place.dataset.none} ${file.name}`);
  }
});

pictures.disabled = false; // until here nothing would have come of it
if (start) start.disabled = false;
