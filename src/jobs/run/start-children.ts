import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { toJsonb } from '#db/to-jsonb.ts'
import { transactOnce } from '#db/transact-once.ts'
import { PermanentError } from '#lib/errors.ts'
import { redactJson } from '#lib/redact.ts'
import { announceChanged } from '../model/announce.ts'
import type { FanOut } from '../model/job-type.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { insertJobs } from '../queue/enqueue.ts'
import { lockTree } from '../tree/job-tree.ts'
import { ClaimLostError, claimIsValid } from './claim.ts'
import type { Run } from './run.ts'

/**
 * Starts a run's children in one transaction: inserts them with their queue entries, lets the parent wait without a worker, and
 * ends its delivery. The children belong to the parent's account.
 *
 * @returns false when the parent's cancel was requested: it creates no children.
 * @throws ClaimLostError; PermanentError for a child of an unknown type.
 */
export async function startChildren(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  run: Run,
  plan: FanOut,
): Promise<boolean> {
  const { claim } = run
  const children = plan.children.map((child) => {
    const type = registry.get(child.jobType)
    if (type === undefined) throw new PermanentError(`it returned a child job of the unknown type ${child.jobType}`)
    return { type, child }
  })
  const result = toJsonb(redactJson(plan.result))
  const totals = plan.totals === null ? null : toJsonb(plan.totals)
  const done = await transactOnce(db, async (trx) => {
    // A cancel reads the tree under this lock. Without it, children created meanwhile would keep running in a cancelled tree.
    await lockTree(trx, claim.rootJobId)
    const row = await sql<{ cancel_requested: boolean }>`
      select cancel_requested_at is not null as cancel_requested from job where ${claimIsValid(claim)} for update
    `.execute(trx)
    if (row.rows[0] === undefined) throw new ClaimLostError(claim)
    if (row.rows[0].cancel_requested) return false
    await sql`
      update job set updated_at = statement_timestamp(), waiting = true, waiting_from = percent_complete, waiting_result = ${result}::jsonb,
        waiting_totals = ${totals}::jsonb, on_child_failure = ${plan.onChildFailure}, open_children = ${children.length}, failed_children = 0
      where id = ${claim.jobId}
    `.execute(trx)
    await insertJobs(
      trx,
      deliveryQueue,
      children.map(({ type, child }) => ({
        type,
        rootJobId: claim.rootJobId,
        parentJobId: claim.jobId,
        accountId: claim.accountId,
        parameters: child.parameters,
        priority: child.priority ?? claim.priority,
        weight: child.weight ?? 1,
        startedBy: null,
      })),
    )
    await announceChanged(trx, [claim.jobId])
    await deliveryQueue.complete(trx, run.queue, run.delivery)
    await run.faults?.hit('in-fan-out')
    return true
  })
  await run.faults?.hit('after-fan-out')
  return done
}
