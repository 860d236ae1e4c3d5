import { useQuery } from '@tanstack/react-query'
import type { Instance } from '../../api/records.ts'
import { Bones } from '../../kit/bones.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age, DateTime } from '../../kit/time.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { useInstance } from '../../state/queries.ts'
import { typeName } from '../../text/job-words.ts'
import { AdminFrame } from '../admin/admin-frame.tsx'
import { Checks } from './checks.tsx'
import { DiagnosticsButton } from './diagnostics-button.tsx'
import { Processes } from './processes.tsx'
import classes from './server.module.css'
import { StoragePanel } from './storage-panel.tsx'

/** The state of the server, for administrators. */
export function ServerPage() {
  const { data: instance, error, refetch } = useInstance()
  return (
    <AdminFrame title="Server">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {instance !== undefined ? (
        <Details instance={instance} />
      ) : error === null ? (
        <Panel title="Server" flush>
          <Bones rows={6} />
        </Panel>
      ) : null}
    </AdminFrame>
  )
}

function Details({ instance }: { instance: Instance }) {
  const { base } = usePortal()
  const since = Math.min(...(instance.processes ?? []).map((each) => each.startedAt))
  return (
    <>
      <Panel title="Chartroom" actions={<DiagnosticsButton />}>
        <Facts>
          <div>
            <dt>Version</dt>
            <dd>{instance.version}</dd>
          </div>
          {Number.isFinite(since) ? (
            <div>
              <dt>Running since</dt>
              <dd>
                <DateTime at={since} />
              </dd>
            </div>
          ) : null}
          <div>
            <dt>Address</dt>
            <dd>{base}</dd>
          </div>
          {instance.database === undefined ? null : (
            <div>
              <dt>Database</dt>
              <dd>
                PostgreSQL {instance.database.version ?? ''} ({instance.database.kind === 'embedded' ? 'built in' : 'external'})
              </dd>
            </div>
          )}
        </Facts>
        <p className={classes.links}>
          <a href={new URL('api/docs', base).pathname}>API reference</a>
          <a href={new URL('metrics', base).pathname}>Metrics</a>
        </p>
      </Panel>
      {instance.checks === undefined ? null : <Checks checks={instance.checks} />}
      <Processes processes={instance.processes ?? []} threads={instance.threads ?? []} />
      <div className={classes.columns}>
        {instance.storage === undefined ? null : <StoragePanel storage={instance.storage} />}
        <div className={classes.column}>
          <Schedule schedule={instance.schedule ?? []} />
          <Agreement />
        </div>
      </div>
      {instance.settings === undefined ? null : <Settings settings={instance.settings} />}
    </>
  )
}

function Schedule({ schedule }: { schedule: NonNullable<Instance['schedule']> }) {
  return (
    <Panel title="Schedule">
      {schedule.length === 0 ? (
        <p className={classes.muted}>Nothing starts by itself. The operator can switch the weekly refresh on.</p>
      ) : (
        <Facts>
          {schedule.map(({ jobType, nextRunAt }) => (
            <div key={jobType}>
              <dt>{typeName(jobType)}</dt>
              <dd>
                <DateTime at={nextRunAt} />
              </dd>
            </div>
          ))}
        </Facts>
      )}
    </Panel>
  )
}

function Agreement() {
  const { api } = usePortal()
  const { data } = useQuery({ queryKey: ['agreement'], queryFn: ({ signal }) => api.agreement(signal) })
  if (data === undefined) return null
  return (
    <Panel title="NOAA's conditions">
      <p className={classes.muted}>
        {data.acceptedAt === null ? (
          'Not accepted yet. They are shown before the first refresh from NOAA.'
        ) : (
          <>
            Accepted by {data.acceptedBy}, <Age at={data.acceptedAt} />.
          </>
        )}
      </p>
    </Panel>
  )
}

function Settings({ settings }: { settings: NonNullable<Instance['settings']> }) {
  return (
    <Panel title="Settings" note="set by the operator as environment variables">
      <dl className={classes.settings}>
        {settings.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? <span className={classes.muted}>not set</span>}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
