import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChartFeature, DepthProfile } from './chart-feature.ts'
import { type ChartMap, cameraOf } from './chart-map.ts'
import { objectsOf, REACH, reachOf, symbolsAround, untoldClasses } from './drawn-symbols.ts'
import type { MapSource } from './map-source.ts'
import { writePoint } from './map-view.ts'
import type { Position } from './rhumb.ts'
import { radiusOf } from './scale-bar.ts'
import { kindOf } from './things.ts'

/** Tiles have no deeper zoom than this; cells take precedence as in them. */
const DEEPEST = 16
/** How long the first picture of a map may take before the query proceeds without it, in milliseconds. */
const PICTURE_MILLISECONDS = 5_000

export interface Answer {
  features: ChartFeature[]
  depths: DepthProfile
  /** Metres around the place that were searched. */
  radius: number
}

/** What the charts have at a place, at the zoom that the map had when the user clicked. */
export function useAnswer(source: MapSource, chart: ChartMap, pick: Position) {
  const key = writePoint(pick)
  const [zooms] = useState(() => new Map<string, number>())
  const zoom = zooms.get(key) ?? cameraOf(chart.map).zoom
  zooms.set(key, zoom)
  return useQuery({
    queryKey: ['chart answer', source.key, key],
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<Answer> => {
      await firstPicture(chart)
      const symbols = symbolsAround(chart.map, pick)
      const within = async (pixels: number, classes?: readonly string[]) => {
        const radius = radiusOf(pixels, pick.latitude, zoom)
        const query = { position: pick, radius, zoom: Math.min(DEEPEST, Math.max(0, zoom)), ...(classes && { classes }) }
        return { radius, features: await source.features(query, signal) }
      }
      const [near, depths] = await Promise.all([within(REACH), source.depths({ position: pick, withinMetres: 0 }, signal)])
      const known = new Set(near.features.map(({ id }) => id))
      const classes = untoldClasses(
        symbols,
        near.features.some(({ layerId }) => !isGround(layerId)),
      )
      if (classes.length === 0) return { ...near, depths }
      const reach = reachOf(symbols, chart.map.project([pick.longitude, pick.latitude]))
      const { features } = await within(reach, classes)
      const found = objectsOf(symbols, features, chart.map).filter(({ id }) => !known.has(id))
      return { ...near, features: [...near.features, ...found], depths }
    },
  })
}

/** Classes that the cards do not count as objects: depths, and statements about the data. */
function isGround(layerId: string): boolean {
  return kindOf(layerId) === 'depth' || /^[MC]_/.test(layerId)
}

/** Waits for the first picture of a map that was just opened: the place in its address may lie under a symbol. */
async function firstPicture({ drawn }: ChartMap): Promise<void> {
  await Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, PICTURE_MILLISECONDS))])
}
