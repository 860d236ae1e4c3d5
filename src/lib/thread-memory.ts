/**
 * Megabytes for young objects in a worker thread. Node's own size takes twice as much, in each thread, and drawing and reading charts are
 * no quicker with it.
 */
export const YOUNG_MEGABYTES = 48
