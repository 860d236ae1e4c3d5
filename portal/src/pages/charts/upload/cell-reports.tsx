import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { CellReport } from '../../../api/charts-api.ts'
import { Button } from '../../../kit/button.tsx'
import table from '../../../kit/data-table.module.css'
import { Empty } from '../../../kit/empty.tsx'
import { useMoreRows } from '../../../kit/more-rows.tsx'
import { Panel } from '../../../kit/panel.tsx'
import { CELL_STATES, editionText, STANDARDS, scaleText, shownFrom } from '../../../text/charts-en.ts'
import { counted } from '../../../text/plural.ts'
import classes from '../charts.module.css'
import { mapPlaceOf } from '../map-place.ts'
import { NameSearch } from '../name-search.tsx'
import { type ShownState, StateText } from '../state-text.tsx'
import { filterReports, ORDER, type ReportFilter } from './report-filter.ts'

const SHOWN: Readonly<Record<CellReport['status'], ShownState>> = {
  failed: 'failed',
  waiting: 'waiting',
  pending: 'pending',
  cancelled: 'cancelled',
  indexed: 'completed',
}

const FIRST_ROWS = 100

/** The report on each chart of an upload, those that failed or wait first. */
export function CellReports({ cells }: { cells: readonly CellReport[] }) {
  const filter = useSearch({ from: '/shell/charts/uploads/$id' })
  const navigate = useNavigate({ from: '/charts/uploads/$id' })
  const set = (next: ReportFilter): void => void navigate({ search: next, replace: true })
  const shown = filterReports(cells, filter)
  const { shown: rows, more } = useMoreRows(shown, FIRST_ROWS, `${filter.status} ${filter.q}`)
  const present = ORDER.filter((status) => cells.some((cell) => cell.status === status))
  if (cells.length === 0) return null
  return (
    <Panel title="Charts" note={counted(cells.length, 'chart')} flush>
      <search className={`${classes.filters} ${classes.inPanel}`}>
        <NameSearch value={filter.q} onChange={(q) => set({ ...filter, q })} />
        <select
          aria-label="State"
          value={filter.status ?? ''}
          onChange={({ target }) => {
            const status = ORDER.find((each) => each === target.value)
            const { status: _, ...rest } = filter
            set(status === undefined ? rest : { ...rest, status })
          }}
        >
          <option value="">All states</option>
          {present.map((status) => (
            <option key={status} value={status}>
              {CELL_STATES[status]}
            </option>
          ))}
        </select>
      </search>
      {shown.length === 0 ? (
        <Empty action={<Button onClick={() => set({})}>Clear filters</Button>}>No charts match these filters.</Empty>
      ) : (
        <table className={`${table.base} ${classes.table}`}>
          <caption className="visually-hidden">Report on each chart</caption>
          <thead>
            <tr>
              <th scope="col" className={classes.medium}>
                Chart
              </th>
              <th scope="col">State</th>
              <th scope="col" className={classes.short}>
                Edition
              </th>
              <th scope="col" className={classes.short}>
                Scale
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((cell) => (
              <ReportRow key={cell.name} cell={cell} />
            ))}
          </tbody>
        </table>
      )}
      {more}
    </Panel>
  )
}

function ReportRow({ cell }: { cell: CellReport }) {
  return (
    <tr>
      <td>
        {cell.visible ? (
          <Link to="/charts/cells/$name" params={{ name: cell.name }}>
            {cell.name}
          </Link>
        ) : (
          cell.name
        )}
        {cell.title === null ? null : <p className={classes.muted}>{cell.title}</p>}
        {cell.standard === null ? null : <p className={classes.muted}>{STANDARDS[cell.standard]}</p>}
        {cell.visible && cell.bbox !== null ? (
          <p>
            <Link
              to="/map"
              search={mapPlaceOf({ bbox: cell.bbox, scale: cell.scale ?? 0 })}
              aria-label={`${cell.name} on the map`}
            >
              On the map
            </Link>
          </p>
        ) : null}
      </td>
      <td>
        <StateText state={SHOWN[cell.status]}>
          {CELL_STATES[cell.status]}
          {cell.status === 'indexed' ? `, ${shownFrom(cell)}` : ''}
        </StateText>
        <ul className={classes.problems}>
          {cell.errors.map((text) => (
            <li key={text} className={classes.failed}>
              {text}
            </li>
          ))}
          {cell.warnings.map((text) => (
            <li key={text} className={classes.warning}>
              {text}
            </li>
          ))}
          {cell.permitExpires === null ? null : <li className={classes.muted}>Permit until {cell.permitExpires}</li>}
        </ul>
      </td>
      <td>
        {editionText(cell.edition, cell.update)}
        {cell.issueDate === null ? null : <p className={classes.muted}>{cell.updateDate ?? cell.issueDate}</p>}
      </td>
      <td>{cell.scale === null ? '' : scaleText(cell.scale)}</td>
    </tr>
  )
}
