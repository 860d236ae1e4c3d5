import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Bones } from '../../kit/bones.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Age, DateTime } from '../../kit/time.tsx'
import { usePreferences } from '../../state/portal-context.tsx'
import { counted, integer } from '../../text/plural.ts'
import { NOT_OFFICIAL } from '../../text/reports-en.ts'
import type { ChartMap } from './chart-map.ts'
import mapClasses from './map.module.css'
import type { MapSource } from './map-source.ts'
import type { ReportApi, Track } from './report-api.ts'
import classes from './reports.module.css'
import { SoundingTable } from './sounding-table.tsx'
import { type DepthUnit, depthRangeText, distanceText } from './units.ts'

/** Pixels: narrower maps show the panel as a sheet, as in the style sheet; otherwise it covers this much of the left side. */
const SHEET = 640
const PANEL = 390

interface TrackListProps {
  chart: ChartMap
  source: MapSource
  api: ReportApi
  units: DepthUnit
}

/** The newest tracks of soundings. The chosen one is marked on the chart and shows its depths. */
export function TrackList({ chart, source, api, units }: TrackListProps) {
  const { distanceUnit } = usePreferences()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['tracks', source.key],
    queryFn: ({ signal }) => api.tracks(signal),
    staleTime: 15_000,
  })
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Bones rows={3} />
  if (data.tracks.length === 0) {
    return <p className={mapClasses.hint}>No soundings yet. Boats send them to /api/v1/user-reports/bathymetry.</p>
  }
  const left = data.total - data.tracks.length
  return (
    <>
      <p className={mapClasses.hint}>
        {left > 0 ? `The newest ${data.tracks.length} of ${integer(data.total)} tracks.` : `${counted(data.total, 'track')}.`}{' '}
        {NOT_OFFICIAL} Depths as they were measured, without tide.
      </p>
      <ul className={classes.list}>
        {data.tracks.map((track) => (
          <li key={track.id} className={classes.report}>
            <button
              type="button"
              className={classes.go}
              aria-expanded={track.id === chosen}
              onClick={() => setChosen((before) => (before === track.id ? null : track.id))}
            >
              <strong>{track.platform?.name ?? 'Unnamed boat'}</strong>{' '}
              {depthRangeText(track.metadata.min_depth, track.metadata.max_depth, units)}
            </button>
            <p className={classes.place}>
              {counted(track.pointCount, 'sounding')} along {distanceText(track.metadata.length_m, units, distanceUnit)},{' '}
              <Age at={track.endTime} />
            </p>
            {track.id === chosen ? <ChosenTrack track={track} chart={chart} source={source} api={api} units={units} /> : null}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Marks the track on the chart while it is chosen, and lists its depths. */
function ChosenTrack({ track, chart, source, api, units }: TrackListProps & { track: Track }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['track', source.key, track.id],
    queryFn: ({ signal }) => api.track(track.id, signal),
    gcTime: 60_000,
  })
  useEffect(() => {
    if (data === undefined) return
    const coordinates = data.soundings.map(({ longitude, latitude }) => [longitude, latitude])
    chart.pick({ type: 'LineString', coordinates })
    const [longitudes, latitudes] = [
      data.soundings.map(({ longitude }) => longitude),
      data.soundings.map(({ latitude }) => latitude),
    ]
    const [west, east] = [least(longitudes), -least(longitudes.map((x) => -x))]
    const [south, north] = [least(latitudes), -least(latitudes.map((y) => -y))]
    if (east - west < 180)
      chart.map.fitBounds([west, south, east, north], { padding: roomBeside(chart), maxZoom: 15, animate: false })
    return () => chart.pick(null)
  }, [data, chart])
  if (error !== null) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Bones rows={1} />
  return (
    <>
      <p className={classes.place}>
        From <DateTime at={track.startTime} />
      </p>
      <SoundingTable soundings={data.soundings} units={units} />
    </>
  )
}

/** Pixels at each side that the panel or the buttons cover. */
function roomBeside({ map }: ChartMap): { top: number; right: number; bottom: number; left: number } {
  const { clientWidth: width, clientHeight: height } = map.getCanvas()
  const isSheet = width < SHEET
  return { top: 40, right: 80, bottom: isSheet ? Math.round(height / 2) : 40, left: isSheet ? 40 : PANEL }
}

/** A loop, because spreading has a limit that a long track exceeds. */
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
}
