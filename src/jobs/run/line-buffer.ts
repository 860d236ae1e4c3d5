import { type LogLine, nextSeq } from './log-lines.ts'

/** Lines that wait to be written, numbered in order. Holds a limited number and drops the oldest beyond it. */
export interface LineBuffer {
  add(line: Omit<LogLine, 'seq'>): void
  size(): number
  /** Removes all lines; `dropped` tells whether any were dropped since the last take. */
  take(): { lines: readonly LogLine[]; dropped: boolean }
  /** Takes back lines that could not be written; they come before the lines added since. */
  putBack(lines: readonly LogLine[], dropped: boolean): void
}

/** Lines that may wait in memory while the database is unavailable or slower than the job. */
const MAXIMUM = 2_000

/** @param lastSeq number of the last line of earlier attempts; 0 when there is none. */
export function createLineBuffer(lastSeq: number): LineBuffer {
  let seq = lastSeq
  let waiting: LogLine[] = []
  let droppedSinceMarker = false

  /** Drops the oldest, because the newest lines say why a job stopped. */
  function keepNewest(count: number): void {
    droppedSinceMarker ||= waiting.length > count
    waiting = waiting.slice(-count)
  }

  return {
    add(line) {
      seq = nextSeq(seq)
      waiting.push({ seq, ...line })
      if (waiting.length > MAXIMUM) keepNewest(MAXIMUM / 2)
    },
    size: () => waiting.length,
    take() {
      const taken = { lines: waiting, dropped: droppedSinceMarker }
      waiting = []
      droppedSinceMarker = false
      return taken
    },
    putBack(lines, dropped) {
      waiting = lines.concat(waiting)
      keepNewest(MAXIMUM)
      droppedSinceMarker ||= dropped
    },
  }
}
