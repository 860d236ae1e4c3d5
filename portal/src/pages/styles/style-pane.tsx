import { useEffect, useMemo, useRef, useState } from 'react'
import { ErrorNote } from '../../kit/error-note.tsx'
import { localStorageOrNone } from '../../lib/local-storage.ts'
import { useObservable } from '../../lib/use-observable.ts'
import { NOT_FOR_NAVIGATION } from '../../text/map-en.ts'
import { attributionOf } from '../map/attribution.ts'
import { cameraOf } from '../map/chart-map.ts'
import { writeLastPlace } from '../map/last-place.ts'
import { hasWebGl2 } from '../map/load-maplibre.ts'
import type { MapSource } from '../map/map-source.ts'
import { NoWebGl } from '../map/no-webgl.tsx'
import { CompareView } from './compare-view.tsx'
import type { PaintedStyle } from './painted-style.ts'
import type { StyleMap } from './style-map.ts'
import classes from './styles.module.css'
import { useStyleMap } from './use-style-map.ts'

export interface StylePaneProps {
  source: MapSource
  /** Null until the server has answered. */
  style: PaintedStyle | null
  /** What the style is compared with; null when it is not. */
  other: (PaintedStyle & { name: string }) | null
  /** What a click has found; null while the charts there are still on their way. */
  onFound(slots: string[] | null): void
  onLight(light: number | null): void
}

/** The map of the editor. A click finds the colours of what is there. */
export function StylePane(props: StylePaneProps) {
  const [canDraw] = useState(hasWebGl2)
  return canDraw ? <LoadedPane {...props} /> : <NoWebGl base={props.source.base} />
}

function LoadedPane({ source, style, other, onFound, onLight }: StylePaneProps) {
  const { styleMap, error } = useStyleMap(source, null)
  if (error !== null) {
    return (
      <div className={classes.message}>
        <ErrorNote error={error} />
      </div>
    )
  }
  if (styleMap === null) {
    return (
      <div className={classes.message} aria-busy="true">
        <span className="visually-hidden">The map is loading</span>
      </div>
    )
  }
  return <Pane source={source} styleMap={styleMap} style={style} other={other} onFound={onFound} onLight={onLight} />
}

function Pane({ source, styleMap, style, other, onFound, onLight }: StylePaneProps & { styleMap: StyleMap }) {
  const host = useRef<HTMLDivElement>(null)
  const problem = useObservable(styleMap.problem)
  const light = useObservable(styleMap.light)
  const { map } = styleMap
  const document = style?.document ?? null
  const attribution = useMemo(() => attributionOf(document), [document])

  useEffect(() => {
    host.current?.append(styleMap.element)
    map.resize()
    const canvas = map.getCanvas()
    canvas.setAttribute(
      'aria-label',
      'Chart in this style. Arrow keys move it, plus and minus zoom, Enter finds the colours at its middle.',
    )
    const tell = () => writeLastPlace(localStorageOrNone(), cameraOf(map))
    map.on('moveend', tell)
    return () => void map.off('moveend', tell)
  }, [styleMap, map])

  useEffect(() => {
    if (style !== null) styleMap.show(style.document, style.colours)
  }, [styleMap, style])

  useEffect(() => onLight(light), [light, onLight])

  useEffect(() => {
    const canvas = map.getCanvas()
    const { finder } = styleMap
    const click = ({ point }: { point: { x: number; y: number } }) => finder.find(point.x, point.y, onFound)
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      finder.find(canvas.clientWidth / 2, canvas.clientHeight / 2, onFound)
    }
    map.on('click', click)
    canvas.addEventListener('keydown', press)
    return () => {
      map.off('click', click)
      canvas.removeEventListener('keydown', press)
    }
  }, [map, styleMap, onFound])

  return (
    <section className={classes.pane} aria-label="Chart in this style">
      <div ref={host} className={classes.host} />
      {other === null ? null : <CompareView source={source} map={map} other={other} />}
      {problem === null ? null : (
        <p className={classes.problem} role="status">
          {problem}
        </p>
      )}
      <p className={classes.attribution}>{attribution || NOT_FOR_NAVIGATION}</p>
    </section>
  )
}
