import type { Map as MapLibreMap } from 'maplibre-gl'
import { type PointerEvent, useEffect, useReducer, useRef, useState } from 'react'
import { onMoved } from '../map/chart-map.ts'
import { type Box, boxBetween, boxNear } from './box.ts'
import classes from './box-map.module.css'

/** Degrees; longitudes count on beyond 180. */
type Corner = readonly [longitude: number, latitude: number]

/** The box over the chart. While drawing, a drag makes a new one; otherwise its corners can be dragged. */
export function BoxOverlay({
  map,
  box,
  drawing,
  onBox,
}: {
  map: MapLibreMap
  box: Box | null
  drawing: boolean
  onBox(box: Box): void
}) {
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const element = useRef<SVGSVGElement>(null)
  /** The corner that stays, and the one under the pointer. */
  const [drag, setDrag] = useState<{ fixed: Corner; moving: Corner } | null>(null)
  useEffect(() => onMoved(map, draw), [map])

  const at = ({ clientX, clientY }: PointerEvent): Corner => {
    const { left = 0, top = 0 } = element.current?.getBoundingClientRect() ?? {}
    const { lng, lat } = map.unproject([clientX - left, clientY - top])
    return [lng, lat]
  }
  const begin = (event: PointerEvent<SVGElement>, fixed: Corner) => {
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ fixed, moving: at(event) })
  }
  const move = (event: PointerEvent<SVGElement>) => {
    if (drag !== null && event.currentTarget.hasPointerCapture(event.pointerId)) setDrag({ ...drag, moving: at(event) })
  }
  const end = () => {
    const drawn = drag === null ? null : boxBetween([drag.fixed[0], drag.moving[0]], [drag.fixed[1], drag.moving[1]])
    setDrag(null)
    if (drawn !== null) onBox(drawn)
  }
  const drags = { onPointerMove: move, onPointerUp: end, onPointerCancel: () => setDrag(null) }

  const corners = drag === null ? cornersOf(box, map) : [drag.fixed, drag.moving]
  const [a, b] = corners.map(([longitude, latitude]) => map.project([longitude, latitude]))
  return (
    <svg ref={element} className={classes.overlay} aria-hidden="true">
      {a === undefined || b === undefined ? null : (
        <rect
          className={classes.box}
          data-box=""
          x={Math.min(a.x, b.x)}
          y={Math.min(a.y, b.y)}
          width={Math.abs(a.x - b.x)}
          height={Math.abs(a.y - b.y)}
        />
      )}
      {drawing ? (
        <rect
          className={classes.sheet}
          width="100%"
          height="100%"
          onPointerDown={(event) => begin(event, at(event))}
          {...drags}
        />
      ) : (
        handlesOf(corners).map(({ name, place, opposite }) => {
          const { x, y } = map.project([place[0], place[1]])
          return (
            <g key={name}>
              <circle className={classes.dot} cx={x} cy={y} r={5} />
              <circle
                className={classes.handle}
                data-handle={name}
                cx={x}
                cy={y}
                r={16}
                onPointerDown={(event) => begin(event, opposite)}
                {...drags}
              />
            </g>
          )
        })
      )}
    </svg>
  )
}

/** South-west and north-east corner where the map shows them. */
function cornersOf(box: Box | null, map: MapLibreMap): Corner[] {
  if (box === null) return []
  const { west, south, east, north } = boxNear(box, map.getCenter().lng)
  return [
    [west, south],
    [east, north],
  ]
}

function handlesOf([a, b]: readonly Corner[]): { name: string; place: Corner; opposite: Corner }[] {
  if (a === undefined || b === undefined) return []
  return [
    { name: 'a', place: a, opposite: b },
    { name: 'b', place: b, opposite: a },
    { name: 'c', place: [a[0], b[1]], opposite: [b[0], a[1]] },
    { name: 'd', place: [b[0], a[1]], opposite: [a[0], b[1]] },
  ]
}
