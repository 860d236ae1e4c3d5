import { type PointerEvent, useEffect, useReducer, useRef } from 'react'
import { type ChartMap, onMoved } from './chart-map.ts'
import classes from './map.module.css'
import { type Position, wrapped } from './rhumb.ts'

/** What the page draws over the chart: the crosshair, the ring around the queried place, the line and its handles. */
export function Overlay({
  chart,
  line,
  pick,
  marked,
  editable,
  onLine,
}: {
  chart: ChartMap
  line: readonly Position[]
  pick: Position | null
  marked: Position | null
  editable: boolean
  onLine(line: readonly Position[]): void
}) {
  const { map } = chart
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const box = useRef<SVGSVGElement>(null)
  useEffect(() => onMoved(map, draw), [map])

  // Longitudes continue from point to point, so that a line across the date line goes the shorter way.
  const points: { index: number; x: number; y: number; lng: number }[] = []
  for (const { longitude, latitude } of line) {
    const before = points.at(-1)?.lng ?? map.getCenter().lng
    const lng = longitude + Math.round((before - longitude) / 360) * 360
    const { x, y } = map.project([lng, latitude])
    points.push({ index: points.length, x, y, lng })
  }
  const project = ({ longitude, latitude }: Position) => {
    const centre = map.getCenter().lng
    return map.project([longitude + Math.round((centre - longitude) / 360) * 360, latitude])
  }
  const ring = pick === null ? null : project(pick)
  const mark = marked === null ? null : project(marked)

  function drag(event: PointerEvent<SVGCircleElement>, index: number): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { left = 0, top = 0 } = box.current?.getBoundingClientRect() ?? {}
    const { lng, lat } = map.unproject([event.clientX - left, event.clientY - top])
    const moved = { longitude: wrapped(lng), latitude: Math.max(-85, Math.min(85, lat)) }
    onLine(line.map((point, i) => (i === index ? moved : point)))
  }
  return (
    <svg ref={box} className={classes.overlay} aria-hidden="true">
      <g className={classes.crosshair}>
        <line x1="50%" x2="50%" y1="calc(50% - 14px)" y2="calc(50% - 4px)" />
        <line x1="50%" x2="50%" y1="calc(50% + 4px)" y2="calc(50% + 14px)" />
        <line y1="50%" y2="50%" x1="calc(50% - 14px)" x2="calc(50% - 4px)" />
        <line y1="50%" y2="50%" x1="calc(50% + 4px)" x2="calc(50% + 14px)" />
      </g>
      {points.length < 2 ? null : (
        <>
          <polyline className={classes.lineEdge} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
          <polyline className={classes.line} points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
        </>
      )}
      {points.map(({ index, x, y }) => (
        <g key={index}>
          <circle className={classes.dot} cx={x} cy={y} r={5} />
          {editable ? (
            <circle
              className={classes.handle}
              data-handle={index}
              cx={x}
              cy={y}
              r={16}
              onPointerDown={(event) => {
                event.stopPropagation()
                event.currentTarget.setPointerCapture(event.pointerId)
              }}
              onPointerMove={(event) => drag(event, index)}
            />
          ) : null}
        </g>
      ))}
      {ring === null ? null : <circle className={classes.ring} cx={ring.x} cy={ring.y} r={12} />}
      {mark === null ? null : <circle className={classes.mark} cx={mark.x} cy={mark.y} r={9} />}
    </svg>
  )
}
