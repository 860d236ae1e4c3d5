import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Age } from '../../kit/time.tsx'
import type { JobList } from '../../live/job-list.ts'
import type { JobListState } from '../../live/job-list-rows.ts'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { isFiltered, type JobFilter } from './job-filter.ts'
import { JobTable, type JobTableProps } from './job-table.tsx'
import { OlderRows } from './older-rows.tsx'

export interface SectionProps {
  list: JobList
  state: JobListState
  filter: JobFilter
  table: Pick<JobTableProps, 'selection' | 'onSelect' | 'actions'>
  onFilter(filter: JobFilter): void
}

interface Refresh {
  /** Whether a start is waiting for its response. */
  starting: boolean
  onRefresh(): void
}

/** The jobs at work. */
export function NowSection({ list, state, filter, table, onFilter, ...refresh }: SectionProps & Refresh) {
  return (
    <Panel title="Now" flush>
      {state.error === null ? null : <ErrorNote error={state.error} onRetry={() => void list.read()} />}
      {state.status === 'loading' ? <Bones rows={2} /> : null}
      {state.status === 'ready' && state.shown.length === 0 ? (
        <NothingNow filter={filter} onFilter={onFilter} {...refresh} />
      ) : null}
      {state.shown.length > 0 ? (
        <JobTable {...table} ids={state.shown} leaving={new Set(list.leaving())} caption="Jobs at work" />
      ) : null}
      <OlderRows list={list} state={state} shown={state.shown.length} />
    </Panel>
  )
}

function NothingNow({ filter, onFilter, starting, onRefresh }: Pick<SectionProps, 'filter' | 'onFilter'> & Refresh) {
  const { api } = usePortal()
  const { data: user } = useUser()
  const offline = useOfflineReason()
  const { data: last } = useQuery({
    queryKey: ['last-run', 'refresh-public-charts', 'completed'],
    queryFn: ({ signal }) => api.jobs({ type: 'refresh-public-charts', states: ['completed'], parent: 'none', limit: 1 }, signal),
  })
  if (isFiltered(filter)) {
    return <Empty action={<Button onClick={() => onFilter({})}>Clear filters</Button>}>No job at work fits the filters.</Empty>
  }
  const job = last?.jobs[0]
  const refresh =
    user?.isAdmin === true ? (
      <Button icon="poll" off={offline} busy={starting} onClick={onRefresh}>
        Refresh charts
      </Button>
    ) : undefined
  return (
    <Empty action={refresh}>
      No job is running.{' '}
      {job?.finishedAt == null ? (
        last === undefined ? (
          ''
        ) : (
          'The public charts have not been refreshed yet.'
        )
      ) : (
        <>
          Charts were last refreshed{' '}
          <Link to="/jobs/$id" params={{ id: job.id }}>
            <Age at={job.finishedAt} />
          </Link>
          .
        </>
      )}
    </Empty>
  )
}
