// @ts-check
/**
 * The map's worker, under an address that the service worker answers for: one that lies
 * outside /phone/ would not start without a network.
 */

import "../../vendor/maplibre/maplibre-gl-worker.mjs";
