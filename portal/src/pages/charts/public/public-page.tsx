import { Link } from '@tanstack/react-router'
import { isActive, type JobSummary } from '../../../api/records.ts'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { StateLabel } from '../../../kit/state-label.tsx'
import { Age, DateTime } from '../../../kit/time.tsx'
import { useOfflineReason } from '../../../state/portal-context.tsx'
import { useInstance, useUser } from '../../../state/queries.ts'
import { doing, shownState } from '../../../text/job-words.ts'
import { useStartJob } from '../../jobs/use-start-job.tsx'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { SourcePanel } from './source-panel.tsx'
import { PUBLIC_SOURCES } from './sources.ts'
import { NONE, useLastRefresh, usePublicCharts } from './use-public-charts.ts'

/** The public charts, source by source: where they come from, how current they are, and which of them failed. */
export function PublicPage() {
  const instance = useInstance()
  const refresh = useLastRefresh()
  const { held, failures } = usePublicCharts(refresh.data)
  const failed = [instance, refresh, held, failures].filter(({ error }) => error !== null)
  const isKnown = instance.data !== undefined && held.data !== undefined && failures.data !== undefined
  return (
    <ChartsFrame title="Public charts">
      {failed.slice(0, 1).map(({ error }) => (
        <ErrorNote key="error" error={error} onRetry={() => failed.forEach((each) => void each.refetch())} />
      ))}
      <RefreshPanel job={refresh.data} onStarted={() => void refresh.refetch()} />
      {isKnown
        ? PUBLIC_SOURCES.map((source) => (
            <SourcePanel
              key={source.id}
              source={source}
              instance={instance.data}
              refresh={refresh.data ?? null}
              held={held.data.get(source.id) ?? NONE}
              failures={failures.data.filter((failure) => failure.source === source.id)}
            />
          ))
        : failed.length === 0 && <Bones rows={6} />}
    </ChartsFrame>
  )
}

/** The last check of all sources, the next one, and the button that starts one. */
function RefreshPanel({ job, onStarted }: { job: JobSummary | null | undefined; onStarted(): void }) {
  const offline = useOfflineReason()
  const { data: user } = useUser()
  const { data: instance } = useInstance()
  const start = useStartJob(onStarted)
  const off =
    offline ??
    (user?.isAdmin === false ? 'Only an administrator may refresh the public charts' : null) ??
    (job != null && isActive(job.jobState) ? 'A refresh is running' : null)
  const next = instance?.schedule?.find(({ jobType }) => jobType === 'refresh-public-charts')?.nextRunAt
  return (
    <>
      <Panel
        title="Refresh"
        actions={
          <Button kind="solid" icon="poll" busy={start.busy} off={off} onClick={() => start.start('refresh-public-charts')}>
            Refresh now
          </Button>
        }
      >
        <Facts>
          <div>
            <dt>Last check</dt>
            <dd className={classes.row}>{job === undefined ? '…' : job === null ? 'Never' : <LastCheck job={job} />}</dd>
          </div>
          {user?.isAdmin === true ? (
            <div>
              <dt>Next check</dt>
              <dd>{next === undefined ? 'Only when you start one' : <DateTime at={next} />}</dd>
            </div>
          ) : null}
        </Facts>
        {user?.isAdmin === true && next === undefined && instance !== undefined ? (
          <p className={classes.muted}>
            The operator can switch a weekly refresh on with JOB_PROCESSOR_ENABLE_AUTO_CHART_UPDATE.
          </p>
        ) : null}
      </Panel>
      {start.notes}
    </>
  )
}

function LastCheck({ job }: { job: JobSummary }) {
  return (
    <>
      <StateLabel state={shownState(job)} />
      {isActive(job.jobState) ? (
        <span>
          {doing(job)}, {job.percentComplete} %
        </span>
      ) : (
        <Age at={job.finishedAt ?? job.createdAt} />
      )}
      <Link to="/jobs/$id" params={{ id: job.id }}>
        Its job
      </Link>
    </>
  )
}
