import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { announceChanged } from './announce.ts'
import type { Boss } from './boss.ts'
import { ClaimLostError } from './claim.ts'
import { insertJobs } from './enqueue.ts'
import type { FanOut } from './job-type.ts'
import type { Registry } from './registry.ts'
import { held, type Run } from './settle.ts'

/**
 * Turns a run into its children, in one transaction: the children and their queue entries exist, the parent waits without a
 * worker, and its own delivery has ended; or nothing of that. The children belong to the parent's account.
 *
 * @returns false when the parent's cancel was requested: no children are made.
 */
export async function fanOut(db: Db, boss: Boss, registry: Registry, run: Run, plan: FanOut): Promise<boolean> {
  const { claim } = run
  return await db.transaction().execute(async (trx) => {
    const row = await sql<{ cancel_requested: boolean }>`
      update job set updated_at = now(), waiting = cancel_requested_at is null, waiting_from = percent_complete,
        waiting_result = ${JSON.stringify(plan.result)}::jsonb, on_child_failure = ${plan.onChildFailure},
        open_children = ${plan.children.length}, failed_children = 0
      where ${held(run)} returning cancel_requested_at is not null as cancel_requested
    `.execute(trx)
    if (row.rows[0] === undefined) throw new ClaimLostError(claim)
    if (row.rows[0].cancel_requested) return false
    await insertJobs(
      trx,
      boss,
      plan.children.map((child) => {
        const type = registry.get(child.jobType)
        if (type === undefined) throw new Error(`job ${claim.jobId} wants a child of the unknown type ${child.jobType}`)
        return {
          type,
          rootJobId: claim.rootJobId,
          parentJobId: claim.jobId,
          accountId: claim.accountId,
          parameters: child.parameters,
          priority: child.priority ?? claim.priority,
          weight: child.weight ?? 1,
        }
      }),
    )
    await announceChanged(trx, [claim.jobId])
    await boss.complete(trx, run.queue, run.delivery)
    return true
  })
}
