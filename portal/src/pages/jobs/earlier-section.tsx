import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { STATES } from '../../text/en.ts'
import { typeName } from '../../text/job-words.ts'
import { isFiltered, type JobFilter } from './job-filter.ts'
import { JobTable } from './job-table.tsx'
import type { SectionProps } from './now-section.tsx'
import { OlderRows } from './older-rows.tsx'

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
      <OlderRows list={list} state={state} shown={ids.length} />
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
