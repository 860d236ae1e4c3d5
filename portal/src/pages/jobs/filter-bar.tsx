import { useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useState } from 'react'
import { JOB_STATES } from '../../api/records.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { usePortal } from '../../state/portal-context.tsx'
import { JOB_TYPES, STATES } from '../../text/en.ts'
import { typeName } from '../../text/job-words.ts'
import { integer } from '../../text/plural.ts'
import { AccountSelect } from './account-select.tsx'
import { type FilterProps, isFiltered, type JobFilter, toggleState } from './job-filter.ts'
import classes from './jobs.module.css'

/** The filters above the list; on a phone one button opens them as a sheet. */
export function FilterBar({ filter, onChange, first }: FilterProps & { first: RefObject<HTMLButtonElement | null> }) {
  const [open, setOpen] = useState(false)
  const active = Object.keys(filter).length
  return (
    <>
      <div className={classes.wide}>
        <StateChips filter={filter} onChange={onChange} first={first} />
        <TypeSelect filter={filter} onChange={onChange} />
        <AccountSelect filter={filter} onChange={onChange} />
        <ChildrenTick filter={filter} onChange={onChange} />
        {isFiltered(filter) ? (
          <Button kind="quiet" icon="close" onClick={() => onChange({})}>
            Clear filters
          </Button>
        ) : null}
      </div>
      <span className={classes.narrow}>
        <Button icon="filter" onClick={() => setOpen(true)}>
          {active === 0 ? 'Filter' : `Filter (${active})`}
        </Button>
      </span>
      <Dialog
        title="Filter jobs"
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <>
            <Button onClick={() => onChange({})}>Clear filters</Button>
            <Button kind="solid" onClick={() => setOpen(false)}>
              Show jobs
            </Button>
          </>
        }
      >
        <div className={classes.sheet}>
          <StateChips filter={filter} onChange={onChange} />
          <TypeSelect filter={filter} onChange={onChange} />
          <AccountSelect filter={filter} onChange={onChange} />
          <ChildrenTick filter={filter} onChange={onChange} />
        </div>
      </Dialog>
    </>
  )
}

function StateChips({ filter, onChange, first }: FilterProps & { first?: RefObject<HTMLButtonElement | null> }) {
  const counts = useJobCounts(filter)
  return (
    <fieldset className={classes.chips}>
      <legend className="visually-hidden">State</legend>
      {JOB_STATES.map((state, n) => (
        <button
          key={state}
          ref={n === 0 ? first : undefined}
          type="button"
          className={classes.chip}
          aria-pressed={filter.state?.includes(state) ?? false}
          onClick={() => onChange(toggleState(filter, state))}
        >
          {STATES[state]}
          <span className={classes.count}>{counts?.byState[state] === undefined ? '' : integer(counts.byState[state])}</span>
        </button>
      ))}
    </fieldset>
  )
}

function TypeSelect({ filter, onChange }: FilterProps) {
  const counts = useJobCounts(filter)
  const types = new Set([
    ...Object.keys(JOB_TYPES),
    ...Object.keys(counts?.byType ?? {}),
    ...(filter.type === undefined ? [] : [filter.type]),
  ])
  return (
    <select
      className={classes.select}
      aria-label="Type"
      value={filter.type ?? ''}
      onChange={(event) => {
        const { type: _, ...rest } = filter
        onChange(event.target.value === '' ? rest : { ...rest, type: event.target.value })
      }}
    >
      <option value="">All types</option>
      {[...types].map((type) => (
        <option key={type} value={type}>
          {typeName(type)}
          {counts?.byType[type] === undefined ? '' : ` (${integer(counts.byType[type])})`}
        </option>
      ))}
    </select>
  )
}

function ChildrenTick({ filter, onChange }: FilterProps) {
  return (
    <label className={classes.tick}>
      <input
        type="checkbox"
        checked={filter.children === true}
        onChange={(event) => {
          const { children: _, ...rest } = filter
          onChange(event.target.checked ? { ...rest, children: true } : rest)
        }}
      />
      Show child jobs
    </label>
  )
}

/** How many jobs there are of each state and type. Read again when jobs change, at most every five seconds. */
function useJobCounts(filter: JobFilter) {
  const { api, store } = usePortal()
  const { data, refetch } = useQuery({
    queryKey: ['counts', filter.children === true, filter.account ?? null],
    queryFn: ({ signal }) =>
      api.counts({ parent: filter.children === true ? undefined : 'none', accountId: filter.account }, signal),
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = store.onChange(() => {
      timer ??= setTimeout(() => {
        timer = null
        void refetch()
      }, 5_000)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store, refetch])
  return data
}
