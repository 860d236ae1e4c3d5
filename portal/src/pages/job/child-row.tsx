import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { isActive } from '../../api/records.ts'
import { StateLabel } from '../../kit/state-label.tsx'
import { Ticking, Took } from '../../kit/time.tsx'
import { useJob } from '../../state/portal-context.tsx'
import { doing, outcome, shownState, subject, typeName } from '../../text/job-words.ts'
import classes from './children.module.css'

/** One child job. */
export const ChildRow = memo(function ChildRow({ id }: { id: string }) {
  const job = useJob(id)
  if (job === undefined) return null
  const about = subject(job)
  return (
    <tr className={classes.row}>
      <td className={classes.label}>
        <StateLabel state={shownState(job)} />
      </td>
      <td>
        <Link to="/jobs/$id" params={{ id }}>
          {typeName(job.jobType)}
        </Link>
        {about === null ? null : <span className={classes.muted}> {about}</span>}
      </td>
      <td className={job.jobState === 'failed' ? classes.bad : classes.muted}>
        {(isActive(job.jobState) ? doing(job) : outcome(job)) ?? ''}
      </td>
      <td className={classes.time}>
        {job.startedAt === null ? null : job.finishedAt === null ? (
          <Ticking since={job.startedAt} />
        ) : (
          <Took from={job.startedAt} to={job.finishedAt} />
        )}
      </td>
    </tr>
  )
})
