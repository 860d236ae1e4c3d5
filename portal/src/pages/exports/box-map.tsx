import { useEffect, useRef, useState } from 'react'
import type { PackTheme } from '../../api/exports-api.ts'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { useScheme } from '../../state/use-scheme.ts'
import type { ChartMap } from '../map/chart-map.ts'
import type { MapLibre } from '../map/load-maplibre.ts'
import { type MapSource, sourceOfSession } from '../map/map-source.ts'
import { DEFAULT_DISPLAY } from '../map/map-view.ts'
import { useChart } from '../map/use-chart.ts'
import { useMapLibre } from '../map/use-maplibre.ts'
import { type Box, boxBetween, boxNear } from './box.ts'
import classes from './box-map.module.css'
import { BoxOverlay } from './box-overlay.tsx'

export interface BoxMapProps {
  box: Box | null
  theme: PackTheme
  onBox(box: Box): void
}

/** A chart to draw the box of a pack on. It is the map of the map page, at the place where that was left. */
export function BoxMap(props: BoxMapProps) {
  const portal = usePortal()
  const [source] = useState(() => sourceOfSession(portal))
  const { maplibre, canDraw, error, retry } = useMapLibre(source.base)

  if (!canDraw)
    return <p className={classes.hint}>This browser has no WebGL 2 to draw a chart with: type the corners of the box.</p>
  if (error !== null) return <ErrorNote error={error} onRetry={retry} />
  return maplibre === null ? <Waiting /> : <LoadedMap maplibre={maplibre} source={source} {...props} />
}

function Waiting() {
  return (
    <div className={classes.stage} aria-busy="true">
      <span className="visually-hidden">The map is loading</span>
    </div>
  )
}

const ANYWHERE = { asked: null }

function LoadedMap({ maplibre, source, ...rest }: { maplibre: MapLibre; source: MapSource } & BoxMapProps) {
  const chart = useChart(maplibre, source, ANYWHERE)
  return chart === null ? <Waiting /> : <DrawnMap chart={chart} {...rest} />
}

function DrawnMap({ chart, box, theme: wanted, onBox }: { chart: ChartMap } & BoxMapProps) {
  const { map } = chart
  const scheme = useScheme(usePreferences().scheme)
  // At night nothing on the page may dazzle, whatever the pack's colours are.
  const theme = scheme === 'night' ? 'night' : wanted
  const host = useRef<HTMLDivElement>(null)
  const problem = useObservable(chart.problem)
  const [drawing, setDrawing] = useState(false)
  const [shownBox] = useState(box)

  useEffect(() => {
    host.current?.append(chart.element)
    map.resize()
    const canvas = map.getCanvas()
    canvas.setAttribute('aria-label', 'Nautical chart. Arrow keys move it, plus and minus zoom.')
    if (shownBox !== null) fit(chart, shownBox)
  }, [chart, map, shownBox])
  useEffect(() => chart.show({ ...DEFAULT_DISPLAY, theme }), [chart, theme])

  function takeView(): void {
    const bounds = map.getBounds()
    const view = boxBetween([bounds.getWest(), bounds.getEast()], [bounds.getSouth(), bounds.getNorth()])
    setDrawing(false)
    if (view !== null) onBox(view)
  }
  return (
    <div className={classes.stage} data-theme={theme} data-drawing={drawing || undefined}>
      <div ref={host} className={classes.host} />
      <BoxOverlay
        map={map}
        box={box}
        drawing={drawing}
        onBox={(next) => {
          setDrawing(false)
          onBox(next)
        }}
      />
      <div className={classes.tools} role="toolbar" aria-label="Box">
        <Button icon="crosshair" data-on={drawing || undefined} onClick={() => setDrawing((before) => !before)}>
          {drawing ? 'Drag over the chart' : 'Draw a box'}
        </Button>
        <Button icon="map" onClick={takeView}>
          What the map shows
        </Button>
      </div>
      <div className={classes.zooms} role="toolbar" aria-label="Zoom" aria-orientation="vertical">
        <Button icon="plus" label="Zoom in" onClick={() => map.zoomIn()} />
        <Button icon="minus" label="Zoom out" onClick={() => map.zoomOut()} />
      </div>
      {problem === null ? null : (
        <p className={classes.problem} role="status">
          {problem}
        </p>
      )}
    </div>
  )
}

/** Shows a whole box. */
function fit({ map }: ChartMap, box: Box): void {
  const { west, south, east, north } = boxNear(box, map.getCenter().lng)
  map.fitBounds([west, south, east, north], { padding: 48, animate: false })
}
