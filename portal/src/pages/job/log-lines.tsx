import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { JobSummary, LogLine } from '../../api/records.ts'
import { Icon } from '../../kit/icon.tsx'
import { logParts } from '../../live/log-text.ts'
import { marksBefore } from '../../live/log-window.ts'
import { usePreferences } from '../../state/portal-context.tsx'
import { sinceStart } from '../../text/durations.ts'
import { LEVELS } from '../../text/en.ts'
import { counted } from '../../text/plural.ts'
import { clockSeconds, dateTime, zoneName } from '../../text/times.ts'
import { highlighted } from './highlight.ts'
import classes from './log.module.css'

interface LogLinesProps {
  job: JobSummary
  lines: readonly LogLine[]
  query: string
  /** The line that a link or the search points at. */
  current: number | undefined
  /** Some levels are hidden, so gaps between numbers mean nothing. */
  filtered: boolean
}

/** The lines. The browser skips rendering those out of view, finds text in all of them, and keeps them in place while others arrive. */
export function LogLines({ job, lines, query, current, filtered }: LogLinesProps) {
  const { wrapLog } = usePreferences()
  return (
    <ol className={classes.lines} data-wrap={wrapLog}>
      {lines.map((line, n) => (
        <Line
          key={line.seq}
          jobId={job.id}
          start={job.startedAt ?? job.createdAt}
          line={line}
          marks={marksBefore(line, lines[n - 1])
            .filter((mark) => mark.kind === 'attempt' || !filtered)
            .map((mark) =>
              mark.kind === 'attempt'
                ? `Attempt ${mark.attempt}`
                : `${counted(mark.lines, 'line')} left out: the log was too long`,
            )
            .join(' · ')}
          query={query}
          current={line.seq === current}
        />
      ))}
    </ol>
  )
}

interface LineProps {
  jobId: string
  /** When the job started. */
  start: number
  line: LogLine
  marks: string
  query: string
  current: boolean
}

const Line = memo(function Line({ jobId, start, line, marks, query, current }: LineProps) {
  const { zone, logTime } = usePreferences()
  const at = Date.parse(line.timestamp)
  return (
    <li className={classes.item}>
      {marks === '' ? null : <div className={classes.mark}>{marks}</div>}
      <div className={`${classes.line} ${classes[line.type]}`} data-seq={line.seq} data-current={current || undefined}>
        <Link
          to="/jobs/$id"
          params={{ id: jobId }}
          search={{ line: line.seq }}
          resetScroll={false}
          className={classes.time}
          title={`${dateTime(at, zone)} ${zoneName(at, zone)}, line ${line.seq}`}
        >
          {logTime === 'elapsed' ? sinceStart(at - start) : clockSeconds(at, zone)}
        </Link>
        <span className={classes.level}>
          {line.type === 'info' ? null : <Icon name={line.type === 'error' ? 'failed' : 'warning'} size={14} />}
          <span className="visually-hidden">{LEVELS[line.type].one}</span>
        </span>
        <span className={classes.message}>
          {query === '' ? <Message text={line.message} /> : <Highlighted text={line.message} query={query} />}
        </span>
      </div>
    </li>
  )
})

function Message({ text }: { text: string }) {
  let at = 0
  return logParts(text).map((part) => {
    const key = at
    at += part.kind === 'text' ? part.text.length : part.kind === 'job' ? part.id.length : part.name.length
    if (part.kind === 'text') return part.text
    if (part.kind === 'cell') {
      return (
        <span key={key} className={classes.cell}>
          {part.name}
        </span>
      )
    }
    return (
      <Link key={key} to="/jobs/$id" params={{ id: part.id }}>
        {part.id}
      </Link>
    )
  })
}

function Highlighted({ text, query }: { text: string; query: string }) {
  return highlighted(text, query).map(({ at, text: piece, found }) => (found ? <mark key={at}>{piece}</mark> : piece))
}
