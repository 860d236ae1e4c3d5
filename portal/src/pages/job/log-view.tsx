import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { isActive, type JobSummary, type LogLine } from '../../api/records.ts'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useKeys } from '../../kit/keys.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { countLevels, type LogState, type LogWindow, search } from '../../live/log-window.ts'
import { counted } from '../../text/plural.ts'
import type { JobView } from './job-view.ts'
import classes from './log.module.css'
import { LogLines } from './log-lines.tsx'
import { LogTools } from './log-tools.tsx'
import { useFollow } from './use-follow.ts'

interface LogViewProps {
  job: JobSummary
  log: LogWindow | null
  view: JobView
  onView(view: JobView): void
}

/** The log of a job: the end first, older lines when scrolling up; it follows while its last line is in view. */
export function LogView(props: LogViewProps) {
  return props.log === null ? <Bones rows={6} /> : <Log {...props} log={props.log} />
}

function Log({ job, log, view, onView }: LogViewProps & { log: LogWindow }) {
  const state = useObservable(log.state)
  const box = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const lines = useMemo(() => state.lines.filter((line) => passes(line, view.level)), [state.lines, view.level])
  const found = useMemo(() => search(lines, view.q ?? ''), [lines, view.q])
  const [at, setAt] = useState(0)
  const current = found[Math.min(at, found.length - 1)]
  const follow = useFollow(box, lines, state.status === 'ready' && view.line === undefined && view.q === undefined)

  useKeys('Log', [
    {
      keys: ['/'],
      does: 'Search the log',
      run: () => {
        searchField.current?.focus()
        return true
      },
    },
  ])

  // Scrolls to the line that the URL or the search points at, once it is loaded.
  const target = current ?? view.line
  const loaded = target !== undefined && lines.some((line) => line.seq === target)
  useLayoutEffect(() => {
    if (loaded) box.current?.querySelector(`[data-seq="${target}"]`)?.scrollIntoView({ block: 'center' })
  }, [target, loaded])

  function searchFor(text: string): void {
    const { q: _, ...rest } = view
    setAt(0)
    onView(text === '' ? rest : { ...rest, q: text })
    if (text !== '') void log.all()
  }

  return (
    <>
      <LogTools
        job={job}
        log={log}
        counts={countLevels(state.lines)}
        whole={state.whole}
        view={view}
        onView={onView}
        onSearch={searchFor}
        found={found.length}
        at={Math.min(at, Math.max(0, found.length - 1))}
        onStep={(by) => setAt((held) => (found.length === 0 ? 0 : (held + by + found.length) % found.length))}
        field={searchField}
      />
      {state.error === null ? null : (
        <ErrorNote error={state.error} onRetry={() => void (state.status === 'error' ? log.start() : log.newer())} />
      )}
      {state.status === 'loading' ? <Bones rows={6} /> : null}
      <div
        ref={box}
        className={classes.box}
        role="log"
        aria-label="Log of the job"
        aria-live="off"
        hidden={lines.length === 0}
        onScroll={(event) => {
          follow.onScroll()
          if (event.currentTarget.scrollTop < 200 && !state.whole) void log.older()
        }}
      >
        <Top state={state} log={log} />
        <LogLines lines={lines} job={job} query={view.q ?? ''} current={target} filtered={view.level !== undefined} />
      </div>
      {state.status === 'ready' && lines.length === 0 ? <NoLines job={job} filtered={view.level !== undefined} /> : null}
      {follow.behind > 0 ? (
        <div className={classes.behind}>
          <Button icon="down" onClick={follow.toEnd}>
            {counted(follow.behind, 'new line')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Top({ state, log }: { state: LogState; log: LogWindow }) {
  if (state.limited)
    return <p className={classes.edge}>Only the last 10,000 lines are searched. Download the log for all of it.</p>
  if (state.whole) return <p className={classes.edge}>The log begins here.</p>
  return (
    <p className={classes.edge}>
      <Button kind="quiet" busy={state.loadingOlder} onClick={() => void log.older()}>
        Older lines
      </Button>
    </p>
  )
}

function NoLines({ job, filtered }: { job: JobSummary; filtered: boolean }) {
  if (filtered) return <Empty>No line of this level.</Empty>
  if (isActive(job.jobState)) return <Empty>The job has written nothing yet.</Empty>
  return <Empty>There is no log. Logs are deleted after some days; the result stays.</Empty>
}

function passes(line: LogLine, level: JobView['level']): boolean {
  return level === undefined || line.type === level
}
