import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { announceCancel, announceChanged } from '../model/announce.ts'
import type { Faults } from '../model/faults.ts'
import { QUEUES } from '../model/job-type.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { appendLineToEach, countEndedChildren, type EndedJob, endOpenSteps, lockTree, runSeconds } from './job-tree.ts'

/**
 * Cancels a job and its descendants. By starting state and race:
 *
 * - pending: cancelled in this transaction, which also deletes its queue entry.
 * - pending, while a worker claims it: the first one wins; if the worker does, the job is running.
 * - running: its cancel is requested. The worker learns of it by notification, or within seconds by polling, and the job's signal
 *   aborts. The job stays `running` until it has stopped:
 *   - its handler returns normally before it noticed: completed.
 *   - its handler throws anything: cancelled.
 *   - its handler does not stop within ten seconds: it is left behind, its `endSignal` ends its worker threads, and the job is
 *     settled as cancelled.
 *   - its worker dies: the next delivery, or the reconciler, settles it as cancelled without running it.
 *   - it is put back (shutdown, retry after an error): settled as cancelled instead.
 *   - it is about to continue as child jobs: creates none and is settled as cancelled.
 * - running and waiting for its children: they are cancelled, and the last of them to end settles it as cancelled.
 * - completed, failed, cancelled: unchanged. Requests may be repeated.
 * - a retry of the same tree at the same time: the tree's lock orders them. A retry that comes second finds the job cancelled and
 *   reopens it; one that comes first is cancelled with the rest.
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

    // Request first, so that a waiting parent settled by its last cancelled child already has its own cancel requested.
    const requested = await sql<{ id: string; waiting: boolean }>`
      update job set cancel_requested_at = statement_timestamp(), cancel_reason = ${reason}, updated_at = statement_timestamp()
      where id = any(${ids}::uuid[]) and job_state = 'running' and cancel_requested_at is null returning id, waiting
    `.execute(trx)
    const cancelled = await sql<{ id: string; job_type: string; parent_job_id: string | null; seconds: number | null }>`
      update job set job_state = 'cancelled', cancel_requested_at = statement_timestamp(), cancel_reason = ${reason}, finished_at = statement_timestamp(), updated_at = statement_timestamp()
      where id = any(${ids}::uuid[]) and job_state = 'pending' returning id, job_type, parent_job_id, ${runSeconds} as seconds
    `.execute(trx)
    const cancelledIds = cancelled.rows.map((row) => row.id)
    await appendLineToEach(trx, cancelledIds, 'warning', 'Cancelled')
    await endOpenSteps(trx, cancelledIds, 'cancelled')
    for (const queue of QUEUES) {
      const entries = cancelled.rows.filter((row) => registry.get(row.job_type)?.queue === queue).map((row) => row.id)
      await deliveryQueue.forget(trx, queue, entries)
    }
    const byParent = new Map<string, number>()
    for (const { parent_job_id: parent } of cancelled.rows)
      if (parent !== null) byParent.set(parent, (byParent.get(parent) ?? 0) + 1)
    const jobs = cancelled.rows.map((row): EndedJob => ({ jobType: row.job_type, state: 'cancelled', runSeconds: row.seconds }))
    for (const [parent, count] of byParent) jobs.push(...(await countEndedChildren(trx, parent, count, count)))

    await announceChanged(trx, [...cancelledIds, ...requested.rows.map((row) => row.id)])
    await announceCancel(
      trx,
      requested.rows.filter((row) => !row.waiting).map((row) => row.id),
    )
    await faults?.hit('in-cancel')
    return jobs
  })
  await faults?.hit('after-cancel')
  return ended
}

/** Locks the job and its descendants until the end of the transaction, so that none is claimed or put back meanwhile. */
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
