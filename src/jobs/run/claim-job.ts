import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { newId } from '#lib/ids.ts'
import type { Faults } from '../model/faults.ts'
import type { Delivery } from '../queue/delivery-queue.ts'
import type { ClaimedJob } from './claim.ts'
import { historyOf, type RunHistory } from './run-history.ts'

/**
 * Claims a delivered job. By starting state:
 * - pending: becomes running; `attempt` and `tries` increase by one.
 * - running under an older delivery (its worker died or fell silent): taken over the same way; the new `attempt` fences off the
 *   older run.
 * - running under this or a newer delivery (this one is late or duplicated): null.
 * - running without a worker (its children are running): null.
 * - completed, failed, cancelled, or deleted: null.
 *
 * One statement. It also returns the history for a first attempt, unless it had to wait for the row: the statement sees steps and
 * lines as of its start, and an earlier attempt may have finished a step since.
 *
 * @param token identifies this claim: the statement may be sent again with the same token when its commit was not confirmed.
 * @param processId the process that runs the job, to find its jobs when it runs out of memory.
 */
export async function claimJob(
  db: Db,
  delivery: Delivery,
  token = newId(),
  faults?: Faults,
  processId: string | null = null,
): Promise<ClaimedJob | null> {
  // Tests that stop just before the commit need a transaction. The statement is the same.
  if (faults === undefined) return await claim(db, delivery, token, processId)
  return await db.transaction().execute(async (trx) => {
    const claimed = await claim(trx, delivery, token, processId)
    if (claimed !== null) await faults.hit('in-claim')
    return claimed
  })
}

async function claim(db: Db, delivery: Delivery, token: string, processId: string | null): Promise<ClaimedJob | null> {
  const fresh = sql`case when delivery < ${delivery.number} then 1 else 0 end`
  const result = await sql<{
    job_type: string
    account_id: number | null
    parameters: Record<string, unknown>
    priority: number
    percent_complete: number
    root_job_id: string
    parent_job_id: string | null
    attempt: number
    tries: number
    memory_losses: number
    cancel_requested: boolean
    waited_seconds: number | null
    taken_over: boolean
    history: RunHistory | null
  }>`
      /* prepared claim-job */
      with before as (select id, job_state, claim_token, xmin::text as version from job where id = ${delivery.jobId} for update)
      update job set job_state = 'running', attempt = attempt + ${fresh}, tries = tries + ${fresh}, delivery = ${delivery.number},
        claim_token = ${token}, claimed_by = ${processId}, started_at = coalesce(started_at, statement_timestamp()), updated_at = statement_timestamp()
      from before
      where job.id = ${delivery.jobId} and job.job_state in ('pending', 'running') and not waiting and (delivery < ${delivery.number}
        or delivery = ${delivery.number} and job.claim_token = ${token} and job.job_state = 'running')
      returning job_type, account_id, parameters, priority, percent_complete, root_job_id, parent_job_id, attempt, tries, memory_losses,
        cancel_requested_at is not null as cancel_requested, before.job_state = 'running' and before.claim_token is distinct from ${token} as taken_over,
        case when attempt = 1 then extract(epoch from statement_timestamp() - created_at)::float8 end as waited_seconds,
        case when attempt = 1 and before.version = (select xmin::text from job where id = ${delivery.jobId}) then ${historyOf(delivery.jobId)} end
          as history
    `.execute(db)
  const row = result.rows[0]
  if (row === undefined) return null
  return {
    jobId: delivery.jobId,
    token,
    jobType: row.job_type,
    accountId: row.account_id,
    parameters: row.parameters,
    priority: row.priority,
    percentComplete: row.percent_complete,
    rootJobId: row.root_job_id,
    parentJobId: row.parent_job_id,
    attempt: row.attempt,
    tries: row.tries,
    memoryLosses: row.memory_losses,
    cancelRequested: row.cancel_requested,
    waitedSeconds: row.waited_seconds,
    takenOver: row.taken_over,
    history: row.history,
  }
}
