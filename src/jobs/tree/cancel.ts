import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { announceCancel, announceChanged } from '../model/announce.ts'
import type { Faults } from '../model/faults.ts'
import { QUEUES } from '../model/job-type.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { countEndedChildren, type EndedJob, endOpenSteps, lockTree, runSeconds } from './job-tree.ts'

/**
 * Cancels a job and everything below it. By starting state and race:
 *
 * - pending: cancelled in this transaction; its queue entry is gone with it.
 * - pending, while a worker claims it: whoever comes first wins; if the worker does, it is a running job.
 * - running: its cancel is requested. The worker hears of it by notification, or within seconds by asking, and the job's signal
 *   aborts. It stays `running` until it has truly stopped:
 *   - it returns normally before it noticed: completed.
 *   - it throws anything: cancelled.
 *   - it does not stop within ten seconds: it is left behind, its `endSignal` ends its worker threads, and it is settled as
 *     cancelled.
 *   - its worker dies: the next delivery, or the reconciler, settles it as cancelled; it is not run again.
 *   - it is handed back (shutdown, retry after an error): settled as cancelled instead.
 *   - it wants to go on as child jobs: none is made, and it is settled as cancelled.
 * - running and waiting for its children: they are cancelled; it ends as cancelled with the last of them.
 * - completed, failed, cancelled: left alone. Requests may be repeated.
 * - a retry of the same tree at the same time: the tree's lock lets one go first; a retry that comes second finds the job
 *   cancelled and revives it, one that comes first is cancelled with the rest.
 *
 * @returns the jobs that ended in this transaction; null when there is no such job.
 */
export async function cancelTree(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  jobId: string,
  reason: string,
  faults?: Faults,
): Promise<EndedJob[] | null> {
  const ended = await db.transaction().execute(async (trx) => {
    const found = await sql<{ root_job_id: string }>`select root_job_id from job where id = ${jobId}`.execute(trx)
    const rootId = found.rows[0]?.root_job_id
    if (rootId === undefined) return null
    await lockTree(trx, rootId)
    const ids = await lockSubtree(trx, jobId)

    // Requested first, so that a waiting parent settled by its last cancelled child already knows that it is cancelled too.
    const asked = await sql<{ id: string; waiting: boolean }>`
      update job set cancel_requested_at = now(), cancel_reason = ${reason}, updated_at = now()
      where id = any(${ids}::uuid[]) and job_state = 'running' and cancel_requested_at is null returning id, waiting
    `.execute(trx)
    const cancelled = await sql<{ id: string; job_type: string; parent_job_id: string | null; seconds: number | null }>`
      update job set job_state = 'cancelled', cancel_requested_at = now(), cancel_reason = ${reason}, finished_at = now(), updated_at = now()
      where id = any(${ids}::uuid[]) and job_state = 'pending' returning id, job_type, parent_job_id, ${runSeconds} as seconds
    `.execute(trx)
    const cancelledIds = cancelled.rows.map((row) => row.id)
    await endOpenSteps(trx, cancelledIds, 'cancelled')
    for (const queue of QUEUES) {
      const entries = cancelled.rows.filter((row) => registry.get(row.job_type)?.queue === queue).map((row) => row.id)
      await deliveryQueue.forget(trx, queue, entries)
    }
    const byParent = new Map<string, number>()
    for (const { parent_job_id: parent } of cancelled.rows)
      if (parent !== null) byParent.set(parent, (byParent.get(parent) ?? 0) + 1)
    const ended = cancelled.rows.map((row): EndedJob => ({ jobType: row.job_type, state: 'cancelled', runSeconds: row.seconds }))
    for (const [parent, count] of byParent) ended.push(...(await countEndedChildren(trx, parent, count, count)))

    await announceChanged(trx, [...cancelledIds, ...asked.rows.map((row) => row.id)])
    await announceCancel(
      trx,
      asked.rows.filter((row) => !row.waiting).map((row) => row.id),
    )
    await faults?.hit('in-cancel')
    return ended
  })
  await faults?.hit('after-cancel')
  return ended
}

/** The job and all below it, each row held until the end of the transaction: no claim or hand-back can slip in between. */
async function lockSubtree(trx: Db, jobId: string): Promise<string[]> {
  const tree = await sql<{ id: string }>`
    with recursive tree as (
      select id from job where id = ${jobId}
      union all
      select child.id from job child join tree on child.parent_job_id = tree.id
    )
    select id from tree
  `.execute(trx)
  const ids = tree.rows.map((row) => row.id)
  await sql`select 1 from job where id = any(${ids}::uuid[]) order by id for update`.execute(trx)
  return ids
}
