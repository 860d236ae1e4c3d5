import { Popover } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Icon } from '../../kit/icon.tsx'
import { Progress } from '../../kit/progress.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { useJob, usePortal } from '../../state/portal-context.tsx'
import { doing, typeName } from '../../text/job-words.ts'
import classes from './pill.module.css'
import list from './work-pill.module.css'

const SHOWN = 6

/** How many jobs are at work; opens a small list. Shows nothing when there are none. */
export function WorkPill() {
  const { active } = usePortal()
  const { shown, hasOlder } = useObservable(active.state)
  const [open, setOpen] = useState(false)
  const first = useJob(shown[0] ?? '')
  if (shown.length === 0) return null
  const only = shown.length === 1 && first !== undefined ? `, ${first.percentComplete} %` : ''
  return (
    <Popover opened={open} onChange={setOpen} width={320} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={`${classes.pill} ${classes.busy}`} onClick={() => setOpen(!open)}>
          <Icon name="running" size={16} />
          <span>
            {hasOlder ? `over ${shown.length}` : shown.length}
            <span className={list.words}> at work{only}</span>
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="At work">
        <ul className={list.list}>
          {shown.slice(0, SHOWN).map((id) => (
            <WorkEntry key={id} id={id} onFollow={() => setOpen(false)} />
          ))}
        </ul>
        {shown.length > SHOWN ? (
          <Link to="/jobs" onClick={() => setOpen(false)}>
            {hasOlder ? 'All jobs at work' : `${shown.length - SHOWN} more`}
          </Link>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  )
}

function WorkEntry({ id, onFollow }: { id: string; onFollow(): void }) {
  const job = useJob(id)
  if (job === undefined) return null
  return (
    <li>
      <Link to="/jobs/$id" params={{ id }} onClick={onFollow}>
        {typeName(job.jobType)}
      </Link>
      <span className={list.doing}>{doing(job)}</span>
      <Progress percent={job.percentComplete} waiting={job.waitingReason !== null} label={typeName(job.jobType)} />
    </li>
  )
}
