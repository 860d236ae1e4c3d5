import { sql } from 'kysely'
import { isConnectionError } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { LogLevel } from '../model/job-record.ts'
import { cleanLogText } from '../model/log-text.ts'
import type { Announcer } from '../watch/announcer.ts'
import { type Claim, ClaimLostError, claimIsValid } from './claim.ts'
import { createLineBuffer } from './line-buffer.ts'
import { insertLines, type LogLine, needsTrim, trimLines } from './log-lines.ts'

// Batches what a run reports: log lines and progress go to the database together, at most every half second. Inserting lines one
// by one takes 30 times as long, and an array in the job's row 400 times.

export interface RunWriter {
  line(level: LogLevel, message: string): void
  /** Shows this per cent with the next flush. By itself it causes at most one flush a second, which is enough for lists. */
  percent(value: number): void
  /** Writes what is waiting. Throws only ClaimLostError: a log that cannot be written must not fail the job. */
  flush(): Promise<void>
  /** Stops the timer; does not flush. */
  stop(): void
}

const FLUSH_INTERVAL = 500
/** Lines that trigger a flush before its time. */
const BATCH = 100
/** Milliseconds between two flushes that only the per cent causes. */
const PERCENT_INTERVAL = 1_000
/** Milliseconds between two announcements of a running job. */
const ANNOUNCE_INTERVAL = 1_000

export interface RunWriterOptions {
  db: Db
  clock: Clock
  log: Log
  claim: Claim & { jobType: string }
  /** Number of the last line of earlier attempts; 0 when there is none. */
  lastSeq: number
  announcer: Announcer
  /** Called once, when a flush finds the claim lost. */
  onClaimLost(error: ClaimLostError): void
  /** Called after each successful flush, outside its transaction. */
  afterFlush?(percentChanged: boolean): Promise<void>
}

export function createRunWriter(options: RunWriterOptions): RunWriter {
  const { db, clock, log, claim } = options
  const named = { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
  const buffer = createLineBuffer(options.lastSeq)
  let trimmedAt = options.lastSeq
  let percent: number | null = null
  let running: Promise<void> = Promise.resolve()
  let lost: ClaimLostError | null = null
  const announcements = throttleAnnouncements(clock, () => options.announcer.changed(claim.jobId))
  let percentAt = Number.NEGATIVE_INFINITY
  const timer = setInterval(() => {
    const percentIsDue = percent !== null && clock.monotonic() - percentAt >= PERCENT_INTERVAL
    if (buffer.size() > 0 || percentIsDue || announcements.overdue()) void flush().catch(() => {})
  }, FLUSH_INTERVAL)
  timer.unref()

  /** One flush at a time and in order: only this writer counts `seq`. */
  function flush(): Promise<void> {
    running = running.then(writeBatch, writeBatch)
    return running
  }

  async function writeBatch(): Promise<void> {
    if (lost) throw lost
    if (buffer.size() === 0 && percent === null && !announcements.overdue()) return
    const { lines, dropped } = buffer.take()
    const shown = percent
    percent = null
    try {
      trimmedAt = await writeLines(db, claim, { lines, shown, dropped, trimmedAt, monotonic: clock.monotonic() })
      if (shown !== null) percentAt = clock.monotonic()
      announcements.written()
      await options.afterFlush?.(shown !== null)
    } catch (error) {
      if (error instanceof ClaimLostError) {
        lost = error
        clearInterval(timer)
        options.onClaimLost(error)
        throw error
      }
      buffer.putBack(lines, dropped)
      percent ??= shown
      const level = isConnectionError(error) ? 'debug' : 'warn'
      log[level]({ err: error, ...named }, 'job log and progress could not be written; keeping the newest lines')
    }
  }

  return {
    line(level, message) {
      const text = cleanLogText(message)
      log.debug({ ...named, level }, text)
      buffer.add({ at: clock.monotonic(), level, message: text })
      if (buffer.size() === BATCH) void flush().catch(() => {})
    },
    percent(value) {
      percent = value
    },
    flush,
    stop: () => clearInterval(timer),
  }
}

/** Announces writes, but no more than one per interval. A write that came too soon is announced by a later flush. */
function throttleAnnouncements(clock: Clock, announce: () => void) {
  let announcedAt = Number.NEGATIVE_INFINITY
  let pending = false
  const isDue = () => clock.monotonic() - announcedAt >= ANNOUNCE_INTERVAL
  return {
    overdue: () => pending && isDue(),
    written() {
      pending = !isDue()
      if (pending) return
      announce()
      announcedAt = clock.monotonic()
    },
  }
}

interface Batch {
  lines: readonly LogLine[]
  shown: number | null
  /** Lines were dropped from memory since the marker was written. */
  dropped: boolean
  trimmedAt: number
  monotonic: number
}

/**
 * Writes a batch in one transaction.
 *
 * @returns the number up to which the log is trimmed.
 * @throws ClaimLostError.
 */
async function writeLines(db: Db, claim: Claim, batch: Batch): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    const valid = await sql`
      update job set updated_at = now(), percent_complete = greatest(percent_complete, ${batch.shown ?? 0}::smallint)
      where ${claimIsValid(claim)} returning 1
    `.execute(trx)
    if (valid.rows.length === 0) throw new ClaimLostError(claim)
    if (batch.lines.length > 0) await insertLines(trx, claim, batch.lines, batch.monotonic)
    // Every number up to the last of these lines is either written or dropped.
    const written = batch.lines.at(-1)?.seq ?? 0
    if (!batch.dropped && !needsTrim(written, batch.trimmedAt)) return batch.trimmedAt
    await trimLines(trx, claim, written)
    return written
  })
}
