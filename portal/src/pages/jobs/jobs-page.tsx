import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef, useState } from 'react'
import { Page } from '../../app/shell/page.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { useUser } from '../../state/queries.ts'
import { counted } from '../../text/plural.ts'
import { EarlierSection } from './earlier-section.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type JobFilter, readJobFilter, sectionStates } from './job-filter.ts'
import classes from './jobs.module.css'
import { NowSection } from './now-section.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { StartMenu } from './start-menu.tsx'
import { useJobActions } from './use-job-actions.tsx'
import { type JobLists, useJobLists } from './use-job-lists.ts'
import { useRest } from './use-rest.ts'
import { useRowKeys } from './use-row-keys.ts'
import { useStartJob } from './use-start-job.tsx'

/** Work now and earlier: the home of the portal. */
export function JobsPage() {
  const filter = readJobFilter(useSearch({ from: '/shell/jobs' }))
  const navigate = useNavigate({ from: '/jobs' })
  const lists = useJobLists(filter)
  const { data: user } = useUser()
  const start = useStartJob((id) => lists?.now.reveal(id))
  const startButton = useRef<HTMLButtonElement>(null)
  const firstFilter = useRef<HTMLButtonElement>(null)
  const change = (next: JobFilter) => void navigate({ to: '/jobs', search: next, replace: true })
  return (
    <Page title="Jobs">
      <div className={classes.bar}>
        <FilterBar filter={filter} onChange={change} first={firstFilter} />
        {user?.isAdmin === true ? <StartMenu busy={start.busy} onStart={start.start} button={startButton} /> : null}
      </div>
      {start.notes}
      {lists === null ? (
        <Bones rows={6} />
      ) : (
        <Jobs
          key={JSON.stringify(filter)}
          lists={lists}
          filter={filter}
          onFilter={change}
          starting={start.busy}
          onRefresh={() => start.start('refresh-public-charts')}
          onStartKey={() => startButton.current?.click()}
          onFilterKey={() => firstFilter.current?.focus()}
        />
      )}
    </Page>
  )
}

interface JobsProps {
  lists: JobLists
  filter: JobFilter
  onFilter(filter: JobFilter): void
  /** Whether a start is waiting for its response. */
  starting: boolean
  onRefresh(): void
  onStartKey(): void
  onFilterKey(): void
}

/** The lists of one filter; another filter begins with no selection. */
function Jobs({ lists, filter, onFilter, starting, onRefresh, onStartKey, onFilterKey }: JobsProps) {
  const { store } = usePortal()
  const now = useObservable(lists.now.state)
  const earlier = useObservable(lists.earlier.state)
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const list = useRef<HTMLDivElement>(null)
  const actions = useJobActions()
  const states = sectionStates(filter)

  const select = useCallback((id: string, selected: boolean) => {
    setSelection((held) => {
      const next = new Set(held)
      if (selected) next.add(id)
      else next.delete(id)
      return next
    })
  }, [])

  function settle(): void {
    lists.earlier.settle()
    lists.now.settle()
  }

  // The user is working with the selected rows, so nothing moves until the selection is gone.
  useRest(list, () => {
    if (selection.size === 0) settle()
  })
  useRowKeys({
    list,
    onSelect: (id) => select(id, !selection.has(id)),
    onCancel: (id) => actions.cancel([id]),
    onRetry: (id) => actions.retry([id]),
    onFresh: settle,
    onStart: onStartKey,
    onFilter: onFilterKey,
  })

  // A job that ended on screen is not new, because its row is still there.
  const arrived = [...now.fresh, ...earlier.fresh].filter((id) => !now.shown.includes(id) && !earlier.shown.includes(id))
  const table = { selection, onSelect: select, actions }
  return (
    <>
      {arrived.length > 0 ? (
        <div className={classes.fresh}>
          <Button icon="up" onClick={settle}>
            {counted(arrived.length, 'new job')}
          </Button>
        </div>
      ) : null}
      <div ref={list} className={classes.lists}>
        {states.now.length === 0 ? null : (
          <NowSection
            list={lists.now}
            state={now}
            filter={filter}
            table={table}
            starting={starting}
            onRefresh={onRefresh}
            onFilter={onFilter}
          />
        )}
        {states.earlier.length === 0 ? null : (
          <EarlierSection
            list={lists.earlier}
            state={earlier}
            hidden={now.shown}
            filter={filter}
            table={table}
            onFilter={onFilter}
          />
        )}
      </div>
      <SelectionBar
        ids={[...selection].filter((id) => store.get(id) !== undefined)}
        actions={actions}
        onClear={() => setSelection(new Set())}
      />
      {actions.dialog}
    </>
  )
}
