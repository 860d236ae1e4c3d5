import { readFileSync } from 'node:fs'

/** Descriptors kept for the database, worker threads, charts and downloads. */
const RESERVE = 256

/**
 * Reads how many files and sockets this process may have open; null where that is not known (other systems than Linux). Node itself
 * raises the limit as far as the system allows.
 */
export function descriptorLimit(): number | null {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return limit === undefined ? null : Number(limit)
  } catch {
    return null
  }
}

/** The most connections to accept: each may have a file open too, such as an upload, and the rest of the process needs its share. */
export function connectionLimit(descriptors: number): number {
  return Math.floor((descriptors - Math.min(RESERVE, descriptors / 2)) / 2)
}
