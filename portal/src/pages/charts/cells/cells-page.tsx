import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { usePortal } from '../../../state/portal-context.tsx'
import { counted, integer } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { ChartsFrame } from '../charts-frame.tsx'
import { NameSearch } from '../name-search.tsx'
import { type CellFilter, filterCells } from './cell-filter.ts'
import { CellTable } from './cell-table.tsx'

/** All charts that the account sees. They are read once, then searched and sorted in the browser. */
export function CellsPage() {
  const { charts } = usePortal()
  const filter = useSearch({ from: '/shell/charts/cells' })
  const navigate = useNavigate({ from: '/charts/cells' })
  const { data, error, refetch } = useQuery({ queryKey: ['cells'], queryFn: ({ signal }) => charts.cells(signal), staleTime: 0 })
  const shown = useMemo(() => filterCells(data ?? [], filter), [data, filter])
  const set = (next: CellFilter): void => void navigate({ search: next, replace: true })
  return (
    <ChartsFrame title="All charts">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <search className={classes.filters}>
        <NameSearch value={filter.q} onChange={(q) => set({ ...filter, q })} />
        <select
          aria-label="Source"
          value={filter.source ?? ''}
          onChange={({ target }) => {
            const { source: _, ...rest } = filter
            set(target.value === 'noaa' || target.value === 'upload' ? { ...rest, source: target.value } : rest)
          }}
        >
          <option value="">All sources</option>
          <option value="noaa">Public charts</option>
          <option value="upload">Uploads</option>
        </select>
        {data === undefined ? null : (
          <span className={classes.count}>
            {shown.length === data.length
              ? counted(data.length, 'chart')
              : `${integer(shown.length)} of ${counted(data.length, 'chart')}`}
          </span>
        )}
      </search>
      {data === undefined ? (
        error === null ? (
          <Bones rows={6} />
        ) : null
      ) : data.length === 0 ? (
        <Empty action={<Link to="/charts/uploads">Go to Uploads</Link>}>
          There are no charts yet. Upload some, or have an administrator refresh the public charts.
        </Empty>
      ) : shown.length === 0 ? (
        <Empty action={<Button onClick={() => set({})}>Clear filters</Button>}>No charts fit these filters.</Empty>
      ) : (
        <CellTable cells={shown} filter={filter} onFilter={set} />
      )}
    </ChartsFrame>
  )
}
