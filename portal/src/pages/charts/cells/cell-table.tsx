import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef } from 'react'
import type { ChartCell } from '../../../api/charts-api.ts'
import { Icon } from '../../../kit/icon.tsx'
import { bandName, editionText, scaleText } from '../../../text/charts-en.ts'
import { type CellFilter, type CellSort, nextSort } from './cell-filter.ts'
import classes from './cell-table.module.css'

const COLUMNS: readonly { word: string; sort?: CellSort }[] = [
  { word: 'Chart', sort: 'name' },
  { word: 'Edition' },
  { word: 'Date', sort: 'issued' },
  { word: 'Scale', sort: 'scale' },
  { word: 'Source' },
]
const ROW = 56

interface CellTableProps {
  cells: readonly ChartCell[]
  filter: CellFilter
  onFilter(next: CellFilter): void
}

/** The charts as a table of which only the rows in view are drawn; empty rows hold the place of the others. */
export function CellTable({ cells, filter, onFilter }: CellTableProps) {
  const room = useRef<HTMLElement>(null)
  const rows = useVirtualizer({ count: cells.length, getScrollElement: () => room.current, estimateSize: () => ROW, overscan: 8 })
  const drawn = rows.getVirtualItems()
  return (
    <section ref={room} className={classes.room} aria-label="Charts">
      <table className={classes.table} aria-rowcount={cells.length + 1}>
        <caption className="visually-hidden">Charts</caption>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ word, sort }) => (
              <Heading key={word} word={word} sort={sort} filter={filter} onFilter={onFilter} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={drawn[0]?.start ?? 0} />
          {drawn.map(({ index }) => {
            const cell = cells[index]
            return cell === undefined ? null : <CellRow key={cell.name} cell={cell} index={index} />
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
  onFilter,
}: {
  word: string
  sort: CellSort | undefined
  filter: CellFilter
  onFilter(next: CellFilter): void
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
          const { sort: _, ...rest } = filter
          onFilter(next === undefined || next === 'name' ? rest : { ...rest, sort: next })
        }}
      >
        {word}
        {order === 'none' ? null : <Icon name={order === 'ascending' ? 'up' : 'down'} size={14} />}
      </button>
    </th>
  )
}

const CellRow = memo(function CellRow({ cell, index }: { cell: ChartCell; index: number }) {
  return (
    <tr aria-rowindex={index + 2}>
      <td>
        <div className={classes.name}>
          <Link to="/charts/cells/$name" params={{ name: cell.name }} preload={false}>
            {cell.name}
          </Link>
          <span className={classes.title}>{cell.title ?? bandName(cell.usageBand)}</span>
        </div>
      </td>
      <td>{editionText(cell.edition, cell.update)}</td>
      <td>{cell.updateDate ?? cell.issueDate ?? ''}</td>
      <td>{scaleText(cell.scale)}</td>
      <td>{cell.source === 'upload' ? 'Upload' : 'Public'}</td>
    </tr>
  )
})
