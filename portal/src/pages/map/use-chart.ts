import { useEffect, useState } from 'react'
import { browserTimers } from '../../live/timers.ts'
import { type ChartMap, createChartMap } from './chart-map.ts'
import { firstPlace } from './first-place.ts'
import { createKeeper } from './keeper.ts'
import type { MapLibre } from './load-maplibre.ts'
import type { MapSource } from './map-source.ts'
import type { MapStateHandle } from './use-map-state.ts'

/** Milliseconds that the map is kept after its page was left. */
const KEPT = 5 * 60_000

const keeper = createKeeper<ChartMap>(browserTimers, KEPT, (chart) => chart.end())

/** The map of this page: the one that was left a moment ago, or a new one. Null until it is there. */
export function useChart(maplibre: MapLibre, source: MapSource, { asked }: Pick<MapStateHandle, 'asked'>): ChartMap | null {
  const [chart, setChart] = useState<ChartMap | null>(null)

  useEffect(() => {
    let left = false
    let made: ChartMap | null = keeper.take(source.key)
    if (made !== null && asked !== null) made.go(asked)
    const stop = source.onRenewed(() => {
      // The next user must not see the charts of someone who has signed out.
      if (source.token() === null) keeper.drop()
    })
    if (made !== null) setChart(made)
    else
      void firstPlace(source, asked).then((place) => {
        if (left) return
        made = createChartMap(maplibre, source, place)
        setChart(made)
      })
    return () => {
      left = true
      stop()
      setChart(null)
      if (made === null) return
      if (source.token() === null) made.end()
      else keeper.leave(source.key, made)
    }
  }, [maplibre, source, asked])

  return chart
}
