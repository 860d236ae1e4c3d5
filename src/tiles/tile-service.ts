import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
import { createFrame, worldBoxOf } from '#geo/tile-frame.ts'
import { MAXIMUM_ZOOM, type TileAddress, tileBox } from '#geo/tile-grid.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { createSingleFlight } from '#lib/single-flight.ts'
import type { TileCache } from './cache/tile-cache.ts'
import { createLightPlaces } from './plan/light-places.ts'
import { type FeatureQuery, queryFrame } from './products/query/query-features.ts'
import { FIRST_CHART_ZOOM } from './products/shoreline/draw-shoreline.ts'
import { TILE_BUFFER } from './products/vector/draw-tile.ts'
import { LIGHT_REACH } from './products/vector/light-figures.ts'
import { orderCells } from './quilt/cell-order.ts'
import type { TileRenderer } from './render/tile-renderer.ts'
import type { CellBuffer, PlanGround, Product } from './render/tile-task.ts'
import type { ChartCell, ChartSnapshot } from './view/chart-snapshot.ts'
import type { Charts } from './view/charts.ts'

/**
 * Raised with every change of what is made of the same cells: part of each digest, so that a cache from before is not served.
 * 2: a point on the border of two cells is drawn by the one that has it.
 */
export const SCHEMA_VERSION = 2

/** `vector`: an enc-v2 tile. `data`: GeoJSON of all objects. `shoreline`: GeoJSON of the land. */
export type TileKind = 'vector' | 'data' | 'shoreline'

export interface Tile {
  /** Names the content: the same digest, the same content. */
  digest: string
  /** The cells that have ground in the tile or its buffer, or may have figures of lights reach into it; the first claim first. */
  cells: readonly ChartCell[]
  /**
   * Finds the content in the cache, or makes it; null where there is nothing.
   *
   * @throws AppError CHART_UNREADABLE (503) when a compiled cell cannot be used.
   */
  content(signal: AbortSignal): Promise<TileContent | null>
}

export interface TileContent {
  gzipped: Buffer
  plain(): Promise<Buffer>
}

export interface TileService {
  /** What a tile is made of for an account, without making it. */
  tile(kind: TileKind, tile: TileAddress, accountId: number, signal: AbortSignal): Promise<Tile>
  /** The features near a position, as the JSON text of the answer. */
  query(query: FeatureQuery, accountId: number, signal: AbortSignal): Promise<Uint8Array>
}

export interface TileServiceOptions {
  charts: Charts
  compiled: CompiledCellCache
  renderer: TileRenderer
  cache: TileCache
  log: Log
  /** Told of compiled cells that cannot be used. */
  onBrokenCell(key: string, error: unknown): void
}

/** What a tile is made of. */
interface TilePlan {
  cells: ChartCell[]
  digest: string
}

const MOST_PLANS = 20_000
/** A little more than the buffer: what a cell covers is drawn simplified, and may then reach two units further. */
const NEAR = TILE_BUFFER + 4
const zip = promisify(gzip)
const unzip = promisify(gunzip)
const NOTHING = Buffer.alloc(0)

export function createTileService(options: TileServiceOptions): TileService {
  const { charts, cache, renderer, compiled } = options
  /** Which cells have ground in a tile, for the cells of one snapshot. */
  const plans = new Map<string, TilePlan>()
  let plansOf = -1
  const making = createSingleFlight<Buffer>()
  const lights = createLightPlaces(compiled)

  return {
    async tile(kind, tile, accountId, signal) {
      const snapshot = await charts.current()
      const { cells, digest } = await planTile(snapshot, kind, tile, accountId, signal)
      return {
        digest,
        cells,
        async content(abort) {
          const gzipped =
            (await cache.get(digest)) ??
            (await making.run(digest, abort, async (stop) => {
              const bytes = await make({ kind, tile }, cells, stop)
              const fresh = bytes === null || bytes.byteLength === 0 ? NOTHING : await zip(bytes)
              await cache.put(digest, fresh)
              return fresh
            }))
          // Nothing is kept as nothing: zipped it would be twenty bytes.
          return gzipped.byteLength === 0 ? null : { gzipped, plain: async () => await unzip(gzipped) }
        },
      }
    },

    async query(query, accountId, signal) {
      const snapshot = await charts.current()
      const frame = queryFrame(query)
      const cells = await plan(snapshot, { frame, far: frame.box }, Math.floor(query.zoom), accountId, signal)
      const bytes = await make({ kind: 'query', query }, cells, signal)
      return bytes ?? NOTHING
    },
  }

  async function planTile(
    snapshot: ChartSnapshot,
    kind: TileKind,
    tile: TileAddress,
    accountId: number,
    signal: AbortSignal,
  ): Promise<TilePlan> {
    if (snapshot.version !== plansOf) {
      plans.clear()
      plansOf = snapshot.version
    }
    const key = `${kind} ${tile.z}/${tile.x}/${tile.y} ${accountId}`
    const known = plans.get(key)
    if (known !== undefined) return known
    const frame = createFrame(tile, kind === 'vector' ? NEAR : 0)
    const far = kind === 'vector' ? tileBox(frame.extent, LIGHT_REACH) : frame.box
    // The data itself is wanted as fine as there is, whatever the zoom.
    const zoom = kind === 'vector' ? tile.z : MAXIMUM_ZOOM
    const isBackground = kind === 'shoreline' && tile.z < FIRST_CHART_ZOOM
    const cells = isBackground ? [] : await plan(snapshot, { frame, far }, zoom, accountId, signal)
    const planned: TilePlan = { cells, digest: digestOf(kind, tile, cells) }
    if (snapshot.version === plansOf) {
      plans.set(key, planned)
      for (const oldest of plans.keys()) {
        if (plans.size <= MOST_PLANS) break
        plans.delete(oldest)
      }
    }
    return planned
  }

  async function plan(
    snapshot: ChartSnapshot,
    ground: PlanGround,
    zoom: number,
    accountId: number,
    signal: AbortSignal,
  ): Promise<ChartCell[]> {
    const near = orderCells(snapshot.near(worldBox(ground), accountId), Math.min(zoom, MAXIMUM_ZOOM))
    if (near.length === 0) return []
    const outlines = near.map(({ outline }) => outline)
    const places = await renderer.plan(ground, outlines, signal)
    const cells = places.map(({ place }) => near[place]!)
    if (places.every(({ isNear }) => isNear) || (await figuresMayReachIn(cells, ground, zoom))) return cells
    return cells.filter((_, i) => places[i]!.isNear)
  }

  /**
   * Whether a light stands around the tile near enough for its figure. Only then it matters who has the ground there, be it with a
   * light of its own or by hiding that of another cell.
   */
  async function figuresMayReachIn(cells: readonly ChartCell[], { frame, far }: PlanGround, zoom: number): Promise<boolean> {
    const keys = cells.map(({ compiledKey }) => compiledKey)
    try {
      return await lights.anyBetween(keys, worldBoxOf(frame, far), worldBoxOf(frame, frame.box), zoom + 0.5)
    } catch {
      // A cell that cannot be read: whoever makes the tile says so.
      return true
    }
  }

  async function make(product: Product, cells: readonly ChartCell[], signal: AbortSignal): Promise<Uint8Array | null> {
    const buffers: CellBuffer[] = []
    for (const { compiledKey, name } of cells) {
      signal.throwIfAborted()
      try {
        buffers.push({ key: compiledKey, buffer: await compiled.load(compiledKey) })
      } catch (error) {
        options.log.warn({ cell: name, err: error }, 'a compiled cell cannot be used')
        options.onBrokenCell(compiledKey, error)
        // Made without it, the answer would show less than there is and not say so.
        throw new AppError('CHART_UNREADABLE', 503, `The chart ${name} is being prepared again. Try again soon.`)
      }
    }
    return await renderer.make(product, buffers, signal)
  }
}

const worldBox = ({ frame, far }: PlanGround) => worldBoxOf(frame, far)

function digestOf(kind: TileKind, { z, x, y }: TileAddress, cells: readonly ChartCell[]): string {
  const hash = createHash('sha256').update(`${kind} ${SCHEMA_VERSION} ${z}/${x}/${y}`)
  for (const { name, compiledKey } of cells) hash.update(`\n${name} ${compiledKey}`)
  return hash.digest('hex').slice(0, 32)
}
