import { type RefObject, useEffect } from 'react'
import { type ChartMap, cameraOf } from './chart-map.ts'
import type { MapStateHandle } from './use-map-state.ts'

/** Puts a chart into its host, and keeps the state of the page and the camera and display of the chart alike. */
export function useShownChart(
  chart: ChartMap,
  { state, moved, onAsked }: MapStateHandle,
  host: RefObject<HTMLDivElement | null>,
): void {
  const { map } = chart
  const { display } = state
  useEffect(() => {
    host.current?.append(chart.element)
    map.resize()
    const canvas = map.getCanvas()
    canvas.setAttribute(
      'aria-label',
      'Nautical chart. Arrow keys move it, plus and minus zoom, I asks what is at the crosshair, question mark lists all keys.',
    )
    const tell = () => moved(cameraOf(map))
    map.on('moveend', tell)
    tell()
    return () => void map.off('moveend', tell)
  }, [chart, map, moved, host])

  useEffect(() => {
    onAsked.current = (camera) => chart.go(camera)
  }, [chart, onAsked])

  useEffect(() => chart.show(display), [chart, display])
}
