import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { isActive, type JobSummary } from '../../api/records.ts'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Note } from '../../kit/note.tsx'
import { Progress } from '../../kit/progress.tsx'
import { StateLabel } from '../../kit/state-label.tsx'
import { DateTime, Ticking, Took } from '../../kit/time.tsx'
import type { LogWindow } from '../../live/log-window.ts'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { doing, outcome, sentence, shownState, starter, stepName, typeName, waitingSentence } from '../../text/job-words.ts'
import { canCancel, canRetry, notAllowed } from '../jobs/job-rights.ts'
import { useJobActions } from '../jobs/use-job-actions.tsx'
import classes from './job.module.css'
import { jobReport } from './job-report.ts'

/** The state of a job at a glance: what, how far, who, how long, and what can be done about it. */
export function JobHead({ job, log }: { job: JobSummary; log: LogWindow | null }) {
  const actions = useJobActions()
  const active = isActive(job.jobState)
  const ended = outcome(job)
  return (
    <section className={classes.head} aria-label="Summary">
      <div className={classes.line}>
        <StateLabel state={shownState(job)} />
        {active ? (
          <div className={classes.bar}>
            <Progress
              percent={job.percentComplete}
              waiting={job.waitingReason !== null && job.children.running === 0}
              label={`Progress of ${typeName(job.jobType)}`}
            />
          </div>
        ) : (
          <p className={classes.ended}>{job.jobState === 'failed' ? '' : ended}</p>
        )}
        <div className={classes.actions}>
          <JobButtons job={job} actions={actions} />
        </div>
      </div>
      {active && job.waitingReason === null ? <p className={classes.muted}>{doing(job)}</p> : null}
      {active && job.waitingReason !== null ? (
        <Note icon="pending" kind="waiting">
          {waitingSentence(job.waitingReason)}.
        </Note>
      ) : null}
      {job.jobState === 'failed' ? <Failure job={job} log={log} /> : null}
      <Facts job={job} />
      {actions.dialog}
    </section>
  )
}

function JobButtons({ job, actions }: { job: JobSummary; actions: ReturnType<typeof useJobActions> }) {
  const { data: user } = useUser()
  const offline = useOfflineReason()
  const off = offline ?? notAllowed(job, user)
  if (isActive(job.jobState)) {
    const asked = job.cancelRequestedAt === null ? null : 'It was asked to stop and has not stopped yet'
    return (
      <Button icon="cancelling" off={off ?? (canCancel(job, user) ? null : asked)} onClick={() => actions.cancel([job.id])}>
        Cancel
      </Button>
    )
  }
  if (job.jobState === 'completed') return null
  return (
    <>
      <Button icon="retry" off={off} onClick={() => actions.retry([job.id])}>
        Retry
      </Button>
      {job.steps.length > 1 ? (
        <Menu disabled={off !== null || !canRetry(job, user)}>
          <Menu.Target>
            <Button after="down" off={off}>
              From a step
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {job.steps.map((step) => (
              <Menu.Item key={step.id} onClick={() => actions.retry([job.id], step.stepName)}>
                From “{stepName(step.stepName)}”
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  )
}

/** Why it failed, in a sentence; the raw error is folded below. */
function Failure({ job, log }: { job: JobSummary; log: LogWindow | null }) {
  const { clock } = usePortal()
  const step = job.steps.find((each) => each.status === 'failed')
  return (
    <Note
      icon="failed"
      kind="error"
      action={<CopyButton text={() => jobReport(job, log?.state.get().lines ?? [], clock.now())}>Copy for a report</CopyButton>}
    >
      <p className={classes.reason}>{sentence(job.error?.message ?? 'It failed without a reason')}.</p>
      {step === undefined ? null : <p className={classes.muted}>It failed in the step “{stepName(step.stepName)}”.</p>}
      {job.error === null ? null : (
        <details className={classes.raw}>
          <summary>The error as it was recorded</summary>
          <pre>
            {job.error.name}: {job.error.message}
          </pre>
        </details>
      )}
    </Note>
  )
}

function Facts({ job }: { job: JobSummary }) {
  const who = starter(job)
  return (
    <dl className={classes.facts}>
      {job.parentJobId === null ? null : (
        <div>
          <dt>Part of</dt>
          <dd>
            <Link to="/jobs/$id" params={{ id: job.parentJobId }}>
              Parent job
            </Link>
          </dd>
        </div>
      )}
      {who === null || job.parentJobId !== null ? null : (
        <div>
          <dt>Started by</dt>
          <dd>{who}</dd>
        </div>
      )}
      <div>
        <dt>Created</dt>
        <dd>
          <DateTime at={job.createdAt} />
        </dd>
      </div>
      {job.startedAt === null ? null : (
        <>
          <div>
            <dt>Waited</dt>
            <dd>
              <Took from={job.createdAt} to={job.startedAt} />
            </dd>
          </div>
          <div>
            <dt>{job.finishedAt === null ? 'Running for' : 'Ran'}</dt>
            <dd>
              {job.finishedAt === null ? <Ticking since={job.startedAt} /> : <Took from={job.startedAt} to={job.finishedAt} />}
            </dd>
          </div>
        </>
      )}
      {job.attempt > 1 ? (
        <div>
          <dt>Attempt</dt>
          <dd>{job.attempt}</dd>
        </div>
      ) : null}
      {job.priority === 0 ? null : (
        <div>
          <dt>Priority</dt>
          <dd>{job.priority}</dd>
        </div>
      )}
      <div>
        <dt>Job</dt>
        <dd className={classes.id}>
          <span>{job.id}</span>
          <CopyButton kind="quiet" label="Copy the id" text={() => job.id} />
        </dd>
      </div>
    </dl>
  )
}
