import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { JOB_STATES, type JobState } from '../model/job-record.ts'
import type { JobSummary } from '../model/job-summary.ts'
import { type Starter, startedBy } from '../model/starter.ts'
import type { QueuePlaces } from '../queue/delivery-queue.ts'
import { jobSteps, type RecordRow, recordColumns, toRecord } from './record-columns.ts'
import { type FoundJobs, preparedAs, type SelectedJobs, totalColumn } from './selected-jobs.ts'
import { MOST_COUNTED_AHEAD, waitingReason } from './waiting-reason.ts'

interface SummaryRow extends RecordRow {
  total: number | null
  error: { name: string; message: string } | null
  attempt: number
  waiting: boolean
  open_children: number
  started_at: Date | null
  finished_at: Date | null
  cancel_requested_at: Date | null
  started_by: Starter | null
  children: Record<JobState, number>
  /** Null when the queue would not deliver it now, or when too many are ahead. */
  ahead: number | null
  is_due: boolean
}

const childCounts = sql`json_build_object(${sql.join(
  JOB_STATES.map((state) => sql`${sql.lit(state)}, count(*) filter (where child.job_state = ${sql.lit(state)})`),
)})`

/** The jobs that a statement selects as summaries, newest first. @param ids a statement that selects `id`. */
export async function selectSummaries(db: Db, ids: RawBuilder<unknown>, queue: QueuePlaces): Promise<JobSummary[]> {
  return (await selectSummaryPage(db, { ids }, queue)).jobs
}

/**
 * The summaries of a page of jobs, without their logs, in one statement. The places in the queues are read only
 * when one of the jobs is pending, once for all of them.
 */
export async function selectSummaryPage(db: Db, page: SelectedJobs, queue: QueuePlaces): Promise<FoundJobs<JobSummary>> {
  // Uses job_parent for the children.
  const result = await sql<SummaryRow>`${preparedAs('list-summaries', page)}
    with found as materialized (select job.* from (${page.ids}) page join job on job.id = page.id),
    place as materialized (
      select * from (${queue.first(MOST_COUNTED_AHEAD + 1)}) first where (select exists (select from found where job_state = 'pending'))
    )
    select ${recordColumns}, job.error, job.attempt, job.waiting, job.open_children, job.started_at, job.finished_at,
      job.cancel_requested_at, job.started_by, children.counts as children, place.ahead,
      job.job_state = 'pending' and place.id is null and ${queue.isDue(sql`job.id`)} as is_due, ${totalColumn(page)}
    from found job
    cross join lateral ${jobSteps}
    cross join lateral (select ${childCounts} as counts from job child where child.parent_job_id = job.id) children
    left join place on place.id = job.id
    order by job.created_at desc, job.id desc
  `.execute(db)
  return { jobs: result.rows.map(toSummary), total: result.rows[0]?.total ?? null }
}

function toSummary(row: SummaryRow): JobSummary {
  const children = Object.values(row.children).reduce((sum, count) => sum + count, 0)
  return {
    ...toRecord(row),
    startedAt: row.started_at?.getTime() ?? null,
    finishedAt: row.finished_at?.getTime() ?? null,
    cancelRequestedAt: row.cancel_requested_at?.getTime() ?? null,
    attempt: row.attempt,
    waitingReason: waitingReason({
      jobState: row.job_state,
      waitsForChildren: row.waiting,
      openChildren: row.open_children,
      children,
      attempt: row.attempt,
      ahead: row.ahead ?? (row.is_due ? 'many' : 0),
    }),
    error: row.error,
    children: row.children,
    startedBy: row.parent_job_id === null ? row.started_by : startedBy('job'),
  }
}
