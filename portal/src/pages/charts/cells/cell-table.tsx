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

/**
 * The charts as a table of which only the rows in view are drawn. They are placed one by one, which rows of a table element cannot be;
 * hence the roles.
 */
export function CellTable({ cells, filter, onFilter }: CellTableProps) {
  const room = useRef<HTMLElement>(null)
  const rows = useVirtualizer({ count: cells.length, getScrollElement: () => room.current, estimateSize: () => ROW, overscan: 8 })
  return (
    <section ref={room} className={classes.room} tabIndex={0} aria-label="Charts">
      <div role="table" aria-label="Charts" aria-rowcount={cells.length + 1}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          {COLUMNS.map(({ word, sort }) => (
            <Heading key={word} word={word} sort={sort} filter={filter} onFilter={onFilter} />
          ))}
        </div>
        <div role="presentation" className={classes.all} style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const cell = cells[index]
            return cell === undefined ? null : <CellRow key={cell.name} cell={cell} index={index} start={start} />
          })}
        </div>
      </div>
    </section>
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
  if (sort === undefined) return <div role="columnheader">{word}</div>
  const now = filter.sort ?? 'name'
  const order = now === sort ? 'ascending' : now === `-${sort}` ? 'descending' : 'none'
  return (
    <div role="columnheader" aria-sort={order}>
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
    </div>
  )
}

const CellRow = memo(function CellRow({ cell, index, start }: { cell: ChartCell; index: number; start: number }) {
  return (
    <div role="row" aria-rowindex={index + 2} className={classes.row} style={{ transform: `translateY(${start}px)` }}>
      <div role="cell" className={classes.name}>
        <Link to="/charts/cells/$name" params={{ name: cell.name }} preload={false}>
          {cell.name}
        </Link>
        <span className={classes.title}>{cell.title ?? bandName(cell.usageBand)}</span>
      </div>
      <div role="cell">{editionText(cell.edition, cell.update)}</div>
      <div role="cell">{cell.updateDate ?? cell.issueDate ?? ''}</div>
      <div role="cell">{scaleText(cell.scale)}</div>
      <div role="cell">{cell.source === 'upload' ? 'Upload' : 'Public'}</div>
    </div>
  )
})
