import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CellCoverage, ChartCell, ChartsApi } from '../../../../api/charts-api.ts'
import { isAbort } from '../../../../api/errors.ts'
import { type Box, boxOutline, keyOf, type Outline, type Polygons, polygonsOf, touches } from './chart-shapes.ts'

/** Most charts in view whose exact coverage is read: all of NOAA's together are some 40 MB. */
const MOST = 400

export interface Coverages {
  /** The outline of each chart, in the order of the charts. */
  outlines: readonly Outline[]
  /** How precise the outlines in view are. */
  detail: 'boxes' | 'reading' | 'exact' | 'failed'
  /** Reads the exact coverages of the charts in view, unless they are too many. */
  look(view: Box): void
}

/** The outlines of charts: their boxes at once, and the exact coverages of those in view when they have been read. */
export function useCoverages(cells: readonly ChartCell[], charts: Pick<ChartsApi, 'coverages'>): Coverages {
  const [known, setKnown] = useState<ReadonlyMap<string, Polygons>>(new Map())
  const [detail, setDetail] = useState<Coverages['detail']>('boxes')
  const reading = useRef<AbortController | null>(null)
  useEffect(() => () => reading.current?.abort(), [])

  const outlines = useMemo(
    () =>
      cells.map((cell): Outline => {
        const box = boxOutline(cell)
        const polygons = known.get(versionOf(cell))
        return polygons === undefined ? box : { ...box, polygons }
      }),
    [cells, known],
  )

  const look = useCallback(
    (view: Box): void => {
      reading.current?.abort()
      const inView = cells.filter((cell) => touches(boxOutline(cell).box, view))
      if (inView.length > MOST) {
        setDetail('boxes')
        return
      }
      const unknown = inView.filter((cell) => !known.has(versionOf(cell)))
      if (unknown.length === 0) {
        setDetail('exact')
        return
      }
      const stop = new AbortController()
      reading.current = stop
      setDetail('reading')
      charts.coverages(onGlobe(view), stop.signal).then(
        (answer) => {
          if (stop.signal.aborted) return
          setKnown((before) => new Map([...before, ...newlyKnown(unknown, answer)]))
          setDetail('exact')
        },
        (error: unknown) => {
          if (!isAbort(error)) setDetail('failed')
        },
      )
    },
    [cells, known, charts],
  )
  return { outlines, detail, look }
}

/** A chart that the response leaves out, such as one that is not compiled yet, keeps its box and is not requested again. */
function newlyKnown(unknown: readonly ChartCell[], answer: readonly CellCoverage[]): [string, Polygons][] {
  const read = new Map(answer.map((each) => [keyOf({ name: each.name, source: each.isPublic ? '' : 'upload' }), each]))
  return unknown.map((cell) => {
    const { box, polygons } = boxOutline(cell)
    const coverage = read.get(keyOf(cell))?.coverage.coordinates
    return [versionOf(cell), coverage === undefined ? polygons : polygonsOf(coverage, box)]
  })
}

/** Another edition or update may cover another area. */
function versionOf(cell: ChartCell): string {
  return `${keyOf(cell)} ${cell.edition}.${cell.update} ${cell.indexedAt}`
}

/** A box as the API takes it: within the globe, west exceeding east across the antimeridian. */
function onGlobe([west, south, east, north]: Box): Box {
  if (east - west >= 360) return [-180, Math.max(-90, south), 180, Math.min(90, north)]
  return [west, Math.max(-90, south), east > 180 ? east - 360 : east, Math.min(90, north)]
}
