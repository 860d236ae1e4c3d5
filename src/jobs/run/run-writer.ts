import { sql } from 'kysely'
import { isConnectionError } from '#db/connection-error.ts'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { LOG_LEVELS, type LogLevel } from '../model/job-record.ts'
import { cleanLogText } from '../model/log-text.ts'
import type { Announcer } from '../watch/announcer.ts'
import { type Claim, ClaimLostError, claimIsValid } from './claim.ts'

// Batches what a run says about itself: log lines and progress go to the database together, at most every half second.
// One row a line costs 30 times the time of rows in batches, and an array in the job's row 400 times.

export interface RunWriter {
  line(level: LogLevel, message: string): void
  /** Shows this per cent with the next flush. */
  percent(value: number): void
  /** Writes what is waiting now. Throws only ClaimLostError: a log that cannot be written must not fail the job. */
  flush(): Promise<void>
  /** Stops the timer. What is still waiting is written by `flush`, not by this. */
  stop(): void
}

interface Line {
  seq: number
  /** Reading of the clock that never jumps. */
  at: number
  level: LogLevel
  message: string
}

const FLUSH_INTERVAL = 500
const BATCH = 100
/** Listeners hear of a running job at most this often. */
const ANNOUNCE_INTERVAL = 1_000
/** A job that writes without end keeps its beginning and its latest lines. The place after the beginning is the marker's. */
const KEPT_HEAD = 1_000
const KEPT_TAIL = 9_000
const TRIM_EVERY = 1_000
/** Lines that may wait in memory while the database is away or slower than the job. */
const WAITING_MAXIMUM = 2_000

export interface RunWriterOptions {
  db: Db
  clock: Clock
  log: Log
  claim: Claim & { jobType: string }
  /** Number of the last line that earlier attempts wrote; 0 when there is none. */
  lastSeq: number
  announcer: Announcer
  /** Called once when a flush finds the claim gone. */
  onClaimLost(error: ClaimLostError): void
  /** Called after each flush that was written, outside its transaction. */
  afterFlush?(percentChanged: boolean): Promise<void>
}

export function createRunWriter(options: RunWriterOptions): RunWriter {
  const { db, clock, log, claim } = options
  const named = { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
  let lastSeq = options.lastSeq
  let trimmedAt = lastSeq
  let waiting: Line[] = []
  let percent: number | null = null
  let running: Promise<void> = Promise.resolve()
  let lost: ClaimLostError | null = null
  /** Lines were dropped from memory since the marker last told of dropped lines. */
  let untold = false
  let announcedAt = Number.NEGATIVE_INFINITY
  /** A write was not announced because the last announcement was too fresh: it is made up for when there is nothing else. */
  let unannounced = false

  const timer = setInterval(() => void flush().catch(() => {}), FLUSH_INTERVAL)
  timer.unref()

  function line(level: LogLevel, message: string): void {
    const text = cleanLogText(message)
    log.debug({ ...named, level }, text)
    lastSeq += lastSeq === KEPT_HEAD ? 2 : 1
    waiting.push({ seq: lastSeq, at: clock.monotonic(), level, message: text })
    // Keep the newest: they say why it stopped.
    if (waiting.length > WAITING_MAXIMUM) keepNewest(WAITING_MAXIMUM / 2)
    if (waiting.length === BATCH) void flush().catch(() => {})
  }

  function keepNewest(count: number): void {
    untold ||= waiting.length > count
    waiting = waiting.slice(-count)
  }

  /** One flush at a time and in order: `seq` is counted by this writer alone. */
  function flush(): Promise<void> {
    running = running.then(writeBatch, writeBatch)
    return running
  }

  async function writeBatch(): Promise<void> {
    if (lost) throw lost
    const announce = clock.monotonic() - announcedAt >= ANNOUNCE_INTERVAL
    if (waiting.length === 0 && percent === null && !(unannounced && announce)) return
    const lines = waiting
    const shown = percent
    const dropped = untold
    waiting = []
    percent = null
    untold = false
    try {
      await db.transaction().execute(async (trx) => {
        const held = await sql`
          update job set updated_at = now(), percent_complete = greatest(percent_complete, ${shown ?? 0}::smallint)
          where ${claimIsValid(claim)} returning 1
        `.execute(trx)
        if (held.rows.length === 0) throw new ClaimLostError(claim)
        if (lines.length > 0) await insertLines(trx, claim, lines, clock.monotonic())
        // Up to the last of these lines each number is either written or dropped; what waits behind it is neither yet.
        const written = lines.at(-1)?.seq ?? 0
        if (dropped || (written - trimmedAt >= TRIM_EVERY && written > KEPT_HEAD + 1 + KEPT_TAIL)) {
          await trim(trx, claim, written)
          trimmedAt = written
        }
      })
      if (announce) {
        options.announcer.changed(claim.jobId)
        announcedAt = clock.monotonic()
      }
      unannounced = !announce
      await options.afterFlush?.(shown !== null)
    } catch (error) {
      if (error instanceof ClaimLostError) {
        lost = error
        clearInterval(timer)
        options.onClaimLost(error)
        throw error
      }
      waiting = lines.concat(waiting)
      keepNewest(WAITING_MAXIMUM)
      untold ||= dropped
      percent ??= shown
      const level = isConnectionError(error) ? 'debug' : 'warn'
      log[level]({ err: error, ...named }, 'job log and progress could not be written; the newest lines are kept')
    }
  }

  return {
    line,
    percent(value) {
      percent = value
    },
    flush,
    stop: () => clearInterval(timer),
  }
}

async function insertLines(trx: Db, claim: Claim, lines: readonly Line[], monotonic: number): Promise<void> {
  // The database tells the time, less each line's age: the clocks of several machines never agree. A flush whose commit was not
  // confirmed may have happened: the same lines come again, and are the same rows.
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select ${claim.jobId}, line.seq, clock_timestamp() - line.age * interval '1 millisecond', line.level, ${claim.attempt}, line.message
    from unnest(${lines.map((line) => line.seq)}::int[], ${lines.map((line) => monotonic - line.at)}::float8[],
      ${lines.map((line) => LOG_LEVELS.indexOf(line.level))}::smallint[], ${lines.map((line) => line.message)}::text[])
      as line (seq, age, level, message)
    on conflict (job_id, seq) do nothing
  `.execute(trx)
}

/** Deletes what is neither among the first nor the last lines up to `written`, and tells of all that is missing. */
async function trim(trx: Db, claim: Claim, written: number): Promise<void> {
  const marker = KEPT_HEAD + 1
  await sql`
    delete from job_log where job_id = ${claim.jobId} and seq > ${marker} and seq <= ${written - KEPT_TAIL}
  `.execute(trx)
  const kept = await sql<{ kept: number }>`
    select count(*)::int as kept from job_log where job_id = ${claim.jobId} and seq <> ${marker}
  `.execute(trx)
  const dropped = written - (written > marker ? 1 : 0) - (kept.rows[0]?.kept ?? 0)
  const message = `${dropped} lines dropped: a job keeps its first ${KEPT_HEAD} and its last ${KEPT_TAIL}, as far as the database keeps up`
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    values (${claim.jobId}, ${marker}, now(), ${LOG_LEVELS.indexOf('warning')}, ${claim.attempt}, ${message})
    on conflict (job_id, seq) do update set message = excluded.message
  `.execute(trx)
}
