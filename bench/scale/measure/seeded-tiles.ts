import { createRandom } from '#demo/noise.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { BAND_PLANS } from '../generate/band-plans.ts'
import type { MirrorPlan } from '../generate/planned-cell.ts'
import { outlineTemplate, type TemplateOutline } from '../generate/write-template.ts'

/** Longitude and latitude in degrees. */
export type Spot = readonly [longitude: number, latitude: number]

/** Draws places on covered ground: each of a cell at random, so that places are dense where cells are. */
export function coveredSpots(mirror: MirrorPlan, seed: number): () => Spot {
  const random = createRandom(seed)
  const outlines = new Map<string, TemplateOutline>()
  const outlineOf = (band: number, template: number) => {
    const key = `${band}/${template}`
    const plan = BAND_PLANS[band - 1]
    if (plan === undefined) throw new RangeError(`no band ${band}`)
    const outline = outlines.get(key) ?? outlineTemplate(plan, template, mirror.seed)
    outlines.set(key, outline)
    return outline
  }
  return () => {
    for (;;) {
      const cell = mirror.cells[Math.floor(random() * mirror.cells.length)]
      if (cell === undefined) throw new Error('the mirror has no cells')
      const [x, y] = [random(), random()]
      if (outlineOf(cell.band, cell.template).coverage.isCovered(x, y) <= 0) continue
      const [west, south, east, north] = cell.box
      return [west + x * (east - west), south + y * (north - south)]
    }
  }
}

/** The tile of a zoom that a place lies in. */
export function tileAt([longitude, latitude]: Spot, z: number): TileAddress {
  const across = 2 ** z
  const size = WORLD / across
  const column = Math.floor(xOfLongitude(longitude) / size)
  return { z, x: ((column % across) + across) % across, y: Math.floor(yOfLatitude(latitude) / size) }
}

/** Different tiles of one zoom on covered ground, fewer where the zoom has fewer. */
export function tilesOfZoom(z: number, count: number, spot: () => Spot): TileAddress[] {
  const tiles = new Map<string, TileAddress>()
  for (let attempt = 0; attempt < count * 8 && tiles.size < count; attempt++) {
    const tile = tileAt(spot(), z)
    tiles.set(vectorPath(tile), tile)
  }
  return [...tiles.values()]
}

export const vectorPath = ({ z, x, y }: TileAddress) => `/api/v2/tiles/enc-v2/${z}/${x}/${y}.mvt`
export const shorelinePath = ({ z, x, y }: TileAddress) => `/api/v2/tiles/data-shoreline-v1/${z}/${x}/${y}.json`

/** The same values in a seeded order. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = createRandom(seed)
  return values
    .map((value) => ({ value, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value)
}
