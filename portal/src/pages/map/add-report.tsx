import { type FormEvent, useEffect, useId, useReducer, useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useOfflineReason, usePreferences } from '../../state/portal-context.tsx'
import { REPORT_TYPES, REPORT_WORDS, type ReportType } from '../../text/reports-en.ts'
import { type ChartMap, cameraOf, onMoved } from './chart-map.ts'
import { positionText } from './position-text.ts'
import type { ReportApi } from './report-api.ts'
import classes from './reports.module.css'

/** Longer texts are of no use on a map. */
const LONGEST = 500

/** Reports something at the crosshair. */
export function AddReport({ chart, api, onAdded }: { chart: ChartMap; api: ReportApi; onAdded(): Promise<void> }) {
  const announce = useAnnounce()
  const { positionFormat } = usePreferences()
  const offline = useOfflineReason()
  const id = useId()
  const [type, setType] = useState<ReportType>('hazard')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  useEffect(() => onMoved(chart.map, draw), [chart])
  const { longitude, latitude } = cameraOf(chart.map)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setFailure(null)
    try {
      await api.add({ reportType: type, position: { longitude, latitude }, description: text.trim() })
      setText('')
      announce(`${REPORT_WORDS[type]} reported`)
      await onAdded()
    } catch (problem) {
      setFailure(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={classes.add} onSubmit={(event) => void submit(event)}>
      <div className={classes.pair}>
        <select aria-label="Kind of the report" value={type} onChange={({ target }) => setType(target.value as ReportType)}>
          {REPORT_TYPES.map((each) => (
            <option key={each} value={each}>
              {REPORT_WORDS[each]}
            </option>
          ))}
        </select>
        <Button type="submit" kind="solid" icon="flag" busy={busy} off={offline}>
          Report it
        </Button>
      </div>
      <label htmlFor={id} className="visually-hidden">
        What is there
      </label>
      <input
        id={id}
        type="text"
        value={text}
        maxLength={LONGEST}
        placeholder="What is there, in a few words"
        autoComplete="off"
        onChange={({ target }) => setText(target.value)}
      />
      <p className={classes.place}>At the crosshair, {positionText({ longitude, latitude }, positionFormat)}</p>
      {failure === null ? null : <ErrorNote error={failure} />}
    </form>
  )
}
