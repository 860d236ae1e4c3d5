import { useState } from 'react'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { messageOf } from '../../kit/error-note.tsx'
import { Age } from '../../kit/time.tsx'
import { useOfflineReason, usePreferences } from '../../state/portal-context.tsx'
import { reportName, votesText } from '../../text/reports-en.ts'
import type { ChartMap } from './chart-map.ts'
import { descriptionOf, type NearReport } from './near-view.ts'
import classes from './reports.module.css'
import type { Position } from './rhumb.ts'
import { bearingText, type DepthUnit, distanceText } from './units.ts'
import type { Reports } from './use-reports.ts'

interface ReportRowProps extends NearReport {
  found: Reports
  chart: ChartMap
  units: DepthUnit
  onMark(position: Position | null): void
}

/** One report: what, when and where; others can vote on it, and its creator can delete it. */
export function ReportRow({ report, bearing, metres, found, chart, units, onMark }: ReportRowProps) {
  const announce = useAnnounce()
  const { distanceUnit } = usePreferences()
  const offline = useOfflineReason()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const { id, longitude, latitude, isOwner } = report
  const name = reportName(report.reportType)

  async function run(work: () => Promise<string>): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      announce(await work())
    } catch (problem) {
      setFailure(messageOf(problem))
    } finally {
      setBusy(false)
    }
  }
  const vote = (kind: 'valid' | 'invalid') =>
    run(async () => {
      found.put(await found.api.vote(id, kind))
      return 'Your vote is counted'
    })
  const remove = () =>
    run(async () => {
      await found.api.remove(id)
      setAsked(false)
      await found.readAgain()
      return `${name} deleted`
    })

  return (
    <li className={classes.report}>
      <button
        type="button"
        className={classes.go}
        onClick={() => {
          chart.map.jumpTo({ center: [longitude, latitude], zoom: Math.max(chart.map.getZoom(), 13) })
          onMark({ longitude, latitude })
        }}
      >
        <strong>{name}</strong> {distanceText(metres, units, distanceUnit)}, {bearingText(bearing)}
      </button>
      {descriptionOf(report) === null ? null : <p className={classes.text}>{descriptionOf(report)}</p>}
      <p className={classes.place}>
        <Age at={report.createdAt} />
        {isOwner ? ', by you' : ''}. {votesText(report.upvoteCount, report.downvoteCount)}.
      </p>
      <div className={classes.actions}>
        {isOwner ? (
          <Button kind="quiet" icon="trash" busy={busy} off={offline} onClick={() => setAsked(true)}>
            Delete
          </Button>
        ) : (
          <>
            <Button busy={busy} off={offline} aria-label={`Still there: ${name}`} onClick={() => void vote('valid')}>
              Still there
            </Button>
            <Button busy={busy} off={offline} aria-label={`Not there: ${name}`} onClick={() => void vote('invalid')}>
              Not there
            </Button>
          </>
        )}
      </div>
      {failure === null ? null : (
        <p className={classes.bad} role="alert">
          {failure}
        </p>
      )}
      <Dialog
        title="Delete your report?"
        open={asked}
        onClose={() => setAsked(false)}
        actions={
          <>
            <Button data-first onClick={() => setAsked(false)}>
              Keep it
            </Button>
            <Button kind="danger" busy={busy} off={offline} onClick={() => void remove()}>
              Delete the report
            </Button>
          </>
        }
      >
        <p>It disappears from the maps of all users.</p>
      </Dialog>
    </li>
  )
}
