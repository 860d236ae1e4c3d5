import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { LOG_LEVELS, type LogLevel } from '../model/job-record.ts'
import type { Claim } from './claim.ts'

// A job's lines in the database. A job that logs without end keeps its first and its latest lines; the number after the first
// ones belongs to the marker, a line that counts what was dropped.

export interface LogLine {
  seq: number
  /** Reading of the monotonic clock. */
  at: number
  level: LogLevel
  message: string
}

const KEPT_FIRST = 1_000
const KEPT_LATEST = 9_000
const MARKER = KEPT_FIRST + 1
/** Lines between two trims. */
const TRIM_EVERY = 1_000

/** The number of the next line. */
export function nextSeq(lastSeq: number): number {
  return lastSeq === KEPT_FIRST ? MARKER + 1 : lastSeq + 1
}

/** Whether the log has grown enough to be trimmed again. */
export function needsTrim(lastSeq: number, trimmedAt: number): boolean {
  return lastSeq - trimmedAt >= TRIM_EVERY && lastSeq > MARKER + KEPT_LATEST
}

/** @param monotonic the clock's reading now: the line's age is subtracted from the database's time. */
export async function insertLines(trx: Db, claim: Claim, lines: readonly LogLine[], monotonic: number): Promise<void> {
  // The database's time, because clocks of several machines never agree. A flush whose commit was not confirmed sends the same
  // lines again, and they are the same rows.
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    select ${claim.jobId}, line.seq, clock_timestamp() - line.age * interval '1 millisecond', line.level, ${claim.attempt}, line.message
    from unnest(${lines.map((line) => line.seq)}::int[], ${lines.map((line) => monotonic - line.at)}::float8[],
      ${lines.map((line) => LOG_LEVELS.indexOf(line.level))}::smallint[], ${lines.map((line) => line.message)}::text[])
      as line (seq, age, level, message)
    on conflict (job_id, seq) do nothing
  `.execute(trx)
}

/** Deletes the lines up to `lastSeq` that are neither among the first nor the latest, and counts all missing ones in the marker. */
export async function trimLines(trx: Db, claim: Claim, lastSeq: number): Promise<void> {
  await sql`
    delete from job_log where job_id = ${claim.jobId} and seq > ${MARKER} and seq <= ${lastSeq - KEPT_LATEST}
  `.execute(trx)
  const kept = await sql<{ kept: number }>`
    select count(*)::int as kept from job_log where job_id = ${claim.jobId} and seq <> ${MARKER}
  `.execute(trx)
  const dropped = lastSeq - (lastSeq > MARKER ? 1 : 0) - (kept.rows[0]?.kept ?? 0)
  const message = `${dropped} lines dropped: a job keeps its first ${KEPT_FIRST} and its last ${KEPT_LATEST} lines, as far as the database keeps up`
  await sql`
    insert into job_log (job_id, seq, at, level, attempt, message)
    values (${claim.jobId}, ${MARKER}, statement_timestamp(), ${LOG_LEVELS.indexOf('warning')}, ${claim.attempt}, ${message})
    on conflict (job_id, seq) do update set message = excluded.message
  `.execute(trx)
}
