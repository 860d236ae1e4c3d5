import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef, useSyncExternalStore } from 'react'
import type { ChartCell } from '../../../api/charts-api.ts'
import { Icon } from '../../../kit/icon.tsx'
import { QuietLink } from '../../../kit/quiet-link.tsx'
import type { Observable } from '../../../lib/observable.ts'
import { ageWords, bandName, editionText, scaleText, sourceName } from '../../../text/charts-en.ts'
import { mapPlaceOf } from '../map-place.ts'
import { type CellFilter, type CellSort, type FilterChanges, issued, nextSort } from './cell-filter.ts'
import classes from './cell-table.module.css'
import { keyOf } from './outlines/chart-shapes.ts'
import { ROW_KEY, usePointing } from './use-pointing.ts'

const COLUMNS: readonly { word: string; sort?: CellSort }[] = [
  { word: 'Chart', sort: 'name' },
  { word: 'Edition' },
  { word: 'Date', sort: 'issued' },
  { word: 'Scale', sort: 'scale' },
  { word: 'Map' },
]
/** Height of a row, as cell-table.module.css has it. */
const ROW_REM = 3.5

interface CellTableProps {
  cells: readonly ChartCell[]
  filter: CellFilter
  /** Milliseconds, by the clock of the server. */
  now: number
  /** The chart under the pointer or the focus, here or on the map of outlines. */
  pointed: Observable<string | null>
  onChange(changes: FilterChanges): void
}

/** The charts as a table that renders only the rows in view; empty rows take the space of the others. */
export function CellTable({ cells, filter, now, pointed, onChange }: CellTableProps) {
  const room = useRef<HTMLElement>(null)
  const rows = useVirtualizer({ count: cells.length, getScrollElement: () => room.current, estimateSize: rowHeight, overscan: 8 })
  const drawn = rows.getVirtualItems()
  usePointing(pointed, room)
  const { chart } = filter

  // A chart that was chosen on the map may be thousands of rows away.
  const brought = useRef<string | undefined>(undefined)
  useEffect(() => {
    if (chart === brought.current) return
    brought.current = chart
    const index = cells.findIndex((cell) => keyOf(cell) === chart)
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' })
  }, [chart, cells, rows])

  return (
    <section ref={room} className={classes.room} aria-label="Charts">
      <table className={classes.table} aria-rowcount={cells.length + 1}>
        <caption className="visually-hidden">Charts</caption>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ word, sort }) => (
              <Heading key={word} word={word} sort={sort} filter={filter} onChange={onChange} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={drawn[0]?.start ?? 0} />
          {drawn.map(({ index }) => {
            const cell = cells[index]
            if (cell === undefined) return null
            const key = keyOf(cell)
            const isChosen = key === chart
            return (
              <CellRow key={key} cell={cell} index={index} now={now} pointed={pointed} isChosen={isChosen} onChoose={onChange} />
            )
          })}
          <Gap height={rows.getTotalSize() - (drawn.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </section>
  )
}

function Gap({ height }: { height: number }) {
  return height <= 0 ? null : (
    <tr aria-hidden className={classes.gap}>
      <td colSpan={COLUMNS.length} style={{ height }} />
    </tr>
  )
}

function Heading({
  word,
  sort,
  filter,
  onChange,
}: {
  word: string
  sort: CellSort | undefined
  filter: CellFilter
  onChange(changes: FilterChanges): void
}) {
  if (sort === undefined) return <th scope="col">{word}</th>
  const now = filter.sort ?? 'name'
  const order = now === sort ? 'ascending' : now === `-${sort}` ? 'descending' : 'none'
  return (
    <th scope="col" aria-sort={order}>
      <button
        type="button"
        className={classes.sort}
        onClick={() => {
          const next = nextSort(filter.sort, sort)
          onChange({ sort: next === 'name' ? undefined : next })
        }}
      >
        {word}
        {order === 'none' ? null : <Icon name={order === 'ascending' ? 'up' : 'down'} size={14} />}
      </button>
    </th>
  )
}

interface CellRowProps {
  cell: ChartCell
  index: number
  now: number
  pointed: Observable<string | null>
  isChosen: boolean
  onChoose(changes: FilterChanges): void
}

const CellRow = memo(function CellRow({ cell, index, now, pointed, isChosen, onChoose }: CellRowProps) {
  const key = keyOf(cell)
  const isPointed = useSyncExternalStore(pointed.subscribe, () => pointed.get() === key)
  const date = issued(cell)
  return (
    // For the keyboard, the links of the row do what a click on it does.
    <tr
      aria-rowindex={index + 2}
      aria-current={isChosen || undefined}
      data-pointed={isPointed || undefined}
      {...{ [ROW_KEY]: key }}
      onClick={({ target }) => {
        if (!(target as Element).closest('a')) onChoose({ chart: key })
      }}
    >
      <td>
        <div className={classes.two}>
          <QuietLink to={{ to: '/charts/cells/$name', params: { name: cell.name } }}>{cell.name}</QuietLink>
          <span className={classes.more}>{cell.title ?? bandName(cell.usageBand)}</span>
        </div>
      </td>
      <td>
        <Two first={editionText(cell.edition, cell.update)} second={sourceName(cell).split(',')[0]} />
      </td>
      <td>
        <Two first={date} second={date === '' ? '' : ageWords(date, now)} />
      </td>
      <td>
        <Two first={scaleText(cell.scale)} second={bandName(cell.usageBand)} />
      </td>
      <td>
        <QuietLink to={{ to: '/map', search: mapPlaceOf(cell) }} className={classes.toMap} aria-label={`${cell.name} on the map`}>
          <Icon name="map" />
        </QuietLink>
      </td>
    </tr>
  )
})

function Two({ first, second }: { first: string; second: string | undefined }) {
  return (
    <div className={classes.two}>
      <span>{first}</span>
      <span className={classes.more}>{second}</span>
    </div>
  )
}

/** In pixels; it grows with the text of the browser. */
function rowHeight(): number {
  return ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
}
