import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useReducer } from 'react'
import type { ChartMap } from './chart-map.ts'
import type { MapSource } from './map-source.ts'
import { type NearReport, reportsNear, type View } from './near-view.ts'
import { createReportApi, type ReportApi, type UserReport } from './report-api.ts'
import { wrapped } from './rhumb.ts'

/** Source of the tiles of reports in the style. */
const TILES = 'userReports'
/** Milliseconds after which a move of the map reads the reports again. */
const FRESH = 15_000

export interface Reports {
  api: ReportApi
  near: NearReport[]
  /** Null until they are read. */
  counts: { total: number; read: number } | null
  error: unknown
  /** Reads them again, on the chart too. */
  readAgain(): Promise<void>
  /** Takes over a report that the server returned. */
  put(report: UserReport): void
}

/** The active reports near what the map shows. They are read when the map comes to rest elsewhere, so that no row moves under the pointer. */
export function useReports(source: MapSource, chart: ChartMap): Reports {
  const api = useMemo(() => createReportApi(source.call), [source])
  const queries = useQueryClient()
  const key = useMemo(() => ['user reports', source.key], [source])
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.reports(signal), staleTime: FRESH })
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const { map } = chart

  const readAgain = useCallback(async () => {
    await queries.invalidateQueries({ queryKey: key })
    if (map.getSource(TILES) !== undefined) map.refreshTiles(TILES)
  }, [queries, key, map])

  useEffect(() => {
    const rest = () => {
      draw()
      const readAt = queries.getQueryState(key)?.dataUpdatedAt ?? 0
      if (Date.now() - readAt > FRESH) void readAgain()
    }
    map.on('moveend', rest)
    return () => void map.off('moveend', rest)
  }, [map, queries, key, readAgain])

  const { data } = query
  return {
    api,
    near: data === undefined ? [] : reportsNear(data.reports, viewOf(chart)),
    counts: data === undefined ? null : { total: data.total, read: data.reports.length },
    error: query.error,
    readAgain,
    put: (report) =>
      queries.setQueryData<typeof data>(key, (before) =>
        before === undefined
          ? before
          : { ...before, reports: before.reports.map((each) => (each.id === report.id ? report : each)) },
      ),
  }
}

function viewOf({ map }: ChartMap): View {
  const { lng, lat } = map.getCenter()
  const bounds = map.getBounds()
  return {
    centre: { longitude: wrapped(lng), latitude: lat },
    halfWidth: (bounds.getEast() - bounds.getWest()) / 2,
    halfHeight: (bounds.getNorth() - bounds.getSouth()) / 2,
  }
}
