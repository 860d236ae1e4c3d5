import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChartFeature, DepthProfile } from './chart-feature.ts'
import { type ChartMap, cameraOf } from './chart-map.ts'
import type { MapSource } from './map-source.ts'
import { writePoint } from './map-view.ts'
import type { Position } from './rhumb.ts'
import { radiusOf } from './scale-bar.ts'

/** Pixels around a click that count. */
const REACH = 12
/** Tiles have no deeper zoom than this; cells take precedence as in them. */
const DEEPEST = 16

export interface Answer {
  features: ChartFeature[]
  depths: DepthProfile
  /** Metres around the place that were searched. */
  radius: number
}

/** What the charts have at a place, at the zoom that the map had when it was asked. */
export function useAnswer(source: MapSource, chart: ChartMap, pick: Position) {
  const key = writePoint(pick)
  const [zooms] = useState(() => new Map<string, number>())
  const zoom = zooms.get(key) ?? cameraOf(chart.map).zoom
  zooms.set(key, zoom)
  return useQuery({
    queryKey: ['chart answer', source.key, key],
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<Answer> => {
      const radius = radiusOf(REACH, pick.latitude, zoom)
      const [features, depths] = await Promise.all([
        source.features({ position: pick, radius, zoom: Math.min(DEEPEST, Math.max(0, zoom)) }, signal),
        source.depths({ position: pick, withinMetres: 0 }, signal),
      ])
      return { features, depths, radius }
    },
  })
}
