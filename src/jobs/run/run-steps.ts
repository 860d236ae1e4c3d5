import { strict as assert } from 'node:assert'
import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import { newId } from '#lib/ids.ts'
import { type Claim, holdClaim } from './claim.ts'

// A job's steps as checkpoints in the database. Every write is fenced by the claim.

export interface StoredStep {
  name: string
  weight: number
  completed: boolean
  result: unknown
  cursor: unknown
}

const RESULT_LIMIT = 64 * 1024

/** What earlier attempts left: the steps in their order, and the number of the last log line (0 without one). */
export interface RunHistory {
  steps: StoredStep[]
  lastSeq: number
}

/** A job's history as one JSON value, to be read with a statement that does something else. */
export function historyOf(jobId: string) {
  return sql<RunHistory>`json_build_object(
    'lastSeq', coalesce((select max(seq) from job_log where job_id = ${jobId}), 0),
    'steps', coalesce((select json_agg(json_build_object('name', step_name, 'weight', weight, 'completed', status = 'completed',
      'result', result, 'cursor', cursor) order by ordinal) from job_step where job_id = ${jobId}), '[]'))`
}

export async function readHistory(db: Db, jobId: string): Promise<RunHistory> {
  const result = await sql<{ history: RunHistory }>`select ${historyOf(jobId)} as history`.execute(db)
  return result.rows[0]?.history ?? { steps: [], lastSeq: 0 }
}

/** Marks a step running, one attempt up, and makes its row when it was not known in advance. Returns its attempt and cursor. */
export async function beginStep(db: Db, claim: Claim, name: string): Promise<{ attempt: number; cursor: unknown }> {
  return await transactOnce(db, async (trx) => {
    await holdClaim(trx, claim)
    const result = await sql<{ attempt: number; cursor: unknown }>`
      insert into job_step (id, job_id, ordinal, step_name, status, attempt, started_at)
      values (${newId()}, ${claim.jobId}, (select coalesce(max(ordinal), 0) + 1 from job_step where job_id = ${claim.jobId}),
        ${name}, 'running', 1, now())
      on conflict (job_id, step_name) do update
        set status = 'running', attempt = job_step.attempt + 1, started_at = now(), completed_at = null, error = null
      returning attempt, cursor
    `.execute(trx)
    const row = result.rows[0]
    assert(row, 'an upsert returns its row')
    return row
  })
}

/** Stores a step's result: from here on no attempt runs it again. */
export async function completeStep(db: Db, claim: Claim, name: string, value: unknown): Promise<void> {
  const text = toJsonb(value)
  assert(Buffer.byteLength(text) <= RESULT_LIMIT, `the result of step ${name} is over 64 KB: keep counts and ids, not data`)
  await db.transaction().execute(async (trx) => {
    await holdClaim(trx, claim)
    await sql`
      update job_step set status = 'completed', completed_at = now(), result = ${text}::jsonb, error = null
      where job_id = ${claim.jobId} and step_name = ${name}
    `.execute(trx)
  })
}

export async function saveStepCursor(db: Db, claim: Claim, name: string, cursor: unknown): Promise<void> {
  const text = toJsonb(cursor)
  assert(Buffer.byteLength(text) <= RESULT_LIMIT, `the cursor of step ${name} is over 64 KB: keep a bookmark, not data`)
  await db.transaction().execute(async (trx) => {
    await holdClaim(trx, claim)
    await sql`update job_step set cursor = ${text}::jsonb where job_id = ${claim.jobId} and step_name = ${name}`.execute(trx)
  })
}
