import { useEffect, useMemo, useState } from 'react'
import type { Observable } from '../../lib/observable.ts'
import { useObservable } from '../../lib/use-observable.ts'
import { usePreferences } from '../../state/portal-context.tsx'
import { NOT_FOR_NAVIGATION } from '../../text/map-en.ts'
import { LONG_DISTANCES, METRES_PER_FOOT } from '../../text/measures.ts'
import { attributionOf } from './attribution.ts'
import { CELLS_LAYER, layersOfSource } from './chart-document.ts'
import { type ChartMap, onMoved } from './chart-map.ts'
import { chartText, drawnCell, groundText } from './foot-text.ts'
import classes from './map.module.css'
import { positionText } from './position-text.ts'
import { type Position, wrapped } from './rhumb.ts'
import { metresPerPixel, scaleBar } from './scale-bar.ts'
import type { DepthUnit } from './units.ts'

interface Reading {
  position: Position
  depth: string
  chart: string
}

/** What lies under the pointer, or at the crosshair without one: position, charted depth and the chart in use; also scale and sources. */
export function FootLine({
  chart,
  units,
  pointer,
}: {
  chart: ChartMap
  units: DepthUnit
  pointer: Observable<{ x: number; y: number } | null>
}) {
  const shown = useObservable(chart.shown)
  // Each move of the pointer redraws the line, and parsing HTML is slow.
  const attribution = useMemo(() => attributionOf(shown), [shown])
  const { reading, perPixel } = useReading(chart, units, pointer)
  const { positionFormat } = usePreferences()
  return (
    <footer className={classes.foot}>
      <span className={classes.position}>{reading === null ? '' : positionText(reading.position, positionFormat)}</span>
      <span className={classes.depthHere}>{reading?.depth}</span>
      <span className={classes.chartHere}>{reading?.chart}</span>
      <ScaleBars perPixel={perPixel} units={units} />
      <Attribution text={attribution || NOT_FOR_NAVIGATION} />
    </footer>
  )
}

/** The sources of the chart; on a phone only what matters most, until a button shows all of it. */
function Attribution({ text }: { text: string }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <span className={classes.attribution} data-open={open || undefined}>
        {text}
      </span>
      {open ? null : <span className={classes.brief}>{NOT_FOR_NAVIGATION}</span>}
      <button type="button" className={classes.sources} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? 'Less' : 'Sources'}
      </button>
    </>
  )
}

function ScaleBars({ perPixel, units }: { perPixel: number; units: DepthUnit }) {
  const long = LONG_DISTANCES[usePreferences().distanceUnit]
  const short = units === 'meters' ? { metres: 1, short: 'm' } : { metres: METRES_PER_FOOT, short: 'ft' }
  const bars = [long, short].map((unit) => ({ ...scaleBar(perPixel, unit.metres, 90), unit: unit.short }))
  return (
    <span className={classes.scales}>
      {bars.map(({ length, pixels, unit }) => (
        <svg key={unit} width="96" height="18" role="img" aria-label={`Scale bar, ${length} ${unit}`}>
          <path d={`M1 11v4h${Math.max(1, pixels - 2).toFixed(1)}v-4`} />
          <text x="5" y="11">
            {length >= 10_000 && unit === 'm' ? `${length / 1_000} km` : `${length} ${unit}`}
          </text>
        </svg>
      ))}
    </span>
  )
}

function useReading(
  { map, shown }: ChartMap,
  units: DepthUnit,
  pointer: Observable<{ x: number; y: number } | null>,
): { reading: Reading | null; perPixel: number } {
  const [reading, setReading] = useState<Reading | null>(null)
  const [perPixel, setPerPixel] = useState(() => metresPerPixel(map.getCenter().lat, map.getZoom()))

  useEffect(() => {
    let frame = 0
    const read = (): void => {
      frame = 0
      const at = pointer.get() ?? map.project(map.getCenter())
      const { lng, lat } = map.unproject([at.x, at.y])
      const document = shown.get()
      const ask = (layers: string[]) => {
        const there = layers.filter((id) => map.getLayer(id) !== undefined)
        return there.length === 0 ? [] : map.queryRenderedFeatures([at.x, at.y], { layers: there, validate: false })
      }
      const sources = ['s57_depare', 's57_drgare', 's57_lndare', 's57_unsare']
      const grounds = document === null ? [] : ask(layersOfSource(document, sources))
      const [cell] = ask([CELLS_LAYER])
      setReading({
        position: { longitude: wrapped(lng), latitude: lat },
        depth: groundText(
          grounds.map(({ sourceLayer, properties }) => ({ sourceLayer: sourceLayer ?? '', properties })),
          units,
        ),
        // While tiles load, nothing under the pointer does not mean that there is no chart.
        chart:
          cell === undefined && !map.areTilesLoaded()
            ? ''
            : chartText(cell === undefined ? null : drawnCell(cell.properties), lat, map.getZoom()),
      })
      setPerPixel(metresPerPixel(map.getCenter().lat, map.getZoom()))
    }
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(read)
    }
    const stops = [pointer.subscribe(soon), onMoved(map, soon)]
    map.on('idle', soon)
    map.on('sourcedata', soon)
    soon()
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
      map.off('idle', soon)
      map.off('sourcedata', soon)
    }
  }, [map, shown, units, pointer])

  return { reading, perPixel }
}
