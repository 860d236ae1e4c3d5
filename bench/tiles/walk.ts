import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { EXTENT, tileWorldBox } from '#geo/tile-grid.ts'
import { latitudeOfY, turnsOnto, WORLD } from '#geo/world.ts'
import type { CellFile } from '#s57/cell.ts'
import { readCell } from '#s57/read-cell.ts'
import { randomBy } from '#test/audit-cells.ts'
import { orderCells } from '#tiles/quilt/cell-order.ts'
import { mirrorCells, noCharts } from '../../test/s57/chart-files.ts'

const SEED = 1

export interface WalkCell {
  name: string
  bytes: Uint8Array<SharedArrayBuffer>
  cell: CompiledCell
}

export interface Step {
  tile: TileAddress
  /** The cells that may have ground in or near the tile, in the order in which they claim ground. */
  cells: WalkCell[]
}

export interface Walk {
  cells: WalkCell[]
  steps: Step[]
}

/** A seeded walk: tiles at positions of random features, each at a random zoom from 0 to 16. */
export async function makeWalk(length: number): Promise<Walk> {
  const cells = (await cellFiles()).map(([base, ...updates]): WalkCell => {
    const file = compileCell(readCell(base!, updates))
    const bytes = new Uint8Array(new SharedArrayBuffer(file.byteLength))
    bytes.set(file)
    const cell = openCompiledCell(bytes)
    return { name: cell.header.name, bytes, cell }
  })
  const ranked = cells.map((entry) => {
    const { header } = entry.cell
    const latitude = latitudeOfY((header.minY + header.maxY) / 2)
    return { ...header, scale: header.compilationScale, latitude, entry }
  })
  const random = randomBy(SEED)
  const steps = Array.from({ length }, (): Step => {
    const { cell } = cells[Math.floor(random() * cells.length)]!
    const feature = Math.floor(random() * cell.featureCount)
    const z = Math.floor(random() * 17)
    const size = WORLD / 2 ** z
    const at = (low: number, high: number) => Math.min(2 ** z - 1, Math.max(0, Math.floor((((low + high) / 2) % WORLD) / size)))
    const [west = 0, north = 0, east = 0, south = 0] = cell.featureBox.subarray(feature * 4, feature * 4 + 4)
    const tile = { z, x: at(west, east), y: at(north, south) }
    const around = tileWorldBox(tile, EXTENT / 5)
    const near = ranked.filter((box) => turnsOnto(box, around).length > 0)
    return { tile, cells: orderCells(near, z).map(({ entry }) => entry) }
  })
  return { cells, steps }
}

async function cellFiles(): Promise<(readonly CellFile[])[]> {
  if (noCharts !== false) return demoCells().map(({ files }) => files)
  return (await mirrorCells('day1')).map(({ base, updates }) => [base, ...updates])
}

/** Returns the quantile of the values at `share`, from 0 to 1. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}
