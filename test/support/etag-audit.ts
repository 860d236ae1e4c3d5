import { createHash } from 'node:crypto'
import { zoomOfScale } from '#geo/scale.ts'
import { EXTENT, type TileAddress, tileBox } from '#geo/tile-grid.ts'
import { LIGHT_REACH } from '#tiles/products/vector/light-sizes.ts'
import { TILE_BUFFER } from '#tiles/products/vector/tile-buffer.ts'
import { claimOrder, type DayCell, versionOf } from './mirror-days.ts'
import { type VisibleGround, visibleGround } from './visible-ground.ts'

/** The answer of a server for a tile. */
export interface TileAnswer {
  status: number
  etag: string
  /** X-Chart-Cells. */
  cells: string
  body: Uint8Array
}

export type AskTile = (tile: TileAddress, etag?: string) => Promise<TileAnswer>

/** The part of an answer that is compared on the next day. */
export interface KnownTile {
  etag: string
  cells: string
  digest: string
}

export interface EtagCounts {
  tiles: number
  /** Both ETag and content changed. */
  changed: number
  /** ETag unchanged, answered 304, and drawing the tile again gives the same content. */
  same: number
  /** ETag changed although the content did not, in tiles with ground of a changed cell... */
  needless: number
  /** ... and in tiles near one. */
  needlessBeside: number
  /**
   * Tiles that may or may not change: a changed cell has ground only around them, from where figures of lights may reach in, or so
   * little ground that rounding may remove it.
   */
  beside: number
  faults: Map<string, string[]>
}

export interface EtagAudit {
  /** Requests a tile on the first day, and compares the cells it names with those that have ground there. */
  before(tile: TileAddress): Promise<KnownTile>
  /** Requests it again on the second day. */
  after(tile: TileAddress, known: KnownTile): Promise<void>
  /** By zoom. */
  counts: Map<number, EtagCounts>
}

/**
 * Compares the tiles of two days. The coverage of the cells decides which tiles must change, not the server's answers.
 *
 * @param ask requests of a server without a tile cache: a cached tile could not differ from the first day's.
 */
export function createEtagAudit(day1: readonly DayCell[], day2: readonly DayCell[], ask: AskTile): EtagAudit {
  const counts = new Map<number, EtagCounts>()
  const versions = [new Set(day1.map(versionOf)), new Set(day2.map(versionOf))] as const
  const hasChanged = (cell: DayCell) => versions.some((day) => !day.has(versionOf(cell)))

  function countsOf(zoom: number): EtagCounts {
    let found = counts.get(zoom)
    if (found === undefined) {
      found = { tiles: 0, changed: 0, same: 0, beside: 0, needless: 0, needlessBeside: 0, faults: new Map() }
      counts.set(zoom, found)
    }
    return found
  }

  function fault(kind: string, { z, x, y }: TileAddress, words = ''): void {
    const { faults } = countsOf(z)
    faults.set(kind, [...(faults.get(kind) ?? []), `${z}/${x}/${y} ${words}`])
  }

  /** Compares the cells that a tile names with those that have ground in it, or around it within reach of figures of lights. */
  function compareCells(tile: TileAddress, header: string, { within, around }: Ground): void {
    // The header is cut short after sixty cells.
    if (/ and \d+ more$/.test(header)) return
    const named = new Set(header.split(', ').filter((each) => each !== ''))
    for (const [cell, { isClear }] of within) {
      if (isClear && !named.has(versionOf(cell)))
        fault('a cell with ground is not named', tile, `${versionOf(cell)} of ${header}`)
    }
    const possible = new Set([...around.keys()].map(versionOf))
    for (const name of named) if (!possible.has(name)) fault('a cell without ground is named', tile, `${name} of ${header}`)
  }

  return {
    counts,

    async before(tile) {
      const { status, etag, cells, body } = await ask(tile)
      if (status !== 200) fault('not answered', tile, `${status}`)
      compareCells(tile, cells, groundOf(day1, tile))
      return { etag, cells, digest: digestOf(body) }
    },

    async after(tile, known) {
      const found = countsOf(tile.z)
      found.tiles++
      const conditional = await ask(tile, known.etag)
      const whole = conditional.status === 304 ? await ask(tile) : conditional
      if (whole.status !== 200) fault('not answered', tile, `${whole.status}`)
      if ((whole.etag === known.etag) !== (conditional.status === 304)) {
        fault('304 and ETag disagree', tile, `${conditional.status}, ${known.etag} then ${whole.etag}`)
      }
      const isNew = conditional.status !== 304
      const isOther = digestOf(whole.body) !== known.digest
      if (!isNew && isOther) fault('another content under the same ETag', tile, known.cells)
      // The header has name, edition and update of each cell, in order.
      const finerMayChange = [day1, day2].some((day) => mayTellFiner(day, tile, hasChanged))
      if (isNew && whole.cells === known.cells && !finerMayChange) fault('another ETag for the same cells', tile, known.cells)

      const grounds = [day1, day2].map((day) => groundOf(day, tile))
      compareCells(tile, whole.cells, grounds[1]!)
      const must = grounds.some(({ within }) => [...within].some(([cell, { isClear }]) => isClear && hasChanged(cell)))
      const may = finerMayChange || grounds.some(({ around }) => [...around.keys()].some(hasChanged))
      if (isNew && !may) fault('another ETag without a changed cell', tile, `${known.cells} then ${whole.cells}`)
      if (!isNew && must) fault('the same ETag over a changed cell', tile, `${known.cells} then ${whole.cells}`)
      if (may && !must) found.beside++
      if (!isNew) found.same++
      else if (isOther) found.changed++
      else if (must) found.needless++
      else found.needlessBeside++
    },
  }
}

/** The cells with ground in a tile with its buffer, and those with ground within reach of it. */
interface Ground {
  within: Map<DayCell, VisibleGround>
  around: Map<DayCell, VisibleGround>
}

function groundOf(cells: readonly DayCell[], tile: TileAddress): Ground {
  return { within: groundIn(cells, tile, TILE_BUFFER), around: groundIn(cells, tile, LIGHT_REACH) }
}

/** Around a tile a finer cell decides about `finer` of coarser ones; two units more for rounding. */
const FINER_MARGIN = EXTENT + 2

/** Whether a change may decide about `finer` of a cell of a tile: a changed cell has ground near one drawn at twice its scale. */
function mayTellFiner(cells: readonly DayCell[], tile: TileAddress, hasChanged: (cell: DayCell) => boolean): boolean {
  const isEnlarged = ({ scale, south, north }: DayCell) =>
    tile.z === 16 || zoomOfScale(scale, (south + north) / 2) + 1.9 < tile.z + 1
  if (![...groundIn(cells, tile, TILE_BUFFER).keys()].some(isEnlarged)) return false
  return [...groundIn(cells, tile, FINER_MARGIN).keys()].some(hasChanged)
}

/** Leaves out slivers that only floating point produces. */
function groundIn(cells: readonly DayCell[], { z, x, y }: TileAddress, margin: number): Map<DayCell, VisibleGround> {
  const window = tileBox(EXTENT, margin)
  const ground = visibleGround(claimOrder(cells, z), window, { across: EXTENT * 2 ** z, x: x * EXTENT, y: y * EXTENT })
  for (const [cell, { area }] of ground) if (area < 1e-6) ground.delete(cell)
  return ground
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64')
