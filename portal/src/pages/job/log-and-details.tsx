import { useNavigate, useSearch } from '@tanstack/react-router'
import type { JobSummary } from '../../api/records.ts'
import { Panel } from '../../kit/panel.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import type { LogWindow } from '../../live/log-window.ts'
import { DetailsView } from './details-view.tsx'
import { type JobView, readJobView } from './job-view.ts'
import { LogView } from './log-view.tsx'

/** The lower half of a job's page: its log or its details. */
export function LogAndDetails({ job, log }: { job: JobSummary; log: LogWindow | null }) {
  const view = readJobView(useSearch({ from: '/shell/jobs/$id' }))
  const navigate = useNavigate()
  const change = (next: JobView) =>
    void navigate({ to: '/jobs/$id', params: { id: job.id }, search: next, replace: true, resetScroll: false })
  const tab = view.tab ?? 'log'
  return (
    <Panel
      title={tab === 'log' ? 'Log' : 'Details'}
      flush
      actions={
        <Tabs
          label="Part"
          value={tab}
          options={[
            { value: 'log', word: 'Log' },
            { value: 'details', word: 'Details' },
          ]}
          onChange={(next) => change(next === 'details' ? { ...view, tab: 'details' } : { ...view, tab: 'log' })}
        />
      }
    >
      {tab === 'log' ? <LogView job={job} log={log} view={view} onView={change} /> : <DetailsView job={job} />}
    </Panel>
  )
}
