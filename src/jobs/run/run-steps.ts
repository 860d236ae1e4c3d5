import { strict as assert } from 'node:assert'
import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import { newId } from '#lib/ids.ts'
import { redactJson } from '#lib/redact.ts'
import { type Claim, lockClaim, lockClaimAndMark } from './claim.ts'

// A job's steps as checkpoints in the database. The claim fences every write.

const RESULT_LIMIT = 64 * 1024

/** A step at the start of its attempt. */
export interface BegunStep {
  attempt: number
  /** What an earlier attempt saved, or null. */
  cursor: unknown
}

/** Marks a step running in its next attempt, and inserts its row if the job type did not list it. Returns its attempt and cursor. */
export async function beginStep(db: Db, claim: Claim, name: string): Promise<BegunStep> {
  return await transactOnce(db, async (trx, mark) => {
    await lockClaimAndMark(trx, claim, mark)
    const result = await sql<BegunStep>`
      insert into job_step (id, job_id, ordinal, step_name, status, attempt, started_at)
      values (${newId()}, ${claim.jobId}, (select coalesce(max(ordinal), 0) + 1 from job_step where job_id = ${claim.jobId}),
        ${name}, 'running', 1, statement_timestamp())
      on conflict (job_id, step_name) do update
        set status = 'running', attempt = job_step.attempt + 1, started_at = statement_timestamp(), completed_at = null, error = null
      returning attempt, cursor
    `.execute(trx)
    const row = result.rows[0]
    assert(row, 'an upsert returns its row')
    return row
  })
}

/**
 * Stores a step's result, with the secrets in it hidden: later attempts reuse it instead of running the step. The result may take
 * 64 KB as JSON.
 */
export async function completeStep(db: Db, claim: Claim, name: string, value: unknown): Promise<void> {
  const text = toJsonb(redactJson(value))
  assert(Buffer.byteLength(text) <= RESULT_LIMIT, `the result of step ${name} is over 64 KB: store counts and ids, not data`)
  await db.transaction().execute(async (trx) => {
    await lockClaim(trx, claim)
    await sql`
      update job_step set status = 'completed', completed_at = statement_timestamp(), result = ${text}::jsonb, error = null
      where job_id = ${claim.jobId} and step_name = ${name}
    `.execute(trx)
  })
}

/** Saves a bookmark for the next attempt of a step. It may take 64 KB as JSON. */
export async function saveStepCursor(db: Db, claim: Claim, name: string, cursor: unknown): Promise<void> {
  const text = toJsonb(cursor)
  assert(Buffer.byteLength(text) <= RESULT_LIMIT, `the cursor of step ${name} is over 64 KB: store a bookmark, not data`)
  await db.transaction().execute(async (trx) => {
    await lockClaim(trx, claim)
    await sql`update job_step set cursor = ${text}::jsonb where job_id = ${claim.jobId} and step_name = ${name}`.execute(trx)
  })
}
