import { type ClientJob, shortId } from '../client/jobs.ts'
import { type Column, formatTable } from './table.ts'
import { duration, moment, paintState, widthOf } from './words.ts'

/** Jobs as a table: one line each, whole ids where no terminal limits the width. */
export function formatJobs(out: NodeJS.WriteStream, jobs: readonly ClientJob[]): string {
  const width = widthOf(out)
  const columns: Column<ClientJob>[] = [
    { title: 'id', value: ({ id }) => (width === null ? id : shortId(id)) },
    { title: 'type', value: ({ jobType }) => jobType, shrinks: true },
    { title: 'state', value: ({ jobState }) => jobState, style: (text, { jobState }) => paintState(out, jobState, text) },
    { title: '%', value: ({ percentComplete }) => String(percentComplete), right: true },
    { title: 'created', value: ({ createdAt }) => moment(createdAt), short: ({ createdAt }) => moment(createdAt).slice(5, 16) },
    { title: 'took', value: tookOf, right: true },
  ]
  return formatTable(columns, jobs, width)
}

function tookOf({ startedAt, finishedAt }: ClientJob): string {
  if (startedAt === null) return ''
  return duration((finishedAt ?? Date.now()) - startedAt)
}
