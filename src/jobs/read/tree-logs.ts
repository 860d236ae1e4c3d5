import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { isActive, type JobLogLine, LOG_LEVELS } from '../model/job-record.ts'
import { logTimestamp } from '../model/log-timestamp.ts'
import { LISTED_BYTES, listedBytes, listedMessage } from './listed-line.ts'

/**
 * The last lines of whole job trees, by root: the lines of all jobs of a tree, in order of time. Uses job_tree, then the primary key
 * of job_log backwards, at most `limit` lines per job.
 *
 * @param listed for a list: long lines are cut, and a tree has at most 40 KB of lines, older ones being left out first.
 */
export async function treeLogs(
  db: Db,
  rootIds: readonly string[],
  { limit, listed }: { limit: number; listed: boolean },
): Promise<Map<string, JobLogLine[]>> {
  const byRoot = new Map<string, JobLogLine[]>(rootIds.map((id) => [id, []]))
  if (rootIds.length === 0) return byRoot
  const result = await sql<{ root_id: string; at: Date; level: number; message: string }>`
    select root.id as root_id, line.at, line.level, line.message
    from unnest(${rootIds}::uuid[]) as root (id)
    cross join lateral (
      select tail.at, tail.level, tail.message, tail.job_id, tail.seq,
        sum(tail.bytes) over (order by tail.at desc, tail.job_id desc, tail.seq desc rows unbounded preceding) as bytes
      from job
      cross join lateral (
        select at, level, ${listed ? listedMessage : sql`message`} as message, ${listed ? listedBytes : sql`0`} as bytes, job_id, seq
        from job_log where job_log.job_id = job.id order by seq desc limit ${limit}
      ) tail
      where job.root_job_id = root.id
      order by tail.at desc, tail.job_id desc, tail.seq desc limit ${limit}
    ) line
    where line.bytes <= ${LISTED_BYTES}
    order by root.id, line.at, line.job_id, line.seq
  `.execute(db)
  for (const row of result.rows) {
    byRoot.get(row.root_id)?.push({
      timestamp: logTimestamp(row.at),
      type: LOG_LEVELS[row.level] ?? 'info',
      message: row.message,
    })
  }
  return byRoot
}

/** Whether any job of the tree is pending or running. Uses job_tree. */
export async function treeIsActive(db: Db, rootId: string): Promise<boolean> {
  const result = await sql`
    select 1 from job where root_job_id = ${rootId} and ${isActive} limit 1
  `.execute(db)
  return result.rows.length > 0
}
