import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { ChartCell } from '../../../api/charts-api.ts'
import { sourceOf } from '../../../api/source-of.ts'
import { Bones } from '../../../kit/bones.tsx'
import { Button } from '../../../kit/button.tsx'
import { Empty } from '../../../kit/empty.tsx'
import { ErrorNote } from '../../../kit/error-note.tsx'
import { Tabs } from '../../../kit/tabs.tsx'
import { createObservable } from '../../../lib/observable.ts'
import { usePortal } from '../../../state/portal-context.tsx'
import { ChartsFrame } from '../charts-frame.tsx'
import { WaitingNote } from '../permits/waiting-note.tsx'
import { type CellFilter, changedFilter, type FilterChanges, filterCells } from './cell-filter.ts'
import { CellFilters } from './cell-filters.tsx'
import { CellTable } from './cell-table.tsx'
import classes from './cells-page.module.css'
import { type Box, boxOutline, touches } from './outlines/chart-shapes.ts'
import { OutlinesPanel } from './outlines/outlines-panel.tsx'

/** Below this width the table and the map take turns. */
const WIDE = '(min-width: 68.75em)'

/** All charts that the account sees, as a table and as outlines. They are read once, then searched and sorted in the browser. */
export function CellsPage() {
  const { charts } = usePortal()
  const filter = useSearch({ from: '/shell/charts/cells' })
  const navigate = useNavigate({ from: '/charts/cells' })
  const { data, error, refetch } = useQuery({ queryKey: ['cells'], queryFn: ({ signal }) => charts.cells(signal), staleTime: 0 })
  const change = useCallback(
    (changes: FilterChanges): void =>
      void navigate({ search: (before) => changedFilter(before, changes), replace: true, resetScroll: false }),
    [navigate],
  )
  return (
    <ChartsFrame title="All charts">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      <WaitingNote />
      {data === undefined && error !== null ? null : data?.length === 0 ? (
        <Empty action={<Link to="/charts/uploads">Go to Uploads</Link>}>
          There are no charts yet. Upload some, or have an administrator refresh the public charts.
        </Empty>
      ) : (
        <Charts cells={data} filter={filter} onChange={change} />
      )}
    </ChartsFrame>
  )
}

interface ChartsProps {
  /** Undefined while they are read; the map prepares itself in the meantime. */
  cells: readonly ChartCell[] | undefined
  filter: CellFilter
  onChange(changes: FilterChanges): void
}

function Charts({ cells: read, filter, onChange }: ChartsProps) {
  const cells = read ?? NO_CELLS
  const { clock } = usePortal()
  const wide = useMediaQuery(WIDE, window.matchMedia(WIDE).matches)
  const [pointed] = useState(() => createObservable<string | null>(null))
  const [view, setView] = useState<Box | null>(null)
  const { q, source, scale, old, sort, here, chart, show, at } = filter
  const [now] = useState(() => clock.now())
  const found = useMemo(
    () => filterCells(cells, changedFilter({}, { q, source, scale, old, sort }), now),
    [cells, q, source, scale, old, sort, now],
  )
  const hasInvented = useMemo(() => cells.some((cell) => sourceOf(cell) === 'invented'), [cells])
  const box = here === 'only' ? view : null
  const shown = useMemo(() => (box === null ? found : found.filter((cell) => touches(boxOutline(cell).box, box))), [found, box])
  const moved = useCallback(
    (place: string | null, next: Box) => {
      setView(next)
      if (place !== null) onChange({ at: place })
    },
    [onChange],
  )
  const hasMap = wide || show === 'map'
  const hasTable = wide || show !== 'map'
  return (
    <>
      <CellFilters
        filter={filter}
        shown={shown.length}
        total={read?.length}
        knowsView={view !== null}
        hasInvented={hasInvented}
        onChange={onChange}
      />
      {wide ? null : (
        <Tabs
          label="Table or map"
          value={show ?? 'table'}
          options={TABS}
          onChange={(next) => onChange({ show: next === 'map' ? 'map' : undefined })}
        />
      )}
      <div className={classes.sides}>
        {hasTable ? (
          read === undefined ? (
            <Bones rows={6} />
          ) : shown.length === 0 ? (
            <Empty action={<Button onClick={() => onChange(NO_FILTER)}>Clear filters</Button>}>
              No charts match these filters.
            </Empty>
          ) : (
            <CellTable cells={shown} filter={filter} now={now} pointed={pointed} onChange={onChange} />
          )
        ) : null}
        {hasMap ? (
          <OutlinesPanel
            cells={read}
            shown={found}
            pointed={pointed}
            chosen={chart}
            at={at}
            withCard={!wide}
            onChoose={(key) => onChange({ chart: key })}
            onMoved={moved}
          />
        ) : null}
      </div>
    </>
  )
}

const NO_CELLS: readonly ChartCell[] = []
const TABS = [
  { value: 'table', word: 'Table' },
  { value: 'map', word: 'Map' },
] as const
const NO_FILTER: FilterChanges = { q: undefined, source: undefined, scale: undefined, old: undefined, here: undefined }
