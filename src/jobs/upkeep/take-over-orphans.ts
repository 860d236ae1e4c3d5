import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { QUEUES } from '../model/job-type.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'

/**
 * Breaks the leases that a killed process left, so that its jobs are delivered again at once. Only for a process that owns the
 * database alone: the leases of live workers would be broken too.
 */
export async function takeOverOrphans(db: Db, deliveryQueue: DeliveryQueue, log: Log): Promise<void> {
  for (const queue of QUEUES) {
    const ids = await deliveryQueue.breakLeases(queue)
    if (ids.length === 0) continue
    const rows = await sql<{ id: string; job_type: string; attempt: number }>`
      select id, job_type, attempt from job where id = any(${ids}::uuid[])
    `.execute(db)
    for (const { id, job_type: jobType, attempt } of rows.rows)
      log.warn({ jobId: id, jobType, attempt }, 'this job was running in a server that was killed; it continues now')
  }
}
