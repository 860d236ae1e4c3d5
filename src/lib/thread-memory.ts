/**
 * Megabytes for young objects in a worker thread. Node's default takes twice as much per thread and makes drawing and reading charts no
 * faster.
 */
export const YOUNG_MEGABYTES = 48
