import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { repeatBatches } from '#lib/repeat-batches.ts'
import { announceChanged } from '../model/announce.ts'
import { isActive } from '../model/job-record.ts'
import { QUEUES, type QueueName } from '../model/job-type.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { appendLine, countEndedChildren, type EndedJob, endOpenSteps, lockTree, runSeconds } from '../tree/job-tree.ts'

/** Rows repaired, by what was wrong. */
export interface Reconciled {
  /** Jobs without a queue entry that were sent again. */
  resent: number
  /** Jobs without a queue entry that were settled as cancelled. */
  cancelled: number
  /** Waiting parents whose count of open children was wrong. */
  parents: number
  /** Jobs that ended during the repair. */
  ended: EndedJob[]
}

/** A job that changed later than this may still be on its way to the queue. */
const SETTLED_IN = '60 seconds'
const LOCK = 'chartroom reconcile'
const PAGE = 10_000
const LOWEST_ID = '00000000-0000-0000-0000-000000000000'

interface ActiveRow {
  id: string
  created_at: Date
  job_type: string
  attempt: number
  job_state: 'pending' | 'running'
  priority: number
  root_job_id: string
  parent_job_id: string | null
  cancel_requested: boolean
}

/**
 * The backstop: compares active jobs with the queue and repairs what nothing else will. It reads only active rows, and an advisory
 * lock limits it to one server at a time.
 *
 * - pending or running without a queue entry (deleted by hand, or lost with its worker): sent again; a running job becomes pending.
 * - the same with its cancel requested: settled as cancelled.
 * - a waiting parent whose count of open children is wrong: counted again, and settled when none is open.
 */
export async function reconcile(db: Db, deliveryQueue: DeliveryQueue, registry: Registry, log: Log): Promise<Reconciled> {
  const repaired: Reconciled = { resent: 0, cancelled: 0, parents: 0, ended: [] }
  await db.connection().execute(async (connection) => {
    const lock = await sql<{ taken: boolean }>`select pg_try_advisory_lock(hashtext(${LOCK})) as taken`.execute(connection)
    if (!lock.rows[0]?.taken) return
    try {
      await repairOrphans(connection, deliveryQueue, registry, log, repaired)
      await repairParents(connection, log, repaired)
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${LOCK}))`.execute(connection)
    }
  })
  return repaired
}

async function repairOrphans(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  log: Log,
  repaired: Reconciled,
): Promise<void> {
  let after: Pick<ActiveRow, 'created_at' | 'id'> = { created_at: new Date(0), id: LOWEST_ID }
  // In pages, so that a backlog of any length needs little memory.
  await repeatBatches({ size: PAGE }, async () => {
    const rows = await sql<ActiveRow>`
      select id, created_at, job_type, job_state, priority, root_job_id, parent_job_id, attempt,
        cancel_requested_at is not null as cancel_requested
      from job where ${isActive} and not waiting and updated_at < now() - ${SETTLED_IN}::interval
        and (created_at, id) > (${after.created_at}::timestamptz, ${after.id}::uuid)
      order by created_at, id limit ${PAGE}
    `.execute(db)
    await repairPage(db, deliveryQueue, registry, log, repaired, rows.rows)
    after = rows.rows.at(-1) ?? after
    return rows.rows.length
  })
}

async function repairPage(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  log: Log,
  repaired: Reconciled,
  rows: readonly ActiveRow[],
): Promise<void> {
  const queueOf = (row: ActiveRow) => registry.get(row.job_type)?.queue
  const known = new Set<string>()
  for (const queue of QUEUES) {
    const ids = rows.filter((row) => queueOf(row) === queue).map((row) => row.id)
    if (ids.length > 0) for (const id of await deliveryQueue.known(queue, ids)) known.add(id)
  }
  for (const row of rows) {
    const queue = queueOf(row)
    if (queue === undefined || known.has(row.id)) continue
    const done = row.cancel_requested ? await settleCancelled(db, row, repaired) : await resend(db, deliveryQueue, queue, row)
    if (!done) continue
    repaired[row.cancel_requested ? 'cancelled' : 'resent']++
    log.warn({ jobId: row.id, jobType: row.job_type, attempt: row.attempt }, 'reconciled: this job had no queue entry')
  }
}

async function resend(db: Db, deliveryQueue: DeliveryQueue, queue: QueueName, row: ActiveRow): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    // Checked again under the row's lock, because a worker may have settled the job since.
    const taken = await sql<{ delivery: number }>`
      update job set job_state = 'pending', updated_at = statement_timestamp()
      where id = ${row.id} and job_state = ${row.job_state} and not waiting and updated_at < now() - ${SETTLED_IN}::interval
        and cancel_requested_at is null
      returning delivery
    `.execute(trx)
    if (taken.rows[0] === undefined) return false
    await sql`update job_step set status = 'pending' where job_id = ${row.id} and status = 'running'`.execute(trx)
    await appendLine(trx, row.id, 'warning', 'The queue entry was lost; the job is queued again')
    await deliveryQueue.sendAgain(trx, queue, row.id, row.priority, taken.rows[0].delivery + 1)
    await announceChanged(trx, [row.id])
    return true
  })
}

async function settleCancelled(db: Db, row: ActiveRow, repaired: Reconciled): Promise<boolean> {
  const ended = await db.transaction().execute(async (trx) => {
    await lockTree(trx, row.root_job_id)
    const taken = await sql<{ seconds: number | null }>`
      update job set job_state = 'cancelled', finished_at = statement_timestamp(), updated_at = statement_timestamp()
      where id = ${row.id} and ${isActive} and not waiting returning ${runSeconds} as seconds
    `.execute(trx)
    if (taken.rows[0] === undefined) return []
    await appendLine(trx, row.id, 'warning', 'Cancelled')
    await endOpenSteps(trx, [row.id], 'cancelled')
    const jobs: EndedJob[] = [{ jobType: row.job_type, state: 'cancelled', runSeconds: taken.rows[0].seconds }]
    if (row.parent_job_id !== null) jobs.push(...(await countEndedChildren(trx, row.parent_job_id, 1, 1)))
    await announceChanged(trx, [row.id])
    return jobs
  })
  repaired.ended.push(...ended)
  return ended.length > 0
}

async function repairParents(db: Db, log: Log, repaired: Reconciled): Promise<void> {
  const open = sql`(select count(*) from job child where child.parent_job_id = job.id and child.job_state in ('pending', 'running'))`
  const wrong = await sql<{ id: string; root_job_id: string; job_type: string; attempt: number }>`
    select id, root_job_id, job_type, attempt from job where job_state = 'running' and waiting and (open_children <> ${open} or open_children = 0)
  `.execute(db)
  for (const row of wrong.rows) {
    const ended = await db.transaction().execute(async (trx) => {
      await lockTree(trx, row.root_job_id)
      // Under the lock no child of this tree is settled, so the count stays right.
      const still = await sql`
        update job set open_children = ${open}
        where id = ${row.id} and job_state = 'running' and waiting and (open_children <> ${open} or open_children = 0) returning 1
      `.execute(trx)
      if (still.rows.length === 0) return []
      log.warn(
        { jobId: row.id, jobType: row.job_type, attempt: row.attempt },
        "reconciled: a waiting job's count of open children was wrong",
      )
      repaired.parents++
      return await countEndedChildren(trx, row.id, 0, 0)
    })
    repaired.ended.push(...ended)
  }
}
