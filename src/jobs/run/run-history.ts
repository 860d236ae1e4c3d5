import { sql } from 'kysely'
import type { Db } from '#db/database.ts'

/** A step as earlier attempts left it. */
export interface StoredStep {
  name: string
  weight: number
  completed: boolean
  result: unknown
  cursor: unknown
}

/** What earlier attempts left: the steps in order, and the number of the last log line (0 if there is none). */
export interface RunHistory {
  steps: StoredStep[]
  lastSeq: number
}

/** A job's history as one JSON expression, so that another statement can return it too. */
export function historyOf(jobId: string) {
  return sql<RunHistory>`json_build_object(
    'lastSeq', coalesce((select max(seq) from job_log where job_id = ${jobId}), 0),
    'steps', coalesce((select json_agg(json_build_object('name', step_name, 'weight', weight, 'completed', status = 'completed',
      'result', result, 'cursor', cursor) order by ordinal) from job_step where job_id = ${jobId}), '[]'))`
}

/** Reads a job's history in a statement of its own. */
export async function readHistory(db: Db, jobId: string): Promise<RunHistory> {
  const result = await sql<{ history: RunHistory }>`select ${historyOf(jobId)} as history`.execute(db)
  return result.rows[0]?.history ?? { steps: [], lastSeq: 0 }
}
