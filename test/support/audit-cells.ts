import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { sideOfRings } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import { EXTENT, tileWorldBox } from '#geo/tile-grid.ts'
import { latitudeOfY, turnsOnto, WORLD } from '#geo/world.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { coverageOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import { drawTile } from '#tiles/products/vector/draw-tile.ts'
import { orderCells } from '#tiles/quilt/cell-order.ts'
import { type DecodedTile, decodeTile } from './decoded-tile.ts'
import { doublePoints, edgeDisagreements, geometryFaults, skinAt, unboundedDepths } from './tile-audit.ts'

export interface ZoomAudit {
  zoom: number
  tiles: number
  points: number
  bytes: number
  /** Descriptions of the faults, by kind. */
  faults: Map<string, string[]>
}

export interface AuditOptions {
  cells: readonly CompiledCell[]
  zooms: readonly number[]
  pointsPerZoom: number
  /** Pairs of neighbours compared per zoom. */
  pairsPerZoom: number
  seed: number
  /** Instead of random points: one point near the middle of every tile that intersects a cell's box, or of one slice of these tiles. */
  every?: { slice: number; of: number } | undefined
}

/** Draws and checks the tiles of seeded random points on ground that cells cover. */
export async function* auditCells(options: AuditOptions): AsyncIterable<ZoomAudit> {
  const { cells } = options
  const land = createLandMap(await loadLand())
  const ranked = cells.map((cell) => {
    const { header } = cell
    return { ...header, scale: header.compilationScale, latitude: latitudeOfY((header.minY + header.maxY) / 2), cell }
  })
  const random = randomBy(options.seed)
  const draw = ({ z, x, y }: TileAddress): DecodedTile => {
    const around = tileWorldBox({ z, x, y }, EXTENT / 4)
    const near = ranked.filter((box) => turnsOnto(box, around).length > 0)
    return decodeTile(
      drawTile(
        { z, x, y },
        orderCells(near, z).map(({ cell }) => cell),
        land,
        () => {},
      ),
    )
  }

  /** Whether a cell covers a position of a tile at the detail of the tile's zoom. */
  const isCharted = ({ z, x, y }: TileAddress, u: number, v: number) => {
    const size = WORLD / 2 ** z
    const [east, south] = [(x + u / 4096) * size, (y + v / 4096) * size]
    return cells.some((cell) => isCoveredOnAnyTurn(cell, east, south, z))
  }

  for (const zoom of options.zooms) {
    const audit: ZoomAudit = { zoom, tiles: 0, points: 0, bytes: 0, faults: new Map() }
    const report = (kind: string, words: readonly string[], { z, x, y }: TileAddress) => {
      if (words.length === 0) return
      audit.faults.set(kind, [...(audit.faults.get(kind) ?? []), ...words.map((each) => `${z}/${x}/${y} ${each}`)])
    }
    const byTile = new Map<string, { tile: TileAddress; points: { x: number; y: number }[] }>()
    if (options.every !== undefined) addEvery(cells, zoom, options.every, byTile)
    for (let i = 0; options.every === undefined && i < options.pointsPerZoom; i++) {
      const point = pointOfCoverage(cells, random)
      const across = 2 ** zoom
      const [u, v] = [(point.x / WORLD) * across, (point.y / WORLD) * across]
      const tile = { z: zoom, x: Math.floor(u) % across, y: Math.floor(v) }
      const key = `${tile.x}/${tile.y}`
      const entry = byTile.get(key) ?? { tile, points: [] }
      entry.points.push({ x: (u - Math.floor(u)) * 4096, y: (v - Math.floor(v)) * 4096 })
      byTile.set(key, entry)
    }
    let pairs = 0
    for (const { tile, points } of byTile.values()) {
      const decoded = draw(tile)
      audit.tiles++
      audit.bytes = Math.max(audit.bytes, decoded.bytes)
      report('invalid geometry', geometryFaults(decoded), tile)
      report('drawn twice', doublePoints(decoded), tile)
      report('depth without a boundary', unboundedDepths(decoded), tile)
      for (const { x, y } of points) {
        audit.points++
        const { covered, inside } = skinAt(decoded, x, y)
        const where = `at ${x.toFixed(1)} ${y.toFixed(1)}`
        if (covered === 0 && isCharted(tile, x, y)) report('without depth or land', [where], tile)
        if (inside.length > 1) report('drawn twice', [`${where}: ${inside.join(' and ')}`], tile)
      }
      if (pairs++ < options.pairsPerZoom) {
        const next = { ...tile, x: (tile.x + 1) % 2 ** zoom }
        report('neighbours differ', edgeDisagreements(decoded, zoom === 0 ? decoded : draw(next)), tile)
      }
    }
    yield audit
  }
}

/** Yields the tiles of a zoom that intersect a cell's box and whose number modulo `of` is `slice`. */
function addEvery(
  cells: readonly CompiledCell[],
  zoom: number,
  { slice, of }: { slice: number; of: number },
  byTile: Map<string, { tile: TileAddress; points: { x: number; y: number }[] }>,
): void {
  const across = 2 ** zoom
  const size = WORLD / across
  for (const { header } of cells) {
    for (let x = Math.floor(header.minX / size); x <= Math.floor(header.maxX / size); x++) {
      for (let y = Math.floor(header.minY / size); y <= Math.min(across - 1, Math.floor(header.maxY / size)); y++) {
        const tile = { z: zoom, x: x % across, y }
        const key = `${tile.x}/${tile.y}`
        if ((tile.x * 31 + tile.y) % of !== slice || byTile.has(key)) continue
        // Off the middle, where grids of cells often have borders.
        const [u, v] = [0.4813, 0.5237]
        const isOnChart = cells.some((cell) => isCoveredOnAnyTurn(cell, (tile.x + u) * size, (y + v) * size))
        byTile.set(key, { tile, points: isOnChart ? [{ x: u * 4096, y: v * 4096 }] : [] })
      }
    }
  }
}

/** A random covered position, in world units within 0..WORLD; each cell is equally likely. */
function pointOfCoverage(cells: readonly CompiledCell[], random: () => number): { x: number; y: number } {
  for (;;) {
    const cell = cells[Math.floor(random() * cells.length)]!
    const { minX, minY, maxX, maxY } = cell.header
    const x = minX + random() * (maxX - minX)
    const y = minY + random() * (maxY - minY)
    if (isCovered(cell, x, y)) return { x: x % WORLD, y }
  }
}

const FULL_DETAIL = 16
const outlines = new WeakMap<CompiledCell, Map<number, { unit: number; rings: ReturnType<typeof coverageOf> }>>()

/** Like `isCovered`, for a position within the world and a cell that may extend beyond the antimeridian. */
function isCoveredOnAnyTurn(cell: CompiledCell, x: number, y: number, zoom = FULL_DETAIL): boolean {
  const turns = turnsOnto({ minX: x, minY: y, maxX: x, maxY: y }, cell.header)
  return turns.some((turn) => isCovered(cell, x + turn, y, zoom))
}

/** @param zoom of the coverage's detail: earlier zooms lose up to two units at an outer corner. */
function isCovered(cell: CompiledCell, x: number, y: number, zoom = FULL_DETAIL): boolean {
  const byZoom = outlines.get(cell) ?? new Map()
  outlines.set(cell, byZoom)
  let known = byZoom.get(zoom)
  if (known === undefined) {
    const { minX, minY, maxX, maxY } = cell.header
    // The whole world as one frame: in world units at full detail, otherwise in units of the zoom's tiles.
    const unit = zoom === FULL_DETAIL ? 1 : WORLD / 2 ** zoom / 4096
    const box = { left: minX / unit, top: minY / unit, right: maxX / unit, bottom: maxY / unit }
    const frame: TileFrame = { tile: { z: 0, x: 0, y: 0 }, detailZoom: zoom, extent: WORLD / unit, unit, box }
    known = { unit, rings: viewsOf(cell, frame, box).slice(0, 1).flatMap(coverageOf) }
    byZoom.set(zoom, known)
  }
  return sideOfRings(x / known.unit, y / known.unit, known.rings) === 'inside'
}

/** A seeded generator of numbers from 0 to 1 (Mulberry32). */
export function randomBy(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
