import type { CellFile } from '#s57/cell.ts'
import type { AttributeSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'

/** Pixels of a panel. */
export const WIDTH = 480
export const HEIGHT = 320
/** Zoom of 512 px tiles at which a panel fills its picture. */
export const ZOOM = 15
const DEGREES_PER_PIXEL = 360 / (512 * 2 ** ZOOM)
const WEST = -30
const NORTH = 0.004
/** Panels lie apart by more than a window. */
const STEP = 0.1

/** Pixels from the upper left corner of the panel. */
export type Spot = readonly [x: number, y: number]

type Place = [longitude: number, latitude: number]

/** Something on a panel; it becomes a feature of the cell. */
export type Sketch = (place: (spot: Spot) => Place) => FeatureSpec

export interface Panel {
  name: string
  sketches: readonly Sketch[]
}

export const point =
  (objectClass: string, at: Spot, attributes: AttributeSpec = {}): Sketch =>
  (place) => ({ objectClass, attributes, geometry: { type: 'Point', coordinates: place(at) } })

export const line =
  (objectClass: string, spots: readonly Spot[], attributes: AttributeSpec = {}): Sketch =>
  (place) => ({ objectClass, attributes, geometry: { type: 'LineString', coordinates: spots.map(place) } })

export const area =
  (objectClass: string, spots: readonly Spot[], attributes: AttributeSpec = {}): Sketch =>
  (place) => ({
    objectClass,
    attributes,
    geometry: { type: 'Polygon', coordinates: [[...spots, ...spots.slice(0, 1)].map(place)] },
  })

/** A rectangle. */
export const box = (objectClass: string, [x, y]: Spot, [width, height]: Spot, attributes: AttributeSpec = {}): Sketch =>
  area(
    objectClass,
    [
      [x, y],
      [x, y + height],
      [x + width, y + height],
      [x + width, y],
    ],
    attributes,
  )

/** An array of soundings; depths in metres. */
export const soundings =
  (list: readonly (readonly [x: number, y: number, depth: number])[]): Sketch =>
  (place) => ({
    objectClass: 'SOUNDG',
    geometry: {
      type: 'MultiPoint',
      coordinates: list.map(([x, y, depth]) => {
        const [longitude, latitude] = place([x, y])
        return [longitude, latitude, depth]
      }),
    },
  })

/** Water of 10 to 20 m over the whole panel, for families that need nothing else. */
export const water = box('DEPARE', [0, 0], [WIDTH, HEIGHT], { DRVAL1: 10, DRVAL2: 20 })

/** The middle of the panel of a number, as longitude and latitude in degrees. */
export function middleOf(index: number): [number, number] {
  const [longitude, latitude] = placeOf(index)([WIDTH / 2, HEIGHT / 2])
  return [longitude, latitude]
}

/** Writes a panel as a harbour cell; each is at a different place. */
export function writePanel({ name, sketches }: Panel, index: number): CellFile[] {
  const place = placeOf(index)
  const coverage = box('M_COVR', [0, 0], [WIDTH, HEIGHT], { CATCOV: 1 })
  const label = point('SEAARE', [WIDTH / 2, 12], { OBJNAM: name })
  const cell = `XX5ONE${String(index).padStart(2, '0')}`
  const features = [coverage, label, ...sketches].map((sketch) => sketch(place))
  const [west, north] = place([0, 0])
  const [east, south] = place([WIDTH, HEIGHT])
  const spec = {
    name: cell,
    usageBand: 5,
    compilationScale: 12_000,
    issueDate: '2026-01-01',
    updateApplicationDate: '2026-01-01',
  }
  return [{ name: `${cell}.000`, bytes: writeCell({ ...spec, features, dataLimit: [west, south, east, north] }) }]
}

function placeOf(index: number): (spot: Spot) => Place {
  return ([x, y]) => [WEST + index * STEP + x * DEGREES_PER_PIXEL, NORTH - y * DEGREES_PER_PIXEL]
}
