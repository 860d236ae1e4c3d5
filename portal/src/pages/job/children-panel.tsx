import { useEffect, useState } from 'react'
import type { JobState, JobSummary } from '../../api/records.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { createJobList, type JobList } from '../../live/job-list.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { STATES } from '../../text/en.ts'
import { integer } from '../../text/plural.ts'
import { ChildRow } from './child-row.tsx'
import classes from './children.module.css'

/** The order of importance: what failed first. */
const ORDER: readonly JobState[] = ['failed', 'running', 'pending', 'cancelled', 'completed']
const PAGE = 200

/** The child jobs of a job, by state, failed ones first. */
export function ChildrenPanel({ job }: { job: JobSummary }) {
  const present = ORDER.filter((state) => job.children[state] > 0)
  const [chosen, setChosen] = useState<JobState | null>(null)
  const shown = chosen !== null && present.includes(chosen) ? chosen : present[0]
  if (shown === undefined) return null
  return (
    <Panel title="Child jobs" flush>
      <fieldset className={classes.states}>
        <legend className="visually-hidden">State</legend>
        {present.map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={state === shown}
            className={classes.state}
            onClick={() => setChosen(state)}
          >
            {STATES[state]} <span>{integer(job.children[state])}</span>
          </button>
        ))}
      </fieldset>
      <ChildList key={shown} parentId={job.id} state={shown} />
    </Panel>
  )
}

function ChildList({ parentId, state }: { parentId: string; state: JobState }) {
  const { api, store, live } = usePortal()
  const [list, setList] = useState<JobList | null>(null)
  useEffect(() => {
    const made = createJobList({
      store,
      readPage: (cursor, signal) => api.jobs({ parent: parentId, states: [state], limit: PAGE, cursor }, signal),
      readJob: (id, signal) => api.job(id, signal),
      belongs: (job) => job.parentJobId === parentId && job.jobState === state,
    })
    setList(made)
    void made.read()
    const stop = live.onReset(() => made.read())
    return () => {
      stop()
      made.dispose()
    }
  }, [api, store, live, parentId, state])
  return list === null ? <Bones rows={3} /> : <ChildTable list={list} state={state} />
}

function ChildTable({ list, state }: { list: JobList; state: JobState }) {
  const { status, error, shown, fresh, hasOlder, loadingOlder } = useObservable(list.state)
  return (
    <>
      {error === null ? null : <ErrorNote error={error} onRetry={() => void list.read()} />}
      {status === 'loading' ? <Bones rows={3} /> : null}
      {shown.length === 0 ? null : (
        <table className={classes.table}>
          <caption className="visually-hidden">{STATES[state]} child jobs</caption>
          <colgroup>
            <col className={classes.stateColumn} />
            <col className={classes.jobColumn} />
            <col />
            <col className={classes.timeColumn} />
          </colgroup>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">State</th>
              <th scope="col">Job</th>
              <th scope="col">Result</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((id) => (
              <ChildRow key={id} id={id} />
            ))}
          </tbody>
        </table>
      )}
      {fresh.length > 0 || hasOlder ? (
        <div className={classes.more}>
          {fresh.length > 0 ? (
            <Button icon="poll" onClick={() => list.settle()}>
              {integer(fresh.length)} changed
            </Button>
          ) : null}
          {hasOlder ? (
            <Button busy={loadingOlder} onClick={() => void list.readOlder()}>
              Load more
            </Button>
          ) : null}
        </div>
      ) : null}
    </>
  )
}
