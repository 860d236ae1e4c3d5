import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect, useRef, useState } from 'react'
import { cameraOf } from '../map/chart-map.ts'
import type { MapSource } from '../map/map-source.ts'
import { centreOf } from '../map/open-map.ts'
import type { PaintedStyle } from './painted-style.ts'
import classes from './styles.module.css'
import { useStyleMap } from './use-style-map.ts'

/** Another style over the left part of the map, up to a line that can be moved. */
export function CompareView({
  source,
  map,
  other,
}: {
  source: MapSource
  map: MapLibreMap
  other: PaintedStyle & { name: string }
}) {
  const [percent, setPercent] = useState(50)
  const host = useRef<HTMLDivElement>(null)
  const { styleMap } = useStyleMap(source, { camera: cameraOf(map) })

  useEffect(() => {
    if (styleMap === null) return
    host.current?.append(styleMap.element)
    styleMap.map.resize()
    const canvas = styleMap.map.getCanvas()
    // The map below has the keys and the pointer.
    canvas.tabIndex = -1
    canvas.setAttribute('aria-hidden', 'true')
    const follow = () => {
      const camera = cameraOf(map)
      styleMap.map.jumpTo({ center: centreOf(camera), zoom: camera.zoom })
    }
    follow()
    map.on('move', follow)
    return () => void map.off('move', follow)
  }, [styleMap, map])

  useEffect(() => styleMap?.show(other.document, other.colours), [styleMap, other])

  return (
    <>
      <div ref={host} className={classes.other} style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }} />
      <div className={classes.line} style={{ left: `${percent}%` }} />
      <span className={classes.sideName}>{other.name}</span>
      <input
        type="range"
        className={classes.slider}
        aria-label={`Part of the map that shows: ${other.name}`}
        min={0}
        max={100}
        value={percent}
        onChange={({ target }) => setPercent(Number(target.value))}
      />
    </>
  )
}
