import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'

/**
 * Counts, on the jobs that a process was running, that it ended because memory was short. A second call for the same process changes nothing.
 * A job that another worker has already taken over is not counted.
 */
export async function recordMemoryLosses(db: Db, processId: string, log: Log): Promise<void> {
  const { rows } = await sql<{ id: string; job_type: string; attempt: number }>`
    update job set memory_losses = memory_losses + 1, claimed_by = null
    where claimed_by = ${processId} and job_state = 'running' and not waiting
    returning id, job_type, attempt
  `.execute(db)
  for (const { id, job_type: jobType, attempt } of rows)
    log.warn({ jobId: id, jobType, attempt }, 'this job was running in a server that ran out of memory')
}
