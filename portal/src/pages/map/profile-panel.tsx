import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import { GAP_WORDS } from '../../text/map-en.ts'
import type { DistanceUnit } from '../../text/measures.ts'
import { counted } from '../../text/plural.ts'
import { downloadText } from '../job/download-text.ts'
import type { DepthProfile } from './chart-feature.ts'
import { csvOf } from './line-files.ts'
import { LineTools } from './line-tools.tsx'
import classes from './map.module.css'
import type { MapSource } from './map-source.ts'
import { type Display, writeLine } from './map-view.ts'
import { ProfileChart } from './profile-chart.tsx'
import { ProfileTable } from './profile-table.tsx'
import { alongLine, type Position } from './rhumb.ts'
import { type DepthUnit, depthText, distanceText, longDistanceText } from './units.ts'
import type { MapState } from './use-map-state.ts'

/** Distances of the line within which dangers and depths count, in metres. */
const WITHIN = [20, 50, 100, 250, 500]

/** The least charted depth along the line. */
export function ProfilePanel({
  source,
  display,
  line,
  onMark,
  onChange,
  centre,
}: {
  source: MapSource
  display: Display
  line: readonly Position[]
  onMark(position: Position | null): void
  onChange(patch: Partial<MapState>): void
  centre(): Position
}) {
  const [within, setWithin] = useState(50)
  const [asTable, setAsTable] = useState(false)
  const enough = line.length >= 2
  const { distanceUnit } = usePreferences()
  const reach = (metres: number) => distanceText(metres, display.units, distanceUnit)
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['depth profile', source.key, writeLine(line), within],
    enabled: enough,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      source.depths({ line: line.map(({ longitude, latitude }) => [longitude, latitude]), withinMetres: within }, signal),
  })
  return (
    <section className={classes.profile} aria-label="Depth profile" aria-busy={isFetching}>
      <header className={classes.panelHead}>
        <h2>Depth profile</h2>
        <label className={classes.within}>
          <span>Within</span>
          <select aria-label="Within" value={within} onChange={({ target }) => setWithin(Number(target.value))}>
            {WITHIN.map((metres) => (
              <option key={metres} value={metres}>
                {reach(metres)}
              </option>
            ))}
          </select>
        </label>
        {data === undefined ? null : (
          <>
            <Button aria-pressed={asTable} onClick={() => setAsTable((before) => !before)}>
              Table
            </Button>
            <Button icon="download" onClick={() => downloadText('depth-profile.csv', csvOf(data))}>
              CSV
            </Button>
          </>
        )}
        <Button kind="quiet" icon="close" label="Close" onClick={() => onChange({ tool: null })} />
      </header>
      <div className={classes.profileBody}>
        {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
        {enough && data !== undefined ? (
          <>
            <p className={classes.summary}>{summaryText(data, display.depth, display.units, distanceUnit)}</p>
            {asTable ? (
              <ProfileTable profile={data} units={display.units} />
            ) : (
              <ProfileChart
                profile={data}
                safety={display.depth}
                units={display.units}
                onPoint={(distance) => onMark(distance === null ? null : alongLine(line, distance))}
              />
            )}
            <p className={classes.hint}>
              The shallowest that the charts allow within {reach(within)} of the line. Without tide; not for navigation.
            </p>
          </>
        ) : (
          <>
            <p className={classes.hint}>Click two or more places on the chart, along the way that you want to see.</p>
            <LineTools line={line} onChange={onChange} centre={centre} />
          </>
        )}
      </div>
    </section>
  )
}

/** The shoalest place, the dangers and the gaps in sentences. */
function summaryText(
  { length, shoalest, dangers, gaps, samples }: DepthProfile,
  safety: number,
  unit: DepthUnit,
  distances: DistanceUnit,
): string {
  const parts = [`${distanceText(length, unit, distances)}.`]
  if (shoalest !== null) {
    const verdict = shoalest.depth < safety ? 'shallower than' : shoalest.depth > safety ? 'deeper than' : 'as deep as'
    const place = shoalest.distance < 1 ? 'at the start' : `${longDistanceText(shoalest.distance, distances)} from the start`
    parts.push(
      `Shoalest ${depthText(shoalest.depth, unit)}, ${place}: ${verdict} your safety depth of ${depthText(safety, unit)}.`,
    )
  }
  if (dangers.length > 0) parts.push(`${counted(dangers.length, 'danger')} near the line.`)
  if (samples.some(({ unknowns }) => unknowns.includes('danger'))) parts.push('The depth over some of them is unknown.')
  const reasons = [...new Set(gaps.map(({ reason }) => GAP_WORDS[reason]))]
  if (reasons.length > 0) parts.push(`Without a depth in places: ${reasons.join(', ')}.`)
  return parts.join(' ')
}
