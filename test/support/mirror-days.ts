import { createReadStream, existsSync } from 'node:fs'
import path from 'node:path'
import { readCatalogue } from '#charts/catalogue/read-catalogue.ts'
import { readCellFiles } from '#charts/zip/read-cell-files.ts'
import { zoomOfScale } from '#geo/scale.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { toGeoJson } from '#s57/packed-geometry.ts'
import { readCell } from '#s57/read-cell.ts'
import type { CoveredCell } from './visible-ground.ts'

/** A cell of a mirror, from its file and the catalogue. */
export interface DayCell extends CoveredCell {
  name: string
  edition: number
  update: number
  issueDate: string
  scale: number
  /** Degrees; longitudes may exceed 180. */
  west: number
  south: number
  east: number
  north: number
}

/** Formats `US5SAVCH 65.2`, as in the header X-Chart-Cells. */
export const versionOf = ({ name, edition, update }: DayCell) => `${name} ${edition}.${update}`

/**
 * Returns the cells of a server that has refreshed from each folder in turn: those not cancelled in the last catalogue, each from the
 * last folder with its zip.
 *
 * @throws Error when a zip is missing or is not of the edition and update in the catalogue.
 */
export async function cellsOfDay(folders: readonly string[]): Promise<DayCell[]> {
  const { entries } = await readCatalogue(createReadStream(path.join(folders.at(-1)!, 'ENCProdCat.xml')))
  const found: DayCell[] = []
  for (const { name, status, edition, update } of entries) {
    if (status === 'cancelled') continue
    const zip = folders.map((folder) => path.join(folder, `${name}.zip`)).findLast((file) => existsSync(file))
    if (zip === undefined) throw new Error(`${name} is in the catalogue, but its zip is in none of ${folders.join(', ')}`)
    const cell = await readDayCell(zip, name)
    if (cell.edition !== edition || cell.update !== update)
      throw new Error(`the catalogue has ${name} ${edition}.${update}, the last zip ${versionOf(cell)}`)
    found.push(cell)
  }
  return found
}

async function readDayCell(zip: string, name: string): Promise<DayCell> {
  const { base, updates } = await readCellFiles(zip, path.basename(zip))
  const cell = readCell(base, updates)
  const areas: { covered: boolean; rings: [number, number][][] }[] = []
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { acronym, attributes, geometry } of cell.features()) {
    if (acronym !== 'M_COVR' || geometry === null) continue
    const shape = toGeoJson(geometry)
    const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.type === 'MultiPolygon' ? shape.coordinates : []
    const covered = attributes.get('CATCOV') === '1'
    for (const rings of polygons) {
      areas.push({
        covered,
        rings: rings.map((ring) => ring.map(([x = 0, y = 0]) => [xOfLongitude(x) / WORLD, yOfLatitude(y) / WORLD])),
      })
      for (const [x = 0, y = 0] of covered ? rings.flat() : []) {
        ;[west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)]
      }
    }
  }
  return {
    name,
    edition: cell.edition,
    update: cell.updateNumber,
    issueDate: cell.issueDate ?? '',
    scale: cell.compilationScale,
    areas,
    west,
    south,
    east,
    north,
  }
}

/** Returns cells in the order in which they claim ground at a zoom, independently implemented from docs/tiles.md ("Which cell draws"). */
export function claimOrder(cells: readonly DayCell[], zoom: number): DayCell[] {
  const firstZoom = ({ scale, south, north }: DayCell) => Math.min(16, Math.floor(zoomOfScale(scale, (south + north) / 2)))
  const newestFirst = (a: DayCell, b: DayCell) =>
    b.issueDate.localeCompare(a.issueDate) || b.edition - a.edition || b.update - a.update || (a.name < b.name ? -1 : 1)
  const meant = cells.filter((cell) => firstZoom(cell) <= zoom).sort((a, b) => a.scale - b.scale || newestFirst(a, b))
  const fillers = cells.filter((cell) => firstZoom(cell) > zoom).sort((a, b) => b.scale - a.scale || newestFirst(a, b))
  return [...meant, ...fillers]
}
