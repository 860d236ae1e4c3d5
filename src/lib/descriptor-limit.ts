import { readFileSync } from 'node:fs'
import { messageOf } from './errors.ts'

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

/** The codes by which the system, Node and PostgreSQL report that no further file can be opened. */
const SHORTAGE = /\bE[MN]FILE\b|too many open files|insufficient file descriptors/i

/** Whether an error or one of its causes says that no further file could be opened: nothing is wrong with the file itself. */
export function isDescriptorShortage(error: unknown): boolean {
  return SHORTAGE.test(messageOf(error))
}

/** For an error with `isDescriptorShortage`, which limit was reached and how to raise it; null for other errors. */
export function descriptorAdvice(error: unknown): string | null {
  if (!isDescriptorShortage(error)) return null
  if (/\bENFILE\b/.test(messageOf(error))) {
    return 'This machine has as many files and sockets open as its system allows: raise the limit (sysctl fs.file-max), or end what holds them.'
  }
  // Not from /proc, which cannot be opened now.
  Object.assign(process.report, { excludeNetwork: true })
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { hard: number | 'unlimited' } } }
  const limit = userLimits?.open_files?.hard
  const most = limit === undefined ? 'any more' : `more than ${limit}`
  return `This process may not open ${most} files and sockets: raise the limit, with "ulimit -n 65536" before the start or with LimitNOFILE=65536 in its service.`
}

/** The most connections to accept: each may have a file open too, such as an upload, and the rest of the process needs its share. */
export function connectionLimit(descriptors: number): number {
  return Math.floor((descriptors - Math.min(RESERVE, descriptors / 2)) / 2)
}
