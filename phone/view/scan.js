// @ts-check
/**
 * Reading the printed square with the camera, where the browser can.
 */

const EVERY = 250;

export function canScan() {
  return "BarcodeDetector" in globalThis && Boolean(navigator.mediaDevices?.getUserMedia);
}

/**
 * @param {(text: string | null) => void} found what a square holds; null: no camera
 * @returns {(video: HTMLVideoElement | null) => void} given the picture while it is on
 *   the page, and null when it leaves
 */
export function camera(found) {
  /** @type {MediaStream | null} */
  let stream = null;
  /** @type {HTMLVideoElement | null} */
  let screen = null;

  const look = async () => {
    const detector = new /** @type {any} */ (globalThis).BarcodeDetector({ formats: ["qr_code"] });
    while (screen) {
      const squares = await detector.detect(screen).catch(() => []);
      if (squares.length > 0) found(squares[0].rawValue);
      await new Promise((resume) => setTimeout(resume, EVERY));
    }
  };

  const start = async (/** @type {HTMLVideoElement} */ video) => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      if (screen) await look();
    } catch {
      if (screen) found(null);
    } finally {
      stop();
    }
  };

  const stop = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
  };

  return (video) => {
    if (video === screen) return;
    screen = video;
    if (video) start(video);
    else stop();
  };
}
