// @ts-check
/**
 * Planted bugs: a copy of the app with some lines changed, to see whether a test notices.
 *
 * A planted line says `fired()`; a mutant that was never reached proves nothing.
 */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const HOUSE = fileURLToPath(new URL("../../", import.meta.url));

/** The app as it is. */
export const AS_IT_IS = new URL("../", import.meta.url);

let count = 0;
process.setMaxListeners(50); // one a mutant, to clean up after it
Object.assign(globalThis, {
  fired() {
    count += 1;
    return true;
  },
});

/** How often planted lines were reached since the last call. */
export function firings() {
  const last = count;
  count = 0;
  return last;
}

/**
 * A copy of the app with each of these texts replaced; refuses a text that is not there.
 *
 * @param {[file: string, from: string, to: string][]} changes
 * @returns {URL} the copy's folder, to import from
 */
export function mutant(changes) {
  const house = mkdtempSync(join(tmpdir(), "groundgame-mutant-"));
  process.on("exit", () => rmSync(house, { recursive: true, force: true }));
  mkdirSync(join(house, "phone"));
  for (const room of ["core", "shelf", "sync"]) {
    cpSync(join(HOUSE, "phone", room), join(house, "phone", room), { recursive: true });
  }
  symlinkSync(join(HOUSE, "vendor"), join(house, "vendor"));
  writeFileSync(join(house, "package.json"), '{"type": "module"}');
  for (const [file, from, to] of changes) {
    const path = join(house, "phone", file);
    const text = readFileSync(path, "utf8");
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold ${from} once`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return pathToFileURL(`${join(house, "phone")}/`);
}
