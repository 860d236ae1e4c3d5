import type { ReactNode } from 'react'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { dayKey, longDay } from '../../text/times.ts'
import { JobRow } from './job-row.tsx'
import classes from './job-table.module.css'
import type { JobActions } from './use-job-actions.tsx'

export interface JobTableProps {
  ids: readonly string[]
  leaving: ReadonlySet<string>
  selection: ReadonlySet<string>
  onSelect(id: string, selected: boolean): void
  actions: Pick<JobActions, 'cancel' | 'retry'>
  caption: string
  byDay?: boolean
}

/** Jobs as a table; on a phone the same table shows as cards. */
export function JobTable({ ids, leaving, selection, onSelect, actions, caption, byDay = false }: JobTableProps) {
  const { store } = usePortal()
  const { zone } = usePreferences()
  const rows: ReactNode[] = []
  let day = ''
  for (const id of ids) {
    const job = store.get(id)
    if (job === undefined) continue
    const own = byDay ? dayKey(job.createdAt, zone) : day
    if (own !== day) {
      day = own
      rows.push(
        <tr key={own} className={classes.day}>
          <th colSpan={8} scope="rowgroup">
            {longDay(job.createdAt, zone)}
          </th>
        </tr>,
      )
    }
    rows.push(
      <JobRow key={id} id={id} selected={selection.has(id)} leaving={leaving.has(id)} onSelect={onSelect} actions={actions} />,
    )
  }
  return (
    <table className={classes.table}>
      <caption className="visually-hidden">{caption}</caption>
      <thead className={classes.head}>
        <tr>
          <th className={classes.select} scope="col">
            <span className="visually-hidden">Select</span>
          </th>
          <th className={classes.state} scope="col">
            State
          </th>
          <th className={classes.what} scope="col">
            Job
          </th>
          <th className={classes.outcome} scope="col">
            {byDay ? 'Result' : 'Progress'}
          </th>
          <th className={classes.who} scope="col">
            Started by
          </th>
          <th className={classes.age} scope="col">
            Created
          </th>
          <th className={classes.took} scope="col">
            {byDay ? 'Took' : 'Running'}
          </th>
          <th className={classes.menu} scope="col">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>{rows}</tbody>
    </table>
  )
}
