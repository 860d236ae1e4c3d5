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

/** Rows mended, by what was wrong with them. */
export interface Reconciled {
  resent: number
  cancelled: number
  parents: number
  /** Jobs that ended by it. */
  ended: EndedJob[]
}

/** A job younger than this may just be on its way. */
const SETTLED_IN = '60 seconds'
const LOCK = 'chartroom reconcile'
const PAGE = 10_000
const NOTHING = '00000000-0000-0000-0000-000000000000'

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
 * The backstop: compares active jobs with the queue and mends what no other part will. Reads active rows only, tens of them;
 * an advisory lock keeps it to one server at a time.
 *
 * - pending or running without a queue entry (deleted by hand, or lost with its worker): sent anew; a running one becomes pending.
 * - the same with its cancel requested: settled as cancelled.
 * - a waiting parent whose count of open children is wrong: counted anew, and settled when none is open.
 */
export async function reconcile(db: Db, deliveryQueue: DeliveryQueue, registry: Registry, log: Log): Promise<Reconciled> {
  const mended: Reconciled = { resent: 0, cancelled: 0, parents: 0, ended: [] }
  await db.connection().execute(async (connection) => {
    const lock = await sql<{ taken: boolean }>`select pg_try_advisory_lock(hashtext(${LOCK})) as taken`.execute(connection)
    if (!lock.rows[0]?.taken) return
    try {
      await mendOrphans(connection, deliveryQueue, registry, log, mended)
      await mendParents(connection, log, mended)
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${LOCK}))`.execute(connection)
    }
  })
  return mended
}

async function mendOrphans(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  log: Log,
  mended: Reconciled,
): Promise<void> {
  let after: Pick<ActiveRow, 'created_at' | 'id'> = { created_at: new Date(0), id: NOTHING }
  // In pages, so that a backlog of any length needs little memory.
  await repeatBatches({ size: PAGE }, async () => {
    const rows = await sql<ActiveRow>`
      select id, created_at, job_type, job_state, priority, root_job_id, parent_job_id, attempt,
        cancel_requested_at is not null as cancel_requested
      from job where ${isActive} and not waiting and updated_at < now() - ${SETTLED_IN}::interval
        and (created_at, id) > (${after.created_at}::timestamptz, ${after.id}::uuid)
      order by created_at, id limit ${PAGE}
    `.execute(db)
    await mendPage(db, deliveryQueue, registry, log, mended, rows.rows)
    after = rows.rows.at(-1) ?? after
    return rows.rows.length
  })
}

async function mendPage(
  db: Db,
  deliveryQueue: DeliveryQueue,
  registry: Registry,
  log: Log,
  mended: Reconciled,
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
    const done = row.cancel_requested ? await settleCancelled(db, row, mended) : await sendAnew(db, deliveryQueue, queue, row)
    if (!done) continue
    mended[row.cancel_requested ? 'cancelled' : 'resent']++
    log.warn({ jobId: row.id, jobType: row.job_type, attempt: row.attempt }, 'reconciled: this job had no entry in the queue')
  }
}

async function sendAnew(db: Db, deliveryQueue: DeliveryQueue, queue: QueueName, row: ActiveRow): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    // Asked again under the row's lock: a worker may have settled it since.
    const mine = await sql<{ delivery: number }>`
      update job set job_state = 'pending', updated_at = now()
      where id = ${row.id} and job_state = ${row.job_state} and not waiting and updated_at < now() - ${SETTLED_IN}::interval
        and cancel_requested_at is null
      returning delivery
    `.execute(trx)
    if (mine.rows[0] === undefined) return false
    await sql`update job_step set status = 'pending' where job_id = ${row.id} and status = 'running'`.execute(trx)
    await appendLine(trx, row.id, 'warning', 'Its entry in the queue was lost; it was queued anew')
    await deliveryQueue.sendAgain(trx, queue, row.id, row.priority, mine.rows[0].delivery + 1)
    await announceChanged(trx, [row.id])
    return true
  })
}

async function settleCancelled(db: Db, row: ActiveRow, mended: Reconciled): Promise<boolean> {
  const ended = await db.transaction().execute(async (trx) => {
    await lockTree(trx, row.root_job_id)
    const mine = await sql<{ seconds: number | null }>`
      update job set job_state = 'cancelled', finished_at = now(), updated_at = now()
      where id = ${row.id} and ${isActive} and not waiting returning ${runSeconds} as seconds
    `.execute(trx)
    if (mine.rows[0] === undefined) return []
    await endOpenSteps(trx, [row.id], 'cancelled')
    const ended: EndedJob[] = [{ jobType: row.job_type, state: 'cancelled', runSeconds: mine.rows[0].seconds }]
    if (row.parent_job_id !== null) ended.push(...(await countEndedChildren(trx, row.parent_job_id, 1, 1)))
    await announceChanged(trx, [row.id])
    return ended
  })
  mended.ended.push(...ended)
  return ended.length > 0
}

async function mendParents(db: Db, log: Log, mended: Reconciled): Promise<void> {
  const open = sql`(select count(*) from job child where child.parent_job_id = job.id and child.job_state in ('pending', 'running'))`
  const wrong = await sql<{ id: string; root_job_id: string; job_type: string; attempt: number }>`
    select id, root_job_id, job_type, attempt from job where job_state = 'running' and waiting and (open_children <> ${open} or open_children = 0)
  `.execute(db)
  for (const row of wrong.rows) {
    const ended = await db.transaction().execute(async (trx) => {
      await lockTree(trx, row.root_job_id)
      // Under the lock nobody settles a child of this tree, so the count stands.
      const still = await sql`
        update job set open_children = ${open}
        where id = ${row.id} and job_state = 'running' and waiting and (open_children <> ${open} or open_children = 0) returning 1
      `.execute(trx)
      if (still.rows.length === 0) return []
      log.warn(
        { jobId: row.id, jobType: row.job_type, attempt: row.attempt },
        "reconciled: a waiting job's count of open children was wrong",
      )
      mended.parents++
      return await countEndedChildren(trx, row.id, 0, 0)
    })
    mended.ended.push(...ended)
  }
}
