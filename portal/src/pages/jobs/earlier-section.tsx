import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { STATES } from '../../text/en.ts'
import { typeName } from '../../text/job-words.ts'
import { integer } from '../../text/plural.ts'
import { isFiltered, type JobFilter } from './job-filter.ts'
import { JobTable } from './job-table.tsx'
import classes from './jobs.module.css'
import type { SectionProps } from './now-section.tsx'

/** The jobs that have ended, by day, newest first. Those that ended on screen stay above until the page settles. */
export function EarlierSection({ list, state, hidden, filter, table, onFilter }: SectionProps & { hidden: readonly string[] }) {
  const ids = state.shown.filter((id) => !hidden.includes(id))
  return (
    <Panel title="Earlier" flush>
      {state.error === null ? null : <ErrorNote error={state.error} onRetry={() => void list.read()} />}
      {state.status === 'loading' ? <Bones rows={6} /> : null}
      {state.status === 'ready' && ids.length === 0 ? (
        isFiltered(filter) ? (
          <Empty action={<Button onClick={() => onFilter({})}>Clear filters</Button>}>{nothingOf(filter)}</Empty>
        ) : (
          <Empty>Jobs that have ended are listed here.</Empty>
        )
      ) : null}
      {ids.length > 0 ? <JobTable {...table} ids={ids} leaving={new Set(list.leaving())} caption="Earlier jobs" byDay /> : null}
      {state.hasOlder ? (
        <div className={classes.older}>
          <span>
            {integer(ids.length)} of {integer(Math.max(state.total, ids.length))}
          </span>
          <Button busy={state.loadingOlder} onClick={() => void list.readOlder()}>
            Load older
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

function nothingOf({ state, type }: JobFilter): string {
  const states = (state ?? [])
    .filter((each) => each !== 'pending' && each !== 'running')
    .map((each) => STATES[each].toLowerCase())
  const kind = type === undefined ? '' : ` of the type “${typeName(type)}”`
  return states.length > 0 ? `No ${states.join(' or ')} jobs${kind}.` : `No earlier jobs${kind}.`
}
