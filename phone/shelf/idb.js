// @ts-check
/**
 * idb, with the types it is published with.
 */

import * as idb from "../../vendor/idb.js";

export const openDB = /** @type {typeof import("idb").openDB} */ (
  /** @type {unknown} */ (idb.openDB)
);
