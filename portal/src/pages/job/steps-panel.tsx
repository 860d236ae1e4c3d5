import { useEffect, useState } from 'react'
import { isActive, JOB_STATES, type JobSummary } from '../../api/records.ts'
import { Panel } from '../../kit/panel.tsx'
import { StepStateLabel } from '../../kit/state-label.tsx'
import type { LogState, LogWindow } from '../../live/log-window.ts'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { duration } from '../../text/durations.ts'
import { STATES } from '../../text/en.ts'
import { stepName } from '../../text/job-words.ts'
import { counted } from '../../text/plural.ts'
import { clockSeconds, clockTime, zoneName } from '../../text/times.ts'
import { type Lane, stepLanes } from './step-lanes.ts'
import classes from './steps.module.css'
import { createTimeAxis, type TimeAxis } from './time-axis.ts'

/** The steps of a job on one axis of time: hatched while it waited, solid while it ran. */
export function StepsPanel({ job, log }: { job: JobSummary; log: LogWindow | null }) {
  const { clock } = usePortal()
  const { zone } = usePreferences()
  const state = useLogState(log)
  const now = useSecond(isActive(job.jobState), () => clock.now())
  const { from, to, lanes, busy } = stepLanes(job, state?.lines ?? [], now)
  if (lanes.length === 0) return null
  const axis = createTimeAxis(from, to, busy)
  const label = axis.needsSeconds ? clockSeconds : clockTime
  const span = duration(to - from)
  return (
    <Panel title="Steps" note={isActive(job.jobState) ? `${span} since it was created` : `${span} from its creation to its end`}>
      <div className={classes.chart}>
        <ol className={classes.lanes}>
          {lanes.map((lane) => (
            <LaneRow key={lane.id} lane={lane} axis={axis} />
          ))}
          <ChildrenLane job={job} axis={axis} from={lanes.at(-1)?.startedAt ?? from} to={to} />
        </ol>
        <div className={classes.scale} aria-hidden="true">
          <span className={classes.zone}>{zoneName(from, zone)}</span>
          <div className={classes.ticks}>
            {axis.ticks.map(({ time, place }) => (
              <span key={time} className={classes.tick} style={{ left: `${place * 100}%` }}>
                {label(time, zone)}
              </span>
            ))}
            {axis.folds.map((fold) => (
              <span key={fold.from} className={classes.foldLabel} style={{ left: `${((fold.left + fold.right) / 2) * 100}%` }}>
                {duration(fold.to - fold.from)}
              </span>
            ))}
          </div>
        </div>
      </div>
    </Panel>
  )
}

function LaneRow({ lane, axis }: { lane: Lane; axis: TimeAxis }) {
  const took = lane.startedAt === null || lane.endedAt === null ? '' : duration(lane.endedAt - lane.startedAt)
  return (
    <li className={classes.lane}>
      <div className={classes.label}>
        <span className={classes.step}>{stepName(lane.stepName)}</span>
        <span className={classes.meta}>
          <StepStateLabel status={lane.status} />
          <span>{took}</span>
          {lane.attempt > 1 ? <span>attempt {lane.attempt}</span> : null}
        </span>
      </div>
      <div className={classes.track} aria-hidden="true">
        {axis.folds.map((fold) => (
          <span
            key={fold.from}
            className={classes.fold}
            style={{ left: `${fold.left * 100}%`, width: `${(fold.right - fold.left) * 100}%` }}
          />
        ))}
        {lane.bars.map((bar) => (
          <span
            key={`${bar.kind} ${bar.from}`}
            className={`${classes.bar} ${classes[bar.kind]} ${bar.kind === 'running' ? (classes[lane.status] ?? '') : ''}`}
            style={{
              left: `${axis.place(bar.from) * 100}%`,
              width: `max(2px, ${(axis.place(bar.to) - axis.place(bar.from)) * 100}%)`,
            }}
          />
        ))}
      </div>
    </li>
  )
}

/** The child jobs as one lane, stacked by state. */
function ChildrenLane({ job, axis, from, to }: { job: JobSummary; axis: TimeAxis; from: number; to: number }) {
  const total = JOB_STATES.reduce((sum, state) => sum + job.children[state], 0)
  if (total === 0) return null
  const left = axis.place(from)
  return (
    <li className={classes.lane}>
      <div className={classes.label}>
        <span className={classes.step}>{counted(total, 'child job')}</span>
        <span className={classes.meta}>
          {JOB_STATES.filter((state) => job.children[state] > 0)
            .map((state) => `${job.children[state]} ${STATES[state].toLowerCase()}`)
            .join(', ')}
        </span>
      </div>
      <div className={classes.track} aria-hidden="true">
        <span className={classes.stack} style={{ left: `${left * 100}%`, width: `${(axis.place(to) - left) * 100}%` }}>
          {JOB_STATES.filter((state) => job.children[state] > 0).map((state) => (
            <span key={state} className={`${classes.part} ${classes[state]}`} style={{ flexGrow: job.children[state] }} />
          ))}
        </span>
      </div>
    </li>
  )
}

function useLogState(log: LogWindow | null): LogState | null {
  const [state, setState] = useState<LogState | null>(null)
  useEffect(() => {
    if (log === null) return
    const take = () => setState(log.state.get())
    take()
    return log.state.subscribe(take)
  }, [log])
  return state
}

/** The current time, updated once a second while it matters. */
function useSecond(running: boolean, read: () => number): number {
  const [now, setNow] = useState(read)
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(read()), 1_000)
    return () => clearInterval(timer)
  })
  return now
}
