import { type Clock, systemClock } from './clock.ts'
import type { Log } from './log.ts'

export interface RepeatedWarnings {
  /** Logs a warning, unless one with the same text was logged within the interval. The next one says how many were left out. */
  warn(fields: object, text: string): void
}

/** How many texts are remembered: a caller that builds its texts from untrusted input must not fill the memory. */
const MOST_TEXTS = 100

/** Logs each text at most once per interval (default: a minute), for faults that recur with every poll or request. */
export function limitRepeats(
  log: Pick<Log, 'warn'>,
  { clock = systemClock, intervalMilliseconds = 60_000 }: { clock?: Clock; intervalMilliseconds?: number } = {},
): RepeatedWarnings {
  const seen = new Map<string, { at: number; omitted: number }>()
  return {
    warn(fields, text) {
      const now = clock.monotonic()
      const last = seen.get(text)
      if (last !== undefined && now - last.at < intervalMilliseconds) {
        last.omitted++
        return
      }
      seen.delete(text)
      if (seen.size >= MOST_TEXTS) seen.delete(seen.keys().next().value ?? '')
      seen.set(text, { at: now, omitted: 0 })
      log.warn(last?.omitted ? { ...fields, omitted: last.omitted } : fields, text)
    },
  }
}
