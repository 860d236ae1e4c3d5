import { useEffect, useState } from 'react'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useMoreRows } from '../../kit/more-rows.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { LOW_ZOOM, NOT_OFFICIAL, nearbyText } from '../../text/reports-en.ts'
import { AddReport } from './add-report.tsx'
import type { ChartMap } from './chart-map.ts'
import mapClasses from './map.module.css'
import type { MapSource } from './map-source.ts'
import { ReportRow } from './report-row.tsx'
import classes from './reports.module.css'
import type { Position } from './rhumb.ts'
import { TrackList } from './track-list.tsx'
import type { MapStateHandle } from './use-map-state.ts'
import { useReports } from './use-reports.ts'

/** The layer has nothing at shallower zooms. */
const FIRST_ZOOM = 11

/** Rows at first: the nearest. */
const FIRST_ROWS = 30

const PARTS = [
  { value: 'reports', word: 'Reports' },
  { value: 'soundings', word: 'Soundings' },
] as const
type Part = (typeof PARTS)[number]['value']

export interface ReportsProps {
  chart: ChartMap
  source: MapSource
  handle: MapStateHandle
  onMark(position: Position | null): void
}

/** What users report near the view, and the soundings that they have sent. Opening it shows the layer. */
export function ReportsPanel({ chart, source, handle, onMark }: ReportsProps) {
  const { state, change, changeDisplay } = handle
  const { reports: layer, units } = state.display
  const [part, setPart] = useState<Part>('reports')
  const found = useReports(source, chart)
  const rows = useMoreRows(found.near, FIRST_ROWS)
  useEffect(() => {
    if (!layer) changeDisplay({ reports: true })
  }, [layer, changeDisplay])
  useEffect(() => () => onMark(null), [onMark])

  return (
    <section
      className={`${mapClasses.panel} ${classes.panel}`}
      aria-label="Reports"
      data-crosshair={part === 'reports' || undefined}
    >
      <header className={mapClasses.panelHead}>
        <h2>Reports</h2>
        <Button kind="quiet" icon="poll" label="Read them again" onClick={() => void found.readAgain()} />
        <Button kind="quiet" icon="close" label="Close" onClick={() => change({ panel: null })} />
      </header>
      <div className={mapClasses.panelBody}>
        <Tabs label="What is shown" value={part} options={PARTS} onChange={(value: Part) => setPart(value)} />
        {part === 'soundings' ? (
          <TrackList chart={chart} source={source} api={found.api} units={units} />
        ) : (
          <>
            <AddReport chart={chart} api={found.api} onAdded={found.readAgain} />
            {found.error === null ? null : <ErrorNote error={found.error} onRetry={() => void found.readAgain()} />}
            {found.counts === null && found.error === null ? <Bones rows={2} /> : null}
            {found.counts === null ? null : (
              <p className={mapClasses.hint}>
                {nearbyText(found.near.length, found.counts.total, found.counts.read)}. {NOT_OFFICIAL}{' '}
                {chart.map.getZoom() < FIRST_ZOOM ? LOW_ZOOM : ''}
              </p>
            )}
            <ul className={classes.list}>
              {rows.shown.map((near) => (
                <ReportRow key={near.report.id} {...near} found={found} chart={chart} units={units} onMark={onMark} />
              ))}
            </ul>
            {rows.more}
          </>
        )}
      </div>
    </section>
  )
}
