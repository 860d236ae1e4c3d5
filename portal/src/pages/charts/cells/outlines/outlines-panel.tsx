import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ChartCell } from '../../../../api/charts-api.ts'
import { Button } from '../../../../kit/button.tsx'
import { ErrorNote } from '../../../../kit/error-note.tsx'
import type { Observable } from '../../../../lib/observable.ts'
import { usePortal } from '../../../../state/portal-context.tsx'
import { bandName, editionText, scaleText } from '../../../../text/charts-en.ts'
import { counted, integer } from '../../../../text/plural.ts'
import { writeCamera } from '../../../map/map-view.ts'
import { wrapped } from '../../../map/rhumb.ts'
import { mapPlaceOf } from '../../map-place.ts'
import { type Box, keyOf, nextAt, type Outline, outlinesAt, touches } from './chart-shapes.ts'
import type { OutlineMap } from './outline-map.ts'
import classes from './outlines-panel.module.css'
import { type Coverages, useCoverages } from './use-coverages.ts'
import { useOutlineMap } from './use-outline-map.ts'

/** Milliseconds after the last change until outlines are replaced, or read: typing and panning make many changes. */
const PATIENCE = 200

interface OutlinesPanelProps {
  /** All charts, and those that match the filters. While they are being read they are undefined, and the map prepares itself. */
  cells: readonly ChartCell[] | undefined
  shown: readonly ChartCell[]
  /** The chart under the pointer or the focus, here or in the table. */
  pointed: Observable<string | null>
  chosen: string | undefined
  at: string | undefined
  /** Whether the chosen chart is described on the map, because there is no table beside it. */
  withCard: boolean
  onChoose(key: string): void
  /** The map has come to rest; its place is null while it is where the page put it. */
  onMoved(at: string | null, view: Box): void
}

/** The outlines of the charts on a map. A click chooses the finest chart at a place, and further clicks the coarser ones. */
export function OutlinesPanel(props: OutlinesPanelProps) {
  const room = useRef<HTMLDivElement>(null)
  const { loaded, again } = useOutlineMap(room, props.at)
  return (
    <section className={classes.panel} aria-label="Outlines">
      <div className={classes.stage} aria-busy={loaded.kind === 'loading' || undefined}>
        <div ref={room} className={classes.room} />
        {loaded.kind === 'failed' ? <ErrorNote error={loaded.error} onRetry={again} /> : null}
        {loaded.kind === 'none' ? (
          <p className={classes.message}>
            This browser has no WebGL 2, so it cannot draw the outlines. The table has all charts.
          </p>
        ) : null}
        {loaded.kind === 'map' && props.cells !== undefined ? <Outlines {...props} cells={props.cells} map={loaded.map} /> : null}
      </div>
    </section>
  )
}

function Outlines({
  cells,
  shown,
  pointed,
  chosen,
  at,
  withCard,
  onChoose,
  onMoved,
  map,
}: OutlinesPanelProps & { cells: readonly ChartCell[]; map: OutlineMap }) {
  const { charts } = usePortal()
  const coverages = useCoverages(cells, charts)
  const byKey = useMemo(() => new Map(coverages.outlines.map((outline) => [outline.key, outline])), [coverages.outlines])
  const drawn = useMemo(
    () => shown.map((cell) => byKey.get(keyOf(cell))).filter((outline) => outline !== undefined),
    [shown, byKey],
  )
  const [there, setThere] = useState<readonly Outline[]>([])

  useDrawn(map, drawn, at !== undefined)
  useRest(map, coverages.look, onMoved)
  usePointed(map, pointed, byKey)
  useChosen(map, chosen === undefined ? null : (byKey.get(chosen) ?? null))
  useMouse(map, {
    drawn,
    pointed,
    onClick(found) {
      setThere(found)
      const next = nextAt(found, chosen)
      if (next !== null) onChoose(next.key)
    },
  })

  const card = withCard ? cells.find((cell) => keyOf(cell) === chosen) : undefined
  const place = there.findIndex(({ key }) => key === chosen)
  return (
    <>
      <div className={classes.buttons}>
        <Button icon="plus" label="Zoom in" onClick={() => map.map.zoomIn()} />
        <Button icon="minus" label="Zoom out" onClick={() => map.map.zoomOut()} />
        <Button icon="charts" label="Show all outlines" onClick={() => map.fit(drawn)} />
      </div>
      <div className={classes.foot}>
        <p className={classes.note} role="status">
          {place >= 0 && there.length > 1
            ? `${integer(place + 1)} of ${counted(there.length, 'chart')} here, the finest first. Click again for the next.`
            : DETAIL[coverages.detail]}
        </p>
        {card === undefined ? null : <ChosenCard cell={card} />}
      </div>
    </>
  )
}

/** The chosen chart, with the ways to its page and to the map. */
function ChosenCard({ cell }: { cell: ChartCell }) {
  return (
    <article className={classes.card}>
      <h2>
        <Link to="/charts/cells/$name" params={{ name: cell.name }}>
          {cell.name}
        </Link>
      </h2>
      <p>{cell.title ?? bandName(cell.usageBand)}</p>
      <p className={classes.facts}>
        {scaleText(cell.scale)}, edition {editionText(cell.edition, cell.update)}
        <Link to="/map" search={mapPlaceOf(cell)}>
          On the map
        </Link>
      </p>
    </article>
  )
}

const DETAIL: Readonly<Record<Coverages['detail'], string>> = {
  boxes: 'Boxes around the charts. Zoom in for their exact outlines.',
  reading: 'Reading the exact outlines.',
  exact: 'Exact outlines. Click one to find its chart.',
  failed: 'Boxes around the charts: their exact outlines could not be read.',
}

/** Draws the outlines, at first with all of them in view unless the address named a place. */
function useDrawn(map: OutlineMap, drawn: readonly Outline[], hasPlace: boolean): void {
  const start = useRef({ map: null as OutlineMap | null, hasPlace })
  useEffect(() => {
    if (start.current.map !== map) {
      map.show(drawn)
      if (!start.current.hasPlace) map.fit(drawn)
      start.current.map = map
      return
    }
    const timer = setTimeout(() => map.show(drawn), PATIENCE)
    return () => clearTimeout(timer)
  }, [map, drawn])
}

/** Reports the place of the map whenever it comes to rest, and has the coverages there read. A place that the user did not choose is null. */
function useRest(map: OutlineMap, look: (view: Box) => void, onMoved: (at: string | null, view: Box) => void): void {
  const latest = useRef({ look, onMoved })
  latest.current = { look, onMoved }
  useEffect(() => {
    const start = writeCamera(map.camera())
    let moved = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const rest = (): void => {
      const at = writeCamera(map.camera())
      moved ||= at !== start
      latest.current.onMoved(moved ? at : null, map.view())
      latest.current.look(map.view())
    }
    const soon = (): void => {
      clearTimeout(timer)
      timer = setTimeout(rest, PATIENCE)
    }
    map.map.on('moveend', soon)
    map.map.on('resize', soon)
    soon()
    return () => {
      clearTimeout(timer)
      map.map.off('moveend', soon)
      map.map.off('resize', soon)
    }
  }, [map])
  // Other charts may be in view after they were read again.
  useEffect(() => look(map.view()), [map, look])
}

/** Highlights the outline of the chart under the pointer, here or in the table. */
function usePointed(map: OutlineMap, pointed: Observable<string | null>, byKey: ReadonlyMap<string, Outline>): void {
  useEffect(() => {
    const light = (): void => map.light('pointed', byKey.get(pointed.get() ?? '') ?? null)
    light()
    return pointed.subscribe(light)
  }, [map, pointed, byKey])
}

/** Marks the chosen chart, and brings it into view when it is elsewhere. */
function useChosen(map: OutlineMap, outline: Outline | null): void {
  const brought = useRef<string | null>(null)
  useEffect(() => {
    map.light('chosen', outline)
    if (outline === null || brought.current === outline.key) return
    brought.current = outline.key
    if (!touches(outline.box, map.view())) map.fit([outline])
  }, [map, outline])
}

interface MouseUses {
  drawn: readonly Outline[]
  pointed: Observable<string | null>
  onClick(there: readonly Outline[]): void
}

function useMouse(map: OutlineMap, uses: MouseUses): void {
  const latest = useRef(uses)
  latest.current = uses
  useEffect(() => {
    const at = ({ lngLat: { lng, lat } }: { lngLat: { lng: number; lat: number } }): Outline[] =>
      outlinesAt(latest.current.drawn, wrapped(lng), lat)
    let frame = 0
    const move = (event: { lngLat: { lng: number; lat: number } }): void => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => latest.current.pointed.set(at(event)[0]?.key ?? null))
    }
    const out = (): void => {
      cancelAnimationFrame(frame)
      latest.current.pointed.set(null)
    }
    const click = (event: { lngLat: { lng: number; lat: number } }): void => latest.current.onClick(at(event))
    map.map.on('mousemove', move)
    map.map.on('mouseout', out)
    map.map.on('click', click)
    return () => {
      cancelAnimationFrame(frame)
      map.map.off('mousemove', move)
      map.map.off('mouseout', out)
      map.map.off('click', click)
    }
  }, [map])
}
