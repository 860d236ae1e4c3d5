import { memo } from 'react'
import type { JobSummary } from '../../api/records.ts'
import { isActive } from '../../api/records.ts'
import { Progress } from '../../kit/progress.tsx'
import { QuietLink } from '../../kit/quiet-link.tsx'
import { StateLabel } from '../../kit/state-label.tsx'
import { Age, Ticking, Took } from '../../kit/time.tsx'
import { useJob } from '../../state/portal-context.tsx'
import { doing, outcome, shownState, starter, subject, typeName } from '../../text/job-words.ts'
import { integer } from '../../text/plural.ts'
import classes from './job-table.module.css'
import { RowMenu } from './row-menu.tsx'
import type { JobActions } from './use-job-actions.tsx'

export interface JobRowProps {
  id: string
  selected: boolean
  /** The job no longer fits the list; it stays until the list settles. */
  leaving: boolean
  onSelect(id: string, selected: boolean): void
  actions: Pick<JobActions, 'cancel' | 'retry'>
}

/** One job as a row of the list. It renders again only when its own job changes. */
export const JobRow = memo(function JobRow({ id, selected, leaving, onSelect, actions }: JobRowProps) {
  const job = useJob(id)
  if (job === undefined) return null
  const name = typeName(job.jobType)
  const about = subject(job)
  return (
    <tr className={classes.row} data-job={id} data-leaving={leaving || undefined} data-selected={selected || undefined}>
      <td className={classes.select}>
        <label className={classes.check}>
          <input type="checkbox" checked={selected} onChange={(event) => onSelect(id, event.target.checked)} />
          <span className="visually-hidden">
            Select {name} {about ?? ''}
          </span>
        </label>
      </td>
      <td className={classes.state}>
        <StateLabel state={shownState(job)} />
      </td>
      <td className={classes.what}>
        <QuietLink to={{ to: '/jobs/$id', params: { id } }} className={classes.name} data-row-link>
          {name}
          {about === null ? null : <span className={classes.subject}> {about}</span>}
        </QuietLink>
        {job.priority === 0 ? null : <span className={classes.priority}>priority {job.priority}</span>}
      </td>
      <td className={classes.outcome}>
        <Outcome job={job} />
      </td>
      <td className={classes.who}>{starter(job) ?? ''}</td>
      <td className={classes.age}>
        <Age at={job.createdAt} />
      </td>
      <td className={classes.took}>
        <Time job={job} />
      </td>
      <td className={classes.menu}>
        <RowMenu job={job} actions={actions} />
      </td>
    </tr>
  )
})

function Outcome({ job }: { job: JobSummary }) {
  const total = Object.values(job.children).reduce((sum, count) => sum + count, 0)
  if (!isActive(job.jobState)) {
    const text = outcome(job)
    return (
      <span className={job.jobState === 'failed' ? classes.bad : classes.words} title={text ?? undefined}>
        {text ?? ''}
      </span>
    )
  }
  return (
    <div className={classes.work}>
      <span className={classes.words} title={doing(job) ?? undefined}>
        {doing(job)}
        {total === 0
          ? ''
          : ` · ${integer(job.children.completed)} of ${integer(total)}${job.children.failed > 0 ? `, ${integer(job.children.failed)} failed` : ''}`}
      </span>
      <Progress
        percent={job.percentComplete}
        waiting={job.jobState === 'pending' || (job.waitingReason !== null && job.children.running === 0)}
        label={`Progress of ${typeName(job.jobType)}`}
      />
    </div>
  )
}

function Time({ job }: { job: JobSummary }) {
  if (job.startedAt === null) return null
  if (job.finishedAt !== null) return <Took from={job.startedAt} to={job.finishedAt} />
  return isActive(job.jobState) ? <Ticking since={job.startedAt} /> : null
}
