import { type RefObject, useEffect, useState } from 'react'
import type { JobSummary } from '../../api/records.ts'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import type { LevelCounts, LogWindow } from '../../live/log-window.ts'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { integer } from '../../text/plural.ts'
import { downloadText } from './download-text.ts'
import { logText } from './job-report.ts'
import type { JobView } from './job-view.ts'
import classes from './log.module.css'

interface LogToolsProps {
  job: JobSummary
  log: LogWindow
  counts: LevelCounts
  /** Whether the counts are of the whole log. */
  whole: boolean
  view: JobView
  onView(view: JobView): void
  onSearch(text: string): void
  found: number
  at: number
  onStep(by: 1 | -1): void
  field: RefObject<HTMLInputElement | null>
}

/** Levels, search, and what can be done with a log. */
export function LogTools({ job, log, counts, whole, view, onView, onSearch, found, at, onStep, field }: LogToolsProps) {
  const { preferences } = usePortal()
  const { wrapLog, logTime } = usePreferences()
  const [text, setText] = useState(view.q ?? '')
  const given = view.q ?? ''

  // The address follows when typing pauses, so that it is not written at every key.
  useEffect(() => {
    if (text.trim() === given) return
    const timer = setTimeout(() => onSearch(text.trim()), 300)
    return () => clearTimeout(timer)
  })

  async function everything(): Promise<string> {
    await log.all()
    return log.state.get().lines.map(logText).join('\n')
  }

  const more = whole ? '' : '+'
  return (
    <div className={classes.tools}>
      <Tabs
        label="Level"
        value={view.level ?? 'info'}
        options={[
          { value: 'info', word: `All ${integer(counts.info + counts.warning + counts.error)}${more}` },
          { value: 'warning', word: `Warnings ${integer(counts.warning)}${more}` },
          { value: 'error', word: `Errors ${integer(counts.error)}${more}` },
        ]}
        onChange={(level) => {
          const { level: _, ...rest } = view
          onView(level === 'info' ? rest : { ...rest, level })
        }}
      />
      <input
        ref={field}
        className={classes.search}
        type="search"
        placeholder="Search the log"
        aria-label="Search the log"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault()
            setText('')
          }
        }}
      />
      {given === '' ? null : (
        <span className={classes.found} role="status">
          {found === 0 ? 'Not found' : `${integer(at + 1)} of ${integer(found)}`}
          <Button kind="quiet" icon="up" label="Previous" onClick={() => onStep(-1)} />
          <Button kind="quiet" icon="down" label="Next" onClick={() => onStep(1)} />
        </span>
      )}
      <span className={classes.push} />
      <Button
        kind="quiet"
        icon="wrap"
        label={wrapLog ? 'Do not wrap long lines' : 'Wrap long lines'}
        aria-pressed={wrapLog}
        onClick={() => preferences.set({ ...preferences.get(), wrapLog: !wrapLog })}
      />
      <Button
        kind="quiet"
        icon="clock"
        label={logTime === 'elapsed' ? 'Show times of day' : 'Show times since the start'}
        aria-pressed={logTime === 'elapsed'}
        onClick={() => preferences.set({ ...preferences.get(), logTime: logTime === 'elapsed' ? 'clock' : 'elapsed' })}
      />
      <CopyButton kind="quiet" label="Copy the log" text={everything} />
      <Button
        kind="quiet"
        icon="download"
        label="Download the log"
        onClick={() => void everything().then((content) => downloadText(`${job.jobType}-${job.id}.log`, content))}
      />
    </div>
  )
}
